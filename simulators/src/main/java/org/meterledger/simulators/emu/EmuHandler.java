package org.meterledger.simulators.emu;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One connection with a meter: waits the latency, then answers or shows a fault. */
final class EmuHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final EmuMeter meter;
  private final EmuSite site;
  private final Gauge asked;
  private int underWay;

  /**
   * @param asked counts the meters of the simulator that have a request under way
   */
  EmuHandler(EmuMeter meter, EmuSite site, Gauge asked) {
    this.meter = meter;
    this.site = site;
    this.asked = asked;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    meter.traffic().connected();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    meter.traffic().disconnected();
    while (underWay > 0) {
      ended();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    underWay++;
    if (meter.traffic().requestBegan(request.uri())) {
      asked.up();
    }
    String method = request.method().name();
    String uri = request.uri();
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    context
        .executor()
        .schedule(
            () -> answer(context, method, uri, authorization, keepAlive),
            meter.latency().toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void answer(
      ChannelHandlerContext context,
      String method,
      String uri,
      String authorization,
      boolean keepAlive) {
    if (!context.channel().isActive()) {
      return;
    }
    if (meter.recorded(Recorder::off)) {
      context.close();
      return;
    }
    boolean hasRows = new QueryStringDecoder(uri).path().equals("/data/");
    Optional<Fault> fault = meter.faults().take(uri, wrong -> hasRows || !wrong.concernsRow());
    Answer answer = site.answer(method, uri, authorization, fault);
    Wire wire = new Wire(context, answer, keepAlive, this::ended);
    fault.ifPresentOrElse(wire::spoil, wire::send);
  }

  private void ended() {
    if (underWay > 0) {
      underWay--;
      if (meter.traffic().requestEnded()) {
        asked.down();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A peer that gives up resets the connection; to a meter that is an ordinary day.
    context.close();
  }
}
