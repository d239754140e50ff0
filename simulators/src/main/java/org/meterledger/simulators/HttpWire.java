package org.meterledger.simulators;

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

/** Brings the answer to one request onto the wire, rightly or as any device may spoil it. */
public final class HttpWire {
  /** An address for documentation (RFC 5737): nothing answers there. */
  private static final String ELSEWHERE = "http://192.0.2.1/";

  private static final int NOISE_BYTES = 4096;

  private final ChannelHandlerContext context;
  private final HttpAnswer answer;
  private final boolean keepAlive;
  private final Runnable ended;

  /**
   * @param ended called when the request is under way no more
   */
  public HttpWire(
      ChannelHandlerContext context, HttpAnswer answer, boolean keepAlive, Runnable ended) {
    this.context = context;
    this.answer = answer;
    this.keepAlive = keepAlive;
    this.ended = ended;
  }

  /** What would be right. */
  public HttpAnswer answer() {
    return answer;
  }

  public void send() {
    send(answer);
  }

  private void send(HttpAnswer shown) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(shown.status()),
            Unpooled.wrappedBuffer(shown.body()));
    response.headers().set(head(shown, true).headers());
    ended.run();
    var sent = context.writeAndFlush(response);
    if (!keepAlive) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private HttpResponse head(HttpAnswer shown, boolean lengthPromised) {
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

  public void reset() {
    // closing without lingering makes the kernel send RST instead of FIN
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    ended.run();
    context.close();
  }

  /** Closes after so many bytes of the body. */
  public void cut(boolean lengthPromised, int bytes) {
    ended.run();
    context.write(head(answer, lengthPromised));
    context
        .writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(answer.body(), 0, bytes)))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** A byte a second. */
  public void drip() {
    context.writeAndFlush(head(answer, true));
    drip(0);
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

  public void garbage() {
    byte[] noise = new byte[NOISE_BYTES];
    new Random(answer.body().length).nextBytes(noise);
    send(new HttpAnswer(200, answer.contentType(), noise, Map.of()));
  }

  public void internalError() {
    send(HttpAnswer.text(500, "Internal server error"));
  }

  public void redirect() {
    send(HttpAnswer.text(302, "Found").with("Location", ELSEWHERE));
  }

  /** As where another device has got the address. */
  public void pageOfAPrinter() {
    send(
        HttpAnswer.of(
            200,
            "text/html; charset=utf-8",
            "<!DOCTYPE html><html><head><title>Printer</title></head>"
                + "<body><p>Toner low</p></body></html>\n"));
  }
}
