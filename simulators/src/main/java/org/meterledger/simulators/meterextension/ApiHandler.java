package org.meterledger.simulators.meterextension;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One connection with a box: waits the latency, then answers or shows a fault. */
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final MeterExtension box;
  private final Api api;
  private int underWay;

  ApiHandler(MeterExtension box, Api api) {
    this.box = box;
    this.api = api;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    box.traffic().connected();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    box.traffic().disconnected();
    while (underWay > 0) {
      ended();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    underWay++;
    box.traffic().requestBegan(request.uri());
    String method = request.method().name();
    String path = request.uri();
    String body = request.content().toString(StandardCharsets.UTF_8);
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    context
        .executor()
        .schedule(
            () -> answer(context, method, path, body, keepAlive),
            box.latency().toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void answer(
      ChannelHandlerContext context, String method, String path, String body, boolean keepAlive) {
    if (!context.channel().isActive()) {
      return;
    }
    if (!box.reachable()) {
      context.close();
      return;
    }
    Optional<Fault> fault = box.faults().take(path, wrong -> true);
    Answer answer = api.answer(method, path, body, fault);
    Wire wire = new Wire(context, answer, keepAlive, this::ended);
    fault.ifPresentOrElse(wire::spoil, wire::send);
  }

  private void ended() {
    if (underWay > 0) {
      underWay--;
      box.traffic().requestEnded();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A peer that gives up resets the connection; to a box that is an ordinary day.
    context.close();
  }
}
