package org.meterledger.simulators.meterextension;

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
import java.util.Map;
import java.util.Random;

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
      case BODY_CUT -> cut(true);
      case BODY_CUT_UNANNOUNCED -> cut(false);
      case GARBAGE -> send(new Answer(200, answer.contentType(), noise(), Map.of()));
      case HTTP_500 -> send(Answer.text(500, "Internal server error"));
      case REDIRECT -> send(Answer.text(302, "Found").with("Location", ELSEWHERE));
      case HTML_PAGE ->
          send(
              Answer.of(
                  200,
                  "text/html; charset=utf-8",
                  "<!DOCTYPE html><html><head><title>Printer</title></head>"
                      + "<body><p>Toner low</p></body></html>\n"));
      case WRONG_ID, MISPRINTED_EXAMPLE, UNKNOWN_COMMAND -> send(answer);
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

  private void cut(boolean lengthPromised) {
    ended.run();
    context.write(head(answer, lengthPromised));
    ByteBuf half = Unpooled.wrappedBuffer(answer.body(), 0, answer.body().length / 2);
    context.writeAndFlush(new DefaultHttpContent(half)).addListener(ChannelFutureListener.CLOSE);
  }

  private byte[] noise() {
    byte[] noise = new byte[NOISE_BYTES];
    new Random(answer.body().length).nextBytes(noise);
    return noise;
  }
}
