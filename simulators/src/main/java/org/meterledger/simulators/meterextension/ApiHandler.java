package org.meterledger.simulators.meterextension;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.meterledger.simulators.HttpAnswer;
import org.meterledger.simulators.HttpWire;

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
    HttpAnswer answer = api.answer(method, path, body, fault);
    HttpWire wire = new HttpWire(context, answer, keepAlive, this::ended);
    fault.ifPresentOrElse(shown -> spoil(wire, shown), wire::send);
  }

  private static void spoil(HttpWire wire, Fault fault) {
    switch (fault) {
      case NO_ANSWER -> {
        // the request stays under way until the other side closes the connection
      }
      case CONNECTION_RESET -> wire.reset();
      case BODY_CUT -> wire.cut(true, wire.answer().body().length / 2);
      case BODY_CUT_UNANNOUNCED -> wire.cut(false, wire.answer().body().length / 2);
      case GARBAGE -> wire.garbage();
      case HTTP_500 -> wire.internalError();
      case REDIRECT -> wire.redirect();
      case HTML_PAGE -> wire.pageOfAPrinter();
      case WRONG_ID, MISPRINTED_EXAMPLE, UNKNOWN_COMMAND -> wire.send();
    }
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
