package org.meterledger.driver;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a Modbus device answers, as one line of text: {@code modbus-tcp://10.0.0.7:502?unit=8},
 * {@code modbus-rtu-serial:///dev/ttyUSB0?baud=19200&frame=8E1&unit=8} or {@code
 * modbus-ascii-serial://COM3?unit=8}. What is left out is port 502, 9600 baud, frame 8N1, unit 1.
 *
 * @param transport not null
 * @param host name or address, in brackets where it is of IPv6; null exactly on a serial line
 * @param port of TCP, 1 to 65535; 0 on a serial line
 * @param line null exactly with TCP
 * @param unit node address of the device, 1 to 247; 0 addresses all devices of a line, which do not
 *     answer, and the device itself with TCP
 */
public record ModbusAddress(Transport transport, String host, int port, Line line, int unit) {

  public static final int DEFAULT_PORT = 502;
  public static final int LARGEST_UNIT = 247;

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]");

  /** How frames are formed, and what carries them. The scheme is the name in small letters. */
  public enum Transport {
    MODBUS_TCP,
    MODBUS_RTU_TCP,
    MODBUS_ASCII_TCP,
    MODBUS_RTU_SERIAL,
    MODBUS_ASCII_SERIAL;

    public boolean serial() {
      return this == MODBUS_RTU_SERIAL || this == MODBUS_ASCII_SERIAL;
    }

    /** For example {@code modbus-rtu-tcp}. */
    public String scheme() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A serial line.
   *
   * @param device for example {@code /dev/ttyUSB0} or {@code COM3}
   * @param baud one of {@link #BAUD_RATES}
   * @param frame data bits, parity and stop bits, for example {@code 8E1}
   */
  public record Line(String device, int baud, String frame) {

    public static final Set<Integer> BAUD_RATES =
        Set.of(1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200);

    private static final Pattern DEVICE =
        Pattern.compile("/dev/[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final Pattern PORT = Pattern.compile("COM[1-9][0-9]{0,2}");

    /**
     * @throws IllegalArgumentException with the rule that was broken
     */
    public Line {
      if (!DEVICE.matcher(device).matches() && !PORT.matcher(device).matches()) {
        throw refused("serial device", "a path below /dev, or COM1 to COM999", device);
      }
      if (!BAUD_RATES.contains(baud)) {
        throw refused("baud", "one of " + BAUD_RATES.stream().sorted().toList(), baud);
      }
      if (!frame.matches("[78][NEO][12]")) {
        throw refused("frame", "7 or 8, then N, E or O, then 1 or 2, as 8N1", frame);
      }
    }
  }

  /**
   * @throws IllegalArgumentException with the rule that was broken
   */
  public ModbusAddress {
    if (transport.serial() != (line != null) || transport.serial() != (host == null)) {
      throw new IllegalArgumentException(transport + " with host " + host + " and line " + line);
    }
    if (host != null && !HOST.matcher(host).matches()) {
      throw refused("host", "a name, an IPv4 address or an IPv6 address in brackets", host);
    }
    if (host != null ? port < 1 || port > 65535 : port != 0) {
      throw refused("port", "1 to 65535", port);
    }
    if (unit < 0 || unit > LARGEST_UNIT) {
      throw refused("unit", "0 to " + LARGEST_UNIT, unit);
    }
    if (transport == Transport.MODBUS_RTU_SERIAL && line.frame().startsWith("7")) {
      throw refused("frame", "of 8 data bits for RTU", line.frame());
    }
  }

  /** Whether an address has a scheme that begins as those of Modbus do. */
  public static boolean isModbus(String address) {
    return address.regionMatches(true, 0, "modbus", 0, "modbus".length());
  }

  /**
   * @throws IllegalArgumentException with the rule that was broken
   */
  public static ModbusAddress parse(String address) {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      throw refused("address", "written as modbus-tcp://host:502?unit=1", address);
    }
    var transport =
        Arrays.stream(Transport.values())
            .filter(each -> each.scheme().equalsIgnoreCase(uri.getScheme()))
            .findFirst()
            .orElseThrow(() -> refused("scheme", "one of " + schemes(), uri.getScheme()));
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw refused("address", "without user, password and fragment", uri.getScheme());
    }
    var options =
        options(
            uri.getRawQuery(),
            transport.serial() ? List.of("baud", "frame", "unit") : List.of("unit"));
    var unit = number("unit", "0 to " + LARGEST_UNIT, options.getOrDefault("unit", "1"));
    return transport.serial()
        ? new ModbusAddress(transport, null, 0, line(uri, options), unit)
        : tcp(transport, uri, unit);
  }

  private static ModbusAddress tcp(Transport transport, URI uri, int unit) {
    var path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (!path.isEmpty() && !path.equals("/")) {
      throw refused("address", "without a path", path);
    }
    var authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    var colon = authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
    var host = colon < 0 ? authority : authority.substring(0, colon);
    var port =
        colon < 0 ? DEFAULT_PORT : number("port", "1 to 65535", authority.substring(colon + 1));
    return new ModbusAddress(transport, host, port, null, unit);
  }

  private static Line line(URI uri, Map<String, String> options) {
    var authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    var path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return new Line(
        authority + path,
        number("baud", "a number", options.getOrDefault("baud", "9600")),
        options.getOrDefault("frame", "8N1"));
  }

  private static Map<String, String> options(String query, List<String> known) {
    var found = new HashMap<String, String>();
    for (String option : query == null ? new String[0] : query.split("&", -1)) {
      var equals = option.indexOf('=');
      var name = equals < 0 ? option : option.substring(0, equals);
      if (equals < 0 || !known.contains(name)) {
        throw refused("option", "one of " + known + " with its value", option);
      }
      if (found.put(name, option.substring(equals + 1)) != null) {
        throw refused("option", "given once", name);
      }
    }
    return found;
  }

  private static int number(String field, String rule, String text) {
    if (!text.matches("[0-9]{1,7}")) {
      throw refused(field, rule, text);
    }
    return Integer.parseInt(text);
  }

  private static String schemes() {
    return Arrays.stream(Transport.values())
        .map(Transport::scheme)
        .collect(Collectors.joining(", "));
  }

  private static IllegalArgumentException refused(String field, String rule, Object given) {
    return new IllegalArgumentException("%s must be %s, not %s".formatted(field, rule, given));
  }

  /** What is connected to: {@code host:port} or the serial device; several units may share it. */
  public String place() {
    return line == null ? host + ":" + port : line.device();
  }

  /** The same address that {@link #parse} reads, with everything said. */
  @Override
  public String toString() {
    var options = line == null ? "" : "baud=%d&frame=%s&".formatted(line.baud(), line.frame());
    return "%s://%s?%sunit=%d".formatted(transport.scheme(), place(), options, unit);
  }
}
