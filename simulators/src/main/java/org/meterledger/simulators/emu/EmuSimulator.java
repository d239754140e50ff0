package org.meterledger.simulators.emu;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many simulated meters on one pair of threads, each on its own TCP port of 127.0.0.1. Closing ends
 * all connections at once.
 */
public final class EmuSimulator implements AutoCloseable {
  private static final int MAX_REQUEST_BYTES = 65_536;
  private static final int THREADS = 2;
  private static final int OUTPUT_BUFFER = 1 << 16;

  private final EventLoopGroup group = new NioEventLoopGroup(THREADS);
  private final List<EmuMeter> meters;
  private final List<Channel> listeners = new ArrayList<>();
  private final Gauge asked = new Gauge();

  private EmuSimulator(List<EmuMeter> meters) {
    this.meters = List.copyOf(meters);
  }

  /** Starts meters that live by the system clock; see {@link #start(List, int, InstantSource)}. */
  public static EmuSimulator start(List<EmuMeter.Settings> settings, int firstPort) {
    return start(settings, firstPort, InstantSource.system());
  }

  /**
   * Starts meters on consecutive ports.
   *
   * @param firstPort port of the first meter, or 0 for a free port each
   * @param clock true time of all meters
   * @throws UncheckedIOException with a message that names the port when one cannot be opened; no
   *     meter is left running then
   */
  public static EmuSimulator start(
      List<EmuMeter.Settings> settings, int firstPort, InstantSource clock) {
    return startMeters(
        settings.stream().map(each -> new EmuMeter(each, clock)).toList(), firstPort);
  }

  /** Starts meters that were made before, as {@link #start(List, int, InstantSource)} does. */
  public static EmuSimulator startMeters(List<EmuMeter> meters, int firstPort) {
    EmuSimulator simulator = new EmuSimulator(meters);
    try {
      simulator.listen(firstPort);
      return simulator;
    } catch (RuntimeException failed) {
      simulator.close();
      throw failed;
    }
  }

  private void listen(int firstPort) {
    List<ChannelFuture> opening = new ArrayList<>();
    for (int number = 0; number < meters.size(); number++) {
      int port = firstPort == 0 ? 0 : firstPort + number;
      opening.add(bootstrap(meters.get(number)).bind(new InetSocketAddress("127.0.0.1", port)));
    }
    for (int number = 0; number < opening.size(); number++) {
      ChannelFuture opened = opening.get(number).awaitUninterruptibly();
      if (!opened.isSuccess()) {
        BindException refused =
            new BindException(
                "Port " + (firstPort + number) + " of 127.0.0.1: " + opened.cause().getMessage());
        throw new UncheckedIOException(refused.getMessage(), refused);
      }
      listeners.add(opened.channel());
    }
  }

  private ServerBootstrap bootstrap(EmuMeter meter) {
    EmuSite site = new EmuSite(meter);
    return new ServerBootstrap()
        // One thread per meter, so that a closed connection is noticed before the next is served.
        .group(group, group.next())
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel connection) {
                connection
                    .pipeline()
                    .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(MAX_REQUEST_BYTES),
                        new EmuHandler(meter, site, asked));
              }
            });
  }

  /** How many meters there are. */
  public int size() {
    return meters.size();
  }

  /** A meter, counted from 0. */
  public EmuMeter meter(int number) {
    return meters.get(number);
  }

  /** The TCP port of a meter, counted from 0. */
  public int port(int number) {
    return ((InetSocketAddress) listeners.get(number).localAddress()).getPort();
  }

  /** The address of a meter's web server, with a slash at its end. */
  public URI uri(int number) {
    return URI.create("http://127.0.0.1:" + port(number) + "/");
  }

  /** The most meters that had a request under way at once, unanswered ones included. */
  public int mostMetersAsked() {
    return asked.most();
  }

  /** Has {@link #mostMetersAsked()} begin anew with what is under way now. */
  public void forgetMostMetersAsked() {
    asked.forget();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** Command line; an unknown option prints which there are. */
  public static void main(String[] arguments) throws IOException {
    // Buffered: the truth of a fleet is tens of megabytes of short pieces.
    PrintStream out = new PrintStream(new BufferedOutputStream(System.out, OUTPUT_BUFFER));
    int status = CommandLine.run(arguments, out, System.err);
    out.flush();
    if (status != 0) {
      System.exit(status);
    }
  }
}
