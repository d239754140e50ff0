package org.meterledger.simulators.g13;

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
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.BufferedOutputStream;
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
 * Many simulated gateways on one pair of threads, each on its own TCP port of 127.0.0.1, over HTTPS
 * with a certificate that each issues itself. Closing ends all connections at once.
 */
public final class G13Simulator implements AutoCloseable {
  /** A firmware image has about 1.5 MB (p. 89). */
  private static final int MAX_REQUEST_BYTES = 8 << 20;

  private static final int THREADS = 2;

  private final EventLoopGroup group = new NioEventLoopGroup(THREADS);
  private final List<G13Gateway> gateways;
  private final List<Channel> listeners = new ArrayList<>();

  private G13Simulator(List<G13Gateway> gateways) {
    this.gateways = List.copyOf(gateways);
  }

  /**
   * Starts gateways that live by the system clock; see {@link #start(List, int, InstantSource)}.
   */
  public static G13Simulator start(List<GatewaySettings> settings, int firstPort) {
    return start(settings, firstPort, InstantSource.system());
  }

  /**
   * Starts gateways on consecutive ports.
   *
   * @param firstPort port of the first gateway, or 0 for a free port each
   * @param clock true time of all gateways and meters; it must not go back
   * @throws UncheckedIOException with a message that names the port when one cannot be opened; no
   *     gateway is left running then
   */
  public static G13Simulator start(
      List<GatewaySettings> settings, int firstPort, InstantSource clock) {
    G13Simulator simulator =
        new G13Simulator(settings.stream().map(each -> new G13Gateway(each, clock)).toList());
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
    for (int number = 0; number < gateways.size(); number++) {
      int port = firstPort == 0 ? 0 : firstPort + number;
      opening.add(bootstrap(gateways.get(number)).bind(new InetSocketAddress("127.0.0.1", port)));
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

  private ServerBootstrap bootstrap(G13Gateway gateway) {
    Site site = new Site(gateway);
    return new ServerBootstrap()
        // One thread per gateway, so that its requests are answered one after the other.
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
                        gateway.tls().context().newHandler(connection.alloc()),
                        new HttpServerCodec(),
                        new HttpObjectAggregator(MAX_REQUEST_BYTES),
                        new ChunkedWriteHandler(),
                        new G13Handler(gateway, site));
              }
            });
  }

  /** How many gateways there are. */
  public int size() {
    return gateways.size();
  }

  /** A gateway, counted from 0. */
  public G13Gateway gateway(int number) {
    return gateways.get(number);
  }

  /** The TCP port of a gateway, counted from 0. */
  public int port(int number) {
    return ((InetSocketAddress) listeners.get(number).localAddress()).getPort();
  }

  /** The address of a gateway's web server, with a slash at its end. */
  public URI uri(int number) {
    return URI.create("https://127.0.0.1:" + port(number) + "/");
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** Command line; an unknown option prints which there are. */
  public static void main(String[] arguments) {
    // Buffered: the truth of a fleet is tens of megabytes of short lines.
    PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16));
    int status = CommandLine.run(arguments, out, System.err);
    out.flush();
    if (status != 0) {
      System.exit(status);
    }
  }
}
