package org.meterledger.simulators.dmed4;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.meterledger.simulators.Listeners;

/**
 * Many simulated meters on 127.0.0.1, each on five TCP ports: one for each {@link Transport}, in
 * their order. All transports of a meter share its state.
 */
public final class Dmed4Simulator implements AutoCloseable {
  private static final int MAX_REQUEST_BYTES = 16_384;

  private final List<? extends Dmed4Device> devices;
  private final Listeners listeners;

  private Dmed4Simulator(List<? extends Dmed4Device> devices, Listeners listeners) {
    this.devices = List.copyOf(devices);
    this.listeners = listeners;
  }

  /**
   * Starts meters on consecutive ports.
   *
   * @param firstPort REST port of the first meter, or 0 for free ports
   * @param clock true time of all meters; it must not go back
   * @throws UncheckedIOException with a message that names the port when one cannot be opened; no
   *     meter is left running then
   */
  public static Dmed4Simulator start(
      List<Dmed4Settings> settings, int firstPort, InstantSource clock) {
    return startDevices(
        settings.stream().map(each -> new Dmed4Meter(each, clock)).toList(), firstPort);
  }

  /** Starts meters and displays that were made before, as {@link #start} does. */
  public static Dmed4Simulator startDevices(List<? extends Dmed4Device> devices, int firstPort) {
    List<Consumer<ChannelPipeline>> servers = new ArrayList<>();
    for (Dmed4Device device : devices) {
      for (Transport transport : Transport.values()) {
        servers.add(server(device, transport));
      }
    }
    return new Dmed4Simulator(devices, Listeners.open(firstPort, servers));
  }

  private static Consumer<ChannelPipeline> server(Dmed4Device device, Transport transport) {
    if (transport.isModbus()) {
      return pipeline -> pipeline.addLast(new ModbusHandler(device, transport));
    }
    return pipeline -> {
      if (transport == Transport.REST_TLS) {
        pipeline.addLast(device.certificate().context().newHandler(pipeline.channel().alloc()));
      }
      pipeline.addLast(
          new HttpServerCodec(),
          new HttpObjectAggregator(MAX_REQUEST_BYTES),
          new RestHandler(device, transport));
    };
  }

  /** How many devices there are. */
  public int size() {
    return devices.size();
  }

  /** A meter or display, counted from 0. */
  public Dmed4Device device(int number) {
    return devices.get(number);
  }

  /**
   * A meter, counted from 0.
   *
   * @throws IllegalArgumentException when that device is a display
   */
  public Dmed4Meter meter(int number) {
    if (devices.get(number) instanceof Dmed4Meter meter) {
      return meter;
    }
    throw new IllegalArgumentException("Device " + number + " is no meter");
  }

  /** The TCP port of a device, counted from 0. */
  public int port(int number, Transport transport) {
    return listeners.port(number * Transport.values().length + transport.ordinal());
  }

  /** Host and port of a device. */
  public InetSocketAddress address(int number, Transport transport) {
    return new InetSocketAddress("127.0.0.1", port(number, transport));
  }

  /** The address of a device's resources, with a slash at its end. */
  public URI uri(int number) {
    return URI.create("http://127.0.0.1:" + port(number, Transport.REST) + "/");
  }

  /** The same over TLS. */
  public URI tlsUri(int number) {
    return URI.create("https://127.0.0.1:" + port(number, Transport.REST_TLS) + "/");
  }

  @Override
  public void close() {
    listeners.close();
  }

  /** Command line; an unknown option prints which there are. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16));
    int status = CommandLine.run(arguments, out, System.err);
    out.flush();
    if (status != 0) {
      System.exit(status);
    }
  }
}
