package org.meterledger.simulators.emu;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.meterledger.simulators.HttpAnswer;
import org.meterledger.simulators.HttpWire;

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
    HttpAnswer answer = site.answer(method, uri, authorization, fault);
    HttpWire wire = new HttpWire(context, answer, keepAlive, this::ended);
    fault.ifPresentOrElse(shown -> spoil(wire, shown), wire::send);
  }

  private static void spoil(HttpWire wire, Fault fault) {
    switch (fault) {
      case NO_ANSWER -> {
        // the request stays under way until the other side closes the connection
      }
      case CONNECTION_RESET -> wire.reset();
      case BODY_CUT -> wire.cut(true, halfway(wire.answer().body()));
      case BODY_CUT_UNANNOUNCED -> wire.cut(false, halfway(wire.answer().body()));
      case BODY_CUT_BEFORE_LAST_DIGIT -> wire.cut(false, beforeLastDigit(wire.answer().body()));
      case SLOW_DRIP -> wire.drip();
      case GARBAGE -> wire.garbage();
      case HTTP_500 -> wire.internalError();
      case REDIRECT -> wire.redirect();
      case HTML_PAGE -> wire.pageOfAPrinter();
      case FUTURE_ROW, SHORT_ROW, OUT_OF_RANGE_ROW -> wire.send();
    }
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
