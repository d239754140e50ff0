package org.meterledger.simulators.dmed4;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One Modbus connection: waits the latency, then answers or shows a fault. */
final class ModbusHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private static final int NOISE_BYTES = 17;

  /** Between the bytes of one RTU frame there is no pause as long as this. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Dmed4Device device;
  private final Transport transport;
  private final Framing framing;
  private final ByteBuf received = Unpooled.buffer();
  private long receivedAt;
  private boolean refused;
  private int underWay;

  ModbusHandler(Dmed4Device device, Transport transport) {
    this.device = device;
    this.transport = transport;
    this.framing = Framing.of(transport);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    refused = !device.connected(context.channel(), transport);
    if (refused) {
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    device.disconnected(context.channel());
    while (underWay > 0) {
      ended();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf piece) {
    if (refused) {
      return;
    }
    long now = System.nanoTime();
    if (framing == Framing.RTU && now - receivedAt > PAUSE_NANOS) {
      received.clear();
    }
    receivedAt = now;
    received.writeBytes(piece);
    Optional<Framing.Frame> frame = framing.take(received);
    while (frame.isPresent()) {
      schedule(context, frame.get());
      frame = framing.take(received);
    }
    received.discardReadBytes();
  }

  private void schedule(ChannelHandlerContext context, Framing.Frame request) {
    underWay++;
    device.traffic().requestBegan(ModbusFunctions.path(request.content()));
    context
        .executor()
        .schedule(() -> answer(context, request), device.latency().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void answer(ChannelHandlerContext context, Framing.Frame request) {
    if (!context.channel().isActive()) {
      return;
    }
    Optional<ModbusUnit> unit = device.unit(request.unit(), transport);
    if (device.isOff() || unit.isEmpty() || unit.get().isOff()) {
      ended();
      return;
    }
    if (request.unit() == 0 && Dmed4Device.isBehindSerialServer(transport)) {
      // To everybody: it is done when it writes one register, and never answered.
      if (ModbusFunctions.function(request.content()) == ModbusFunctions.WRITE_SINGLE) {
        ModbusFunctions.answer(unit.get(), request.content());
      }
      ended();
      return;
    }
    answer(context, request, unit.get());
  }

  private void answer(ChannelHandlerContext context, Framing.Frame request, ModbusUnit unit) {
    Dmed4Device.Trouble trouble =
        device.trouble(ModbusFunctions.path(request.content()), transport);
    Fault fault = trouble.fault().orElse(null);
    if (fault == Fault.REBOOT) {
      ended();
      device.reboot();
      return;
    }
    if (fault == Fault.BUSY) {
      send(context, request, ModbusFunctions.exception(request.content(), Refusal.BUSY), null);
      return;
    }
    int boots = unit.boots();
    byte[] answer = ModbusFunctions.answer(unit, request.content());
    if (unit.boots() != boots || fault == Fault.NO_ANSWER) {
      ended();
      return;
    }
    if (fault == Fault.LATE_ANSWER) {
      context
          .executor()
          .schedule(
              () -> send(context, request, answer, null),
              trouble.lateness().toNanos(),
              TimeUnit.NANOSECONDS);
      return;
    }
    send(context, request, answer, fault);
  }

  private void send(
      ChannelHandlerContext context, Framing.Frame request, byte[] answer, Fault fault) {
    ended();
    if (!context.channel().isActive()) {
      return;
    }
    if (fault == Fault.CONNECTION_DROPPED) {
      context.close();
      return;
    }
    Framing.Frame right = request.with(request.transaction(), request.unit(), answer);
    byte[] bytes = framing.put(spoiled(right, request, fault), fault == Fault.WRONG_CHECK);
    if (fault == Fault.GARBAGE) {
      bytes = new byte[NOISE_BYTES];
      new Random(request.transaction()).nextBytes(bytes);
    }
    if (fault == Fault.HALF_ANSWER) {
      bytes = Arrays.copyOf(bytes, bytes.length / 2);
    }
    var sent = context.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    if (fault == Fault.HALF_ANSWER) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static Framing.Frame spoiled(Framing.Frame right, Framing.Frame request, Fault fault) {
    byte[] content = right.content();
    if (fault == null) {
      return right;
    }
    return switch (fault) {
      case WRONG_TRANSACTION -> right.with(right.transaction() + 1, right.unit(), content);
      case WRONG_UNIT -> right.with(right.transaction(), right.unit() + 1, content);
      case WRONG_FUNCTION -> {
        byte[] other = content.clone();
        other[0] ^= 0x07;
        yield right.with(right.transaction(), right.unit(), other);
      }
      case SHORT_COUNT -> {
        if (!ModbusFunctions.isRead(request.content()) || content.length < 4) {
          yield right;
        }
        byte[] shorter = Arrays.copyOf(content, content.length - 2);
        shorter[1] -= 2;
        yield right.with(right.transaction(), right.unit(), shorter);
      }
      default -> right;
    };
  }

  private void ended() {
    if (underWay > 0) {
      underWay--;
      device.traffic().requestEnded();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A peer that gives up resets the connection; to a meter that is an ordinary day.
    context.close();
  }
}
