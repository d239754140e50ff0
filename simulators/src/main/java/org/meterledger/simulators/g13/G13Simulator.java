package org.meterledger.simulators.g13;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.meterledger.simulators.Listeners;

/**
 * Many simulated gateways, each on its own TCP port of 127.0.0.1, over HTTPS with a certificate
 * that each issues itself.
 */
public final class G13Simulator implements AutoCloseable {
  /** A firmware image has about 1.5 MB (p. 89). */
  private static final int MAX_REQUEST_BYTES = 8 << 20;

  private final List<G13Gateway> gateways;
  private final Listeners listeners;

  private G13Simulator(List<G13Gateway> gateways, Listeners listeners) {
    this.gateways = gateways;
    this.listeners = listeners;
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
    List<G13Gateway> gateways = settings.stream().map(each -> new G13Gateway(each, clock)).toList();
    return new G13Simulator(
        gateways, Listeners.open(firstPort, gateways.stream().map(G13Simulator::server).toList()));
  }

  private static Consumer<ChannelPipeline> server(G13Gateway gateway) {
    Site site = new Site(gateway);
    return pipeline ->
        pipeline.addLast(
            gateway.tls().context().newHandler(pipeline.channel().alloc()),
            new HttpServerCodec(),
            new HttpObjectAggregator(MAX_REQUEST_BYTES),
            new ChunkedWriteHandler(),
            new G13Handler(gateway, site));
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
    return listeners.port(number);
  }

  /** The address of a gateway's web server, with a slash at its end. */
  public URI uri(int number) {
    return URI.create("https://127.0.0.1:" + port(number) + "/");
  }

  @Override
  public void close() {
    listeners.close();
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
