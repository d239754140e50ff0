package org.meterledger.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where webhooks may lead: to the public internet, and where the operator of the server allows. The
 * portal must not become a way into the network it stands in (server-side request forgery).
 */
@ApplicationScoped
public class AddressRules {

  /** Hosts, addresses and address blocks (10.1.0.0/16), separated by commas. */
  static final String ALLOW = "METERLEDGER_WEBHOOK_ALLOW";

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int LARGEST_PORT = 65_535;

  /** What is no name: its last label is a number, as WHATWG URL and every resolver see it. */
  private static final Pattern NUMERIC = Pattern.compile("(?i)(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

  /** Other spellings of an IPv4 address mean one thing here and another there. */
  private static final Pattern QUAD = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  /** Of IPv4, what the IANA special-purpose registry does not call globally reachable. */
  private static final List<AddressBlock> NOT_PUBLIC =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3",
          // of the block below: what tunnels to IPv4 addresses, and examples
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  /** Of IPv6, the only block that is assigned for it; all others are mapped, local or unused. */
  private static final AddressBlock GLOBAL_UNICAST = AddressBlock.of("2000::/3");

  private final Set<String> allowedHosts;
  private final List<AddressBlock> allowedBlocks;
  private final Resolver resolver;

  /** What asks the domain name system. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /**
   * An address that may be connected to.
   *
   * @param host as in the address: what the receiver's certificate must name
   * @param addresses of the host; to these the connection goes, and to no others
   */
  record Checked(URI uri, String host, int port, List<InetAddress> addresses) {
    boolean secure() {
      return uri.getScheme().equalsIgnoreCase("https");
    }

    /** For people and logs. */
    String place() {
      return host + ":" + port;
    }
  }

  @Inject
  public AddressRules() {
    this(System.getenv(ALLOW), InetAddress::getAllByName);
  }

  /**
   * @param allow as in the environment; null for nothing
   * @throws IllegalArgumentException when it cannot be understood
   */
  AddressRules(String allow, Resolver resolver) {
    var entries =
        Stream.of((allow == null ? "" : allow).split(","))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .collect(Collectors.partitioningBy(AddressBlock::looksLike));
    allowedBlocks = entries.get(true).stream().map(AddressBlock::of).toList();
    allowedHosts = Set.copyOf(entries.get(false));
    this.resolver = resolver;
  }

  private static List<AddressBlock> blocks(String... blocks) {
    return Arrays.stream(blocks).map(AddressBlock::of).toList();
  }

  /**
   * Asks the domain name system, so it may take seconds.
   *
   * @throws AddressRefused when the address is none, leads into a private network, or its name is
   *     unknown
   */
  Checked check(String url) {
    var uri = uri(url);
    String host = host(uri);
    int port = uri.getPort() >= 0 ? uri.getPort() : secure(uri) ? HTTPS_PORT : HTTP_PORT;
    if (port == 0 || port > LARGEST_PORT) {
      throw new AddressRefused("url", "No port " + port);
    }
    InetAddress[] addresses;
    try {
      addresses = resolver.resolve(host);
    } catch (UnknownHostException e) {
      throw new AddressRefused("unknown", "The name " + host + " is unknown");
    }
    if (!allowedHosts.contains(host) && !Arrays.stream(addresses).allMatch(this::permitted)) {
      throw inside(host);
    }
    return new Checked(uri, host, port, List.of(addresses));
  }

  private static URI uri(String url) {
    URI uri;
    try {
      uri = new URI(new URI(url).toASCIIString());
    } catch (URISyntaxException e) {
      throw new AddressRefused("url", "This is not an address");
    }
    if (!secure(uri) && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw new AddressRefused("scheme", "An address begins with https:// or http://");
    }
    if (uri.getRawAuthority() == null || uri.getRawFragment() != null) {
      throw new AddressRefused("url", "An address names a host and has no fragment");
    }
    if (uri.getRawAuthority().contains("@")) {
      throw new AddressRefused(
          "userInfo", "An address names no user; the signature tells who asks");
    }
    return uri;
  }

  private static boolean secure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** In lower case, without the dot that may end it. */
  private static String host(URI uri) {
    String host = uri.getHost();
    if (host == null) { // by its grammar a name whose last label is a number is none
      String authority = uri.getRawAuthority().replaceFirst(":\\d*$", "");
      throw NUMERIC.matcher(authority).matches() || authority.contains("%")
          ? inside(authority)
          : new AddressRefused("url", authority + " is not a host");
    }
    if (host.startsWith("[")) {
      if (host.contains("%")) { // a zone is one of this machine's own links
        throw inside(host);
      }
      return host;
    }
    if (NUMERIC.matcher(host).matches() && !QUAD.matcher(host).matches()) {
      throw inside(host);
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  private static AddressRefused inside(String host) {
    return new AddressRefused(
        "private",
        host
            + " is not an address of the public internet; the server's "
            + ALLOW
            + " may allow it");
  }

  private boolean permitted(InetAddress address) {
    return allowedBlocks.stream().anyMatch(block -> block.contains(address)) || isPublic(address);
  }

  /** An IPv4 address that is mapped into IPv6 comes here as what it is: so does the JDK make it. */
  private static boolean isPublic(InetAddress address) {
    return (address.getAddress().length == 4 || GLOBAL_UNICAST.contains(address))
        && NOT_PUBLIC.stream().noneMatch(block -> block.contains(address));
  }
}
