package org.meterledger.simulators;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Many simulated devices on one pair of threads, each on its own TCP port of 127.0.0.1. Closing
 * ends all connections at once.
 */
public final class Listeners implements AutoCloseable {
  private static final int THREADS = 2;

  private final EventLoopGroup group = new NioEventLoopGroup(THREADS);
  private final List<Channel> channels = new ArrayList<>();

  private Listeners() {}

  /**
   * Opens consecutive ports.
   *
   * @param firstPort port of the first device, or 0 for a free port each
   * @param devices what each says to a new connection
   * @throws UncheckedIOException with a message that names the port when one cannot be opened; none
   *     is left open then
   */
  public static Listeners open(int firstPort, List<Consumer<ChannelPipeline>> devices) {
    Listeners listeners = new Listeners();
    try {
      listeners.listen(firstPort, devices);
      return listeners;
    } catch (RuntimeException failed) {
      listeners.close();
      throw failed;
    }
  }

  private void listen(int firstPort, List<Consumer<ChannelPipeline>> devices) {
    List<ChannelFuture> opening = new ArrayList<>();
    for (int number = 0; number < devices.size(); number++) {
      int port = firstPort == 0 ? 0 : firstPort + number;
      opening.add(bootstrap(devices.get(number)).bind(new InetSocketAddress("127.0.0.1", port)));
    }
    for (int number = 0; number < opening.size(); number++) {
      ChannelFuture opened = opening.get(number).awaitUninterruptibly();
      if (!opened.isSuccess()) {
        BindException refused =
            new BindException(
                "Port " + (firstPort + number) + " of 127.0.0.1: " + opened.cause().getMessage());
        throw new UncheckedIOException(refused.getMessage(), refused);
      }
      channels.add(opened.channel());
    }
  }

  private ServerBootstrap bootstrap(Consumer<ChannelPipeline> device) {
    return new ServerBootstrap()
        // One thread per device, so that it answers one request after the other, and notices that a
        // connection is closed before it serves the next.
        .group(group, group.next())
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel connection) {
                device.accept(connection.pipeline());
              }
            });
  }

  /** The TCP port of a device, counted from 0. */
  public int port(int number) {
    return ((InetSocketAddress) channels.get(number).localAddress()).getPort();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
