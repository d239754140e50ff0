package org.meterledger.simulators.dmed4;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One connection over HTTP, for one request: waits the latency, then answers or shows a fault. */
final class RestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  /** Most bytes of one chunk. */
  private static final int CHUNK = 256;

  private static final RestAnswer GARBAGE = new RestAnswer(200, "{\"voltage\":,\u0001]");

  private final Dmed4Device device;
  private final Transport transport;
  private boolean underWay;

  RestHandler(Dmed4Device device, Transport transport) {
    this.device = device;
    this.transport = transport;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (!device.connected(context.channel(), transport)) {
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    device.disconnected(context.channel());
    ended();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    underWay = true;
    device.traffic().requestBegan(request.uri());
    RestRequest received =
        RestRequest.of(
            request.method().name(),
            request.uri(),
            request.content().toString(StandardCharsets.UTF_8));
    String uri = request.uri();
    context
        .executor()
        .schedule(
            () -> answer(context, uri, received), device.latency().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void answer(ChannelHandlerContext context, String uri, RestRequest request) {
    if (!context.channel().isActive()) {
      return;
    }
    if (device.isOff()) {
      context.close();
      return;
    }
    Dmed4Device.Trouble trouble = device.trouble(uri, transport);
    Fault fault = trouble.fault().orElse(null);
    if (fault == Fault.REBOOT) {
      device.reboot();
      return;
    }
    if (fault == Fault.HTTP_500) {
      send(context, new RestAnswer(500, ""), false);
      return;
    }
    RestAnswer answer = device.answer(request);
    if (fault == null) {
      send(context, answer, false);
      return;
    }
    switch (fault) {
      case NO_ANSWER -> {
        // The request stays under way until the other side closes the connection.
      }
      case LATE_ANSWER ->
          context
              .executor()
              .schedule(
                  () -> send(context, answer, false),
                  trouble.lateness().toNanos(),
                  TimeUnit.NANOSECONDS);
      case CONNECTION_DROPPED -> context.close();
      case HALF_ANSWER -> send(context, answer, true);
      default -> send(context, GARBAGE, false);
    }
  }

  private void send(ChannelHandlerContext context, RestAnswer answer, boolean half) {
    ended();
    ChannelFuture sent =
        answer.status() == 200 ? chunked(context, answer, half) : empty(context, answer);
    sent.addListener(ChannelFutureListener.CLOSE);
  }

  private static ChannelFuture empty(ChannelHandlerContext context, RestAnswer answer) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return context.writeAndFlush(response);
  }

  private static ChannelFuture chunked(
      ChannelHandlerContext context, RestAnswer answer, boolean half) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    ChannelFuture sent = context.write(head);
    ByteBuf body = Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8);
    int end = half ? body.readableBytes() / 2 : body.readableBytes();
    while (body.readerIndex() < end) {
      int length = Math.min(CHUNK, end - body.readerIndex());
      sent = context.write(new DefaultHttpContent(body.readRetainedSlice(length)));
    }
    body.release();
    if (!half) {
      sent = context.write(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    context.flush();
    return sent;
  }

  private void ended() {
    if (underWay) {
      underWay = false;
      device.traffic().requestEnded();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A peer that gives up, or that does not trust the certificate, is an ordinary day.
    context.close();
  }
}
