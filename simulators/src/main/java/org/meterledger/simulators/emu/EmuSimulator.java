package org.meterledger.simulators.emu;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.meterledger.simulators.Listeners;

/** Many simulated meters, each on its own TCP port of 127.0.0.1. */
public final class EmuSimulator implements AutoCloseable {
  private static final int MAX_REQUEST_BYTES = 65_536;
  private static final int OUTPUT_BUFFER = 1 << 16;

  private final List<EmuMeter> meters;
  private final Gauge asked;
  private final Listeners listeners;

  private EmuSimulator(List<EmuMeter> meters, Gauge asked, Listeners listeners) {
    this.meters = List.copyOf(meters);
    this.asked = asked;
    this.listeners = listeners;
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
    Gauge asked = new Gauge();
    return new EmuSimulator(
        meters,
        asked,
        Listeners.open(firstPort, meters.stream().map(meter -> server(meter, asked)).toList()));
  }

  private static Consumer<ChannelPipeline> server(EmuMeter meter, Gauge asked) {
    EmuSite site = new EmuSite(meter);
    return pipeline ->
        pipeline.addLast(
            new HttpServerCodec(),
            new HttpObjectAggregator(MAX_REQUEST_BYTES),
            new EmuHandler(meter, site, asked));
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
    return listeners.port(number);
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
    listeners.close();
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
