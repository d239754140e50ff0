package org.meterledger.simulators.dmed4;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The remote display DMED4DC1: up to four meters behind one address, each on a channel. In Modbus
 * it passes what is for the nodes of its meters, in REST what has the channel in its path.
 */
public final class Dmed4Display extends Dmed4Device implements ModbusUnit {
  private static final int[][] TITLES = {
    {0x2F64, 0x2F74, 0x2F84},
    {0x2F94, 0x2FA4, 0x2FB4},
    {0x2FC4, 0x2FD4, 0x2FE4},
    {0x2FF4, 0x3004, 0x3014}
  };
  private static final int[][] TEXTS = {
    {0x3024, 0x302E, 0x3038},
    {0x3042, 0x304C, 0x3056},
    {0x3060, 0x306A, 0x3074},
    {0x307E, 0x3088, 0x3092}
  };
  private static final int TITLE_BYTES = 32;
  private static final int TEXT_BYTES = 20;
  private static final int MODEL = 0x0C;

  private final int node;
  private final List<Dmed4Meter> meters;
  private final TreeMap<Integer, byte[]> strings = new TreeMap<>();
  private final RegisterMap registers = new RegisterMap();
  private int page = 1;

  /**
   * @param node of the display itself
   * @param meters on channels 1 to 4, in this order, each with a node of its own
   */
  public Dmed4Display(int node, List<Dmed4Meter> meters, InstantSource clock) {
    super(clock);
    if (meters.isEmpty() || meters.size() > TITLES.length) {
      throw new IllegalArgumentException("A display has 1 to 4 meters: " + meters.size());
    }
    this.node = node;
    this.meters = List.copyOf(meters);
    registers.word(0x2F50, () -> page, this::show);
    for (int channel = 0; channel < TITLES.length; channel++) {
      Arrays.stream(TITLES[channel]).forEach(register -> string(register, TITLE_BYTES));
      Arrays.stream(TEXTS[channel]).forEach(register -> string(register, TEXT_BYTES));
    }
  }

  private void string(int register, int length) {
    strings.put(register, new byte[length]);
    registers.block(
        register,
        length / 2,
        () -> strings.get(register),
        (word, piece) -> System.arraycopy(piece, 0, strings.get(register), 2 * word, piece.length));
  }

  private void show(long number) {
    if (number < 1 || number > 8) {
      throw Refusal.value("Page " + number);
    }
    page = (int) number;
  }

  /** Page that is shown: 1 to 4 of the meters, 5 to 8 their custom ones. */
  public synchronized int page() {
    return page;
  }

  /** Title of an area, 1 to 3, on the custom page of a channel, 1 to 4. */
  public synchronized String title(int channel, int area) {
    return text(TITLES[channel - 1][area - 1]);
  }

  /** Text of an area, 1 to 3, on the custom page of a channel, 1 to 4. */
  public synchronized String text(int channel, int area) {
    return text(TEXTS[channel - 1][area - 1]);
  }

  private String text(int register) {
    String whole = new String(strings.get(register), java.nio.charset.StandardCharsets.US_ASCII);
    int end = whole.indexOf('\0');
    return end < 0 ? whole : whole.substring(0, end);
  }

  @Override
  String name() {
    return "DMED4DC1";
  }

  @Override
  void boot(Instant now) {
    // It keeps what it shows, and the meters behind it go on.
  }

  @Override
  Optional<ModbusUnit> unit(int asked, Transport transport) {
    if (asked == 0 || asked == node) {
      return Optional.of(this);
    }
    return meters.stream()
        .filter(meter -> meter.settings().node() == asked)
        .map(meter -> (ModbusUnit) meter)
        .findFirst();
  }

  @Override
  RestAnswer answer(RestRequest request) {
    List<String> segments = RestSite.segments(request.path());
    if (request.path().equals("/v1/set_viewer_page")) {
      return viewerPage(request);
    }
    if (segments.size() < 3 || !segments.get(0).equals("v1") || !segments.get(1).matches("[1-4]")) {
      return RestAnswer.NOT_FOUND;
    }
    int channel = Integer.parseInt(segments.get(1));
    if (segments.size() == 3 && segments.get(2).equals("custom_string")) {
      return customString(channel, request);
    }
    if (channel > meters.size() || meters.get(channel - 1).isOff()) {
      return RestAnswer.NOT_FOUND;
    }
    return meters
        .get(channel - 1)
        .answer(request.withPath("/v1/" + String.join("/", segments.subList(2, segments.size()))));
  }

  private synchronized RestAnswer viewerPage(RestRequest request) {
    if (!request.method().equals("PUT")) {
      return RestAnswer.NOT_IMPLEMENTED;
    }
    try {
      Fields fields = request.fields();
      fields.only("page");
      show(fields.number("page", 1, 8));
      return RestAnswer.done();
    } catch (Refusal refused) {
      return RestAnswer.BAD_REQUEST;
    }
  }

  private synchronized RestAnswer customString(int channel, RestRequest request) {
    if (!request.method().equals("POST")) {
      return RestAnswer.NOT_IMPLEMENTED;
    }
    try {
      Fields fields = request.fields();
      fields.only("title1", "text1", "title2", "text2", "title3", "text3");
      TreeMap<Integer, byte[]> changed = new TreeMap<>();
      for (int area = 1; area <= 3; area++) {
        change(changed, fields, "title" + area, TITLES[channel - 1][area - 1], TITLE_BYTES);
        change(changed, fields, "text" + area, TEXTS[channel - 1][area - 1], TEXT_BYTES);
      }
      strings.putAll(changed);
      return RestAnswer.done();
    } catch (Refusal refused) {
      return RestAnswer.BAD_REQUEST;
    }
  }

  private static void change(
      TreeMap<Integer, byte[]> changed, Fields fields, String name, int register, int length) {
    if (fields.has(name)) {
      byte[] text = Dmed4Meter.ascii(fields.text(name));
      if (text.length > length) {
        throw Refusal.value(name);
      }
      changed.put(register, Arrays.copyOf(text, length));
    }
  }

  @Override
  public synchronized byte[] read(int first, int count) {
    return registers.read(first, count);
  }

  @Override
  public synchronized void write(int first, byte[] content) {
    registers.write(first, content);
  }

  @Override
  public byte[] identification() {
    return new byte[] {MODEL, 1, 1, 1, 2, 1, 0, 0};
  }
}
