package org.meterledger.simulators.meterextension;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.meterledger.simulators.Listeners;

/** Many simulated boxes, each on its own TCP port of 127.0.0.1. */
public final class MeterExtensionSimulator implements AutoCloseable {
  private static final int MAX_REQUEST_BYTES = 65_536;

  private final List<MeterExtension> boxes;
  private final Listeners listeners;

  private MeterExtensionSimulator(List<MeterExtension> boxes, Listeners listeners) {
    this.boxes = List.copyOf(boxes);
    this.listeners = listeners;
  }

  /** Starts boxes that live by the system clock. */
  public static MeterExtensionSimulator start(
      List<MeterExtension.Settings> settings, int firstPort) {
    return start(settings, firstPort, InstantSource.system());
  }

  /**
   * Starts boxes on consecutive ports.
   *
   * @param firstPort port of the first box, or 0 for a free port each
   * @param clock true time of all boxes
   * @throws java.io.UncheckedIOException with a message that names the port when one cannot be
   *     opened; no box is left running then
   */
  public static MeterExtensionSimulator start(
      List<MeterExtension.Settings> settings, int firstPort, InstantSource clock) {
    List<MeterExtension> boxes =
        settings.stream().map(each -> new MeterExtension(each, clock)).toList();
    return startBoxes(boxes, firstPort);
  }

  /** Starts boxes that were made before. */
  public static MeterExtensionSimulator startBoxes(List<MeterExtension> boxes, int firstPort) {
    return new MeterExtensionSimulator(
        boxes,
        Listeners.open(firstPort, boxes.stream().map(MeterExtensionSimulator::server).toList()));
  }

  private static Consumer<ChannelPipeline> server(MeterExtension box) {
    Api api = new Api(box);
    return pipeline ->
        pipeline.addLast(
            new HttpServerCodec(),
            new HttpObjectAggregator(MAX_REQUEST_BYTES),
            new ApiHandler(box, api));
  }

  /** How many boxes there are. */
  public int size() {
    return boxes.size();
  }

  /** A box, counted from 0. */
  public MeterExtension box(int number) {
    return boxes.get(number);
  }

  /** The TCP port of a box, counted from 0. */
  public int port(int number) {
    return listeners.port(number);
  }

  /** The address of a box, with a slash at its end. */
  public URI uri(int number) {
    return URI.create("http://127.0.0.1:" + port(number) + "/");
  }

  @Override
  public void close() {
    listeners.close();
  }

  /** Command line; an unknown option prints which there are. */
  public static void main(String[] arguments) {
    int status = CommandLine.run(arguments, System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }
}
