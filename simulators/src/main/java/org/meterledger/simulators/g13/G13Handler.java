package org.meterledger.simulators.g13;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One connection with a gateway: waits the latency, then answers or shows a fault. */
final class G13Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final G13Gateway gateway;
  private final Site site;
  private int underWay;

  G13Handler(G13Gateway gateway, Site site) {
    this.gateway = gateway;
    this.site = site;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    gateway.traffic().connected();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    gateway.traffic().disconnected();
    while (underWay > 0) {
      ended();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    underWay++;
    gateway.traffic().requestBegan(request.uri());
    Site.Request received =
        new Site.Request(
            request.method().name(),
            request.uri(),
            request.headers().get(HttpHeaderNames.AUTHORIZATION),
            request.headers().get(HttpHeaderNames.CONTENT_TYPE),
            ByteBufUtil.getBytes(request.content()));
    boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    context
        .executor()
        .schedule(
            () -> answer(context, received, keepAlive),
            gateway.latency().toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void answer(ChannelHandlerContext context, Site.Request request, boolean keepAlive) {
    if (!context.channel().isActive()) {
      return;
    }
    if (gateway.off()) {
      context.close();
      return;
    }
    Optional<Fault> fault =
        gateway
            .faults()
            .take(request.uri(), wrong -> wrong.concerns(request.verb(), request.uri()));
    Wire wire = new Wire(context, gateway, keepAlive, this::ended);
    if (fault.isPresent() && !fault.get().isAnswered()) {
      wire.show(fault.get());
    } else {
      wire.send(site.answer(request, fault), fault);
    }
  }

  private void ended() {
    if (underWay > 0) {
      underWay--;
      gateway.traffic().requestEnded();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A peer that gives up, or that does not trust the certificate, is an ordinary day.
    context.close();
  }
}
