package org.meterledger.simulators.emu;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Brings one answer onto the wire, rightly or as a fault demands. */
final class Wire {
  /** An address for documentation (RFC 5737): nothing answers there. */
  private static final String ELSEWHERE = "http://192.0.2.1/";

  private static final int NOISE_BYTES = 4096;

  private final ChannelHandlerContext context;
  private final Answer answer;
  private final boolean keepAlive;
  private final Runnable ended;

  Wire(ChannelHandlerContext context, Answer answer, boolean keepAlive, Runnable ended) {
    this.context = context;
    this.answer = answer;
    this.keepAlive = keepAlive;
    this.ended = ended;
  }

  void send() {
    send(answer);
  }

  void spoil(Fault fault) {
    switch (fault) {
      case NO_ANSWER -> {
        // The request stays under way until the other side closes the connection.
      }
      case CONNECTION_RESET -> {
        // Closing without lingering makes the kernel send RST instead of FIN.
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ended.run();
        context.close();
      }
      case BODY_CUT -> cut(true, halfway(answer.body()));
      case BODY_CUT_UNANNOUNCED -> cut(false, halfway(answer.body()));
      case BODY_CUT_BEFORE_LAST_DIGIT -> cut(false, beforeLastDigit(answer.body()));
      case GARBAGE -> send(new Answer(200, answer.contentType(), noise(), Map.of()));
      case HTTP_500 -> send(Answer.text(500, "Internal server error"));
      case SLOW_DRIP -> {
        context.writeAndFlush(head(answer, true));
        drip(0);
      }
      case REDIRECT -> send(Answer.text(302, "Found").with("Location", ELSEWHERE));
      case HTML_PAGE ->
          send(
              Answer.of(
                  200,
                  "text/html; charset=utf-8",
                  "<!DOCTYPE html><html><head><title>Printer</title></head>"
                      + "<body><p>Toner low</p></body></html>\n"));
      case FUTURE_ROW, SHORT_ROW, OUT_OF_RANGE_ROW -> send(answer);
    }
  }

  private void send(Answer right) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(right.status()),
            Unpooled.wrappedBuffer(right.body()));
    response.headers().set(head(right, true).headers());
    ended.run();
    var sent = context.writeAndFlush(response);
    if (!keepAlive) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private HttpResponse head(Answer shown, boolean lengthPromised) {
    HttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(shown.status()));
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, shown.contentType());
    shown.headers().forEach((name, value) -> head.headers().set(name, value));
    if (lengthPromised) {
      head.headers().set(HttpHeaderNames.CONTENT_LENGTH, shown.body().length);
    }
    if (!keepAlive || !lengthPromised) {
      head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return head;
  }

  private void cut(boolean lengthPromised, int length) {
    ended.run();
    context.write(head(answer, lengthPromised));
    ByteBuf half = Unpooled.wrappedBuffer(answer.body(), 0, length);
    context.writeAndFlush(new DefaultHttpContent(half)).addListener(ChannelFutureListener.CLOSE);
  }

  /** About the middle, and with something of a row on both sides of the cut. */
  private static int halfway(byte[] body) {
    int cut = body.length / 2;
    while (cut > 2 && (isLineEnd(body[cut - 1]) || isLineEnd(body[cut]))) {
      cut -= 2;
    }
    return cut;
  }

  private static int beforeLastDigit(byte[] body) {
    int end = body.length / 2;
    while (end < body.length && !isLineEnd(body[end])) {
      end++;
    }
    return Math.max(0, end - 1);
  }

  private static boolean isLineEnd(byte octet) {
    return octet == '\n' || octet == '\r';
  }

  private byte[] noise() {
    byte[] noise = new byte[NOISE_BYTES];
    new Random(answer.body().length).nextBytes(noise);
    return noise;
  }

  private void drip(int sent) {
    if (!context.channel().isActive()) {
      return;
    }
    if (sent == answer.body().length) {
      ended.run();
      context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      return;
    }
    context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(answer.body(), sent, 1)));
    context.executor().schedule(() -> drip(sent + 1), 1, TimeUnit.SECONDS);
  }
}
