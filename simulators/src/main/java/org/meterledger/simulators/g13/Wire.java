package org.meterledger.simulators.g13;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Brings one answer onto the wire, rightly or as a fault demands. */
final class Wire {
  private static final String SERVER = "embOS/IP";
  private static final String GARBAGE = "{\"status\":\"succ\u0000ess\",,\"items\":[[}";

  private final ChannelHandlerContext context;
  private final G13Gateway gateway;
  private final boolean keepAlive;
  private final Runnable ended;

  Wire(ChannelHandlerContext context, G13Gateway gateway, boolean keepAlive, Runnable ended) {
    this.context = context;
    this.gateway = gateway;
    this.keepAlive = keepAlive;
    this.ended = ended;
  }

  /** Shows a fault instead of doing what was asked. */
  void show(Fault fault) {
    switch (fault) {
      case NO_ANSWER -> {
        // The request stays under way until the other side closes the connection.
      }
      case CONNECTION_RESET -> {
        // Closing the socket without lingering, and without the farewell of TLS, sends RST.
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ended.run();
        context.channel().unsafe().closeForcibly();
      }
      case ERROR_UNDER_200 -> send(Answer.error(200, G13Gateway.NO_ANSWER));
      case INTERNAL_ERROR -> send(Answer.error(500, G13Gateway.BROKEN));
      case GARBAGE -> send(Answer.streamed(List.of(GARBAGE).iterator()));
      case UNAUTHORIZED -> send(Answer.unauthorized());
      case SESSION_REFUSED -> send(Answer.sessionRefused());
      default -> throw new IllegalArgumentException(fault + " comes with an answer");
    }
  }

  /** Sends an answer as it is, or as a fault spoils it. */
  void send(Answer answer, Optional<Fault> fault) {
    Fault shown = fault.orElse(Fault.PARTIAL_UPDATE);
    switch (shown) {
      case BODY_CUT -> cut(answer, false);
      case BODY_TRUNCATED -> cut(answer, true);
      case SLOW_DRIP -> {
        byte[] body = bytes(answer.body());
        context.writeAndFlush(head(answer, lastError(answer)));
        drip(body, 0);
      }
      default -> send(answer);
    }
  }

  private void send(Answer answer) {
    ended.run();
    ChannelFuture sent = answer.status() == 200 ? sendInChunks(answer) : sendWhole(answer);
    if (!keepAlive) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private ChannelFuture sendInChunks(Answer answer) {
    context.write(head(answer, lastError(answer)));
    return context.writeAndFlush(new HttpChunkedInput(new Pieces(answer.pieces())));
  }

  private ChannelFuture sendWhole(Answer answer) {
    ByteBuf body = Unpooled.wrappedBuffer(bytes(answer.body()));
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
    name(response.headers(), answer, lastError(answer));
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    response.headers().set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES);
    return context.writeAndFlush(response);
  }

  private int lastError(Answer answer) {
    return answer.error().map(gateway::remember).orElse(0);
  }

  private HttpResponse head(Answer answer, int lastError) {
    HttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
    name(head.headers(), answer, lastError);
    head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    return head;
  }

  private void name(HttpHeaders headers, Answer answer, int lastError) {
    headers.set(HttpHeaderNames.SERVER, SERVER);
    headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    if (answer.isJson()) {
      headers.set("Link", "/lasterror/" + lastError);
    } else if (answer.status() == 401) {
      headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"G13\"");
    }
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
  }

  private void cut(Answer answer, boolean asIfWhole) {
    ended.run();
    String body = answer.body();
    context.write(head(answer, gateway.remember(G13Gateway.NO_ANSWER)));
    ByteBuf half = Unpooled.wrappedBuffer(bytes(body.substring(0, body.length() / 2)));
    ChannelFuture sent = context.writeAndFlush(new DefaultHttpContent(half));
    if (asIfWhole) {
      sent = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    if (!asIfWhole || !keepAlive) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void drip(byte[] body, int sent) {
    if (!context.channel().isActive()) {
      return;
    }
    if (sent == body.length) {
      ended.run();
      context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      return;
    }
    context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(body, sent, 1)));
    context.executor().schedule(() -> drip(body, sent + 1), 1, TimeUnit.SECONDS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
