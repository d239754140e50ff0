package org.meterledger.driver;

import jakarta.json.Json;
import jakarta.json.JsonException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a device may know and nobody else should read: masked in all that is kept of its answers.
 * Known secrets are found wherever and however they are echoed, unknown ones by the names that they
 * bear.
 */
public final class Secrets {

  /** Nothing known; what bears the name of a secret is masked all the same. */
  public static final Secrets NONE = new Secrets(Set.of());

  private static final String MASK = "***";

  /** More than enough for {@link Fault#LONGEST_ANSWER} to be left of it. */
  private static final int LOOKED_AT = 64 << 10;

  /** The beginning of a secret at the very end, where an answer broke off. */
  private static final int TELLING_START = 3;

  /** Parts of names that tell of a secret. */
  private static final String WORD =
      "(?:key|pass|pwd|secret|token|credential|cookie|authori[sz]ation)";

  // Every repetition is bounded: a device chooses the text that these meet.
  private static final String MEMBER = "(?is)(" + WORD + "[\\w .-]{0,20}\"\\s{0,9}:\\s{0,9}";
  private static final Pattern JSON_TEXT =
      Pattern.compile(MEMBER + "\").*?(?:(?<!\\\\)(?=\"\\s{0,9}[,}\\]])|\\z)");
  private static final Pattern JSON_LIST = Pattern.compile(MEMBER + ")[\\[{][^\\]}]*");
  private static final Pattern JSON_NUMBER = Pattern.compile(MEMBER + ")[^\\s\",{}\\[\\]]+");
  private static final Pattern INPUT =
      Pattern.compile("(?is)(" + WORD + "[^<>]{0,120}?\\bvalue\\s{0,4}=\\s{0,4}[\"']?)[^\"'<>]+");
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(" + WORD + "[\\w-]{0,20}\\s{0,4}[=:]\\s{0,4})(?!\\*)[^\\s&\"'<>;,{}\\[\\]]+");
  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b(Basic|Bearer|Digest)\\s{1,4}[\\w+/=.~-]{4,}");
  private static final Pattern USER_INFO = Pattern.compile("(?i)(://)[^\\s/@\"'<>]{1,200}@");

  private final List<String> known;

  private Secrets(Set<String> known) {
    this.known = known.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /**
   * @param password null or empty where there is none
   */
  public static Secrets of(String user, String password) {
    var known = new LinkedHashSet<String>();
    add(known, password);
    if (password != null) {
      var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      known.add(Base64.getEncoder().encodeToString(pair));
    }
    return new Secrets(known);
  }

  /** These, and what bears the name of a secret in a JSON text that was sent. */
  public Secrets and(String sent) {
    var more = new LinkedHashSet<>(known);
    var found = JSON_TEXT.matcher(sent);
    while (found.find()) {
      add(more, unescaped(found.group().substring(found.group(1).length())));
    }
    return new Secrets(more);
  }

  private static String unescaped(String inner) {
    try (var reader = Json.createReader(new StringReader("[\"" + inner + "\"]"))) {
      return reader.readArray().getString(0);
    } catch (JsonException e) {
      return inner;
    }
  }

  /** In the ways in which an answer may spell it. */
  private static void add(Set<String> known, String secret) {
    if (secret == null || secret.isEmpty()) {
      return;
    }
    var quoted = Json.createValue(secret).toString();
    known.add(secret);
    known.add(quoted.substring(1, quoted.length() - 1));
    known.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    known.add(
        secret
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;"));
    known.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
  }

  /** The text without them. */
  public String mask(String text) {
    var masked = text;
    for (String secret : known) {
      masked = masked.replace(secret, MASK);
    }
    masked = JSON_TEXT.matcher(masked).replaceAll("$1" + MASK);
    masked = JSON_LIST.matcher(masked).replaceAll("$1" + MASK);
    masked = JSON_NUMBER.matcher(masked).replaceAll("$1" + MASK);
    masked = INPUT.matcher(masked).replaceAll("$1" + MASK);
    masked = SCHEME.matcher(masked).replaceAll("$1 " + MASK);
    masked = ASSIGNED.matcher(masked).replaceAll("$1" + MASK);
    masked = USER_INFO.matcher(masked).replaceAll("$1" + MASK + "@");
    return withoutStart(masked);
  }

  private String withoutStart(String text) {
    for (String secret : known) {
      for (int length = secret.length() - 1; length >= TELLING_START; length--) {
        if (text.endsWith(secret.substring(0, length))) {
          return text.substring(0, text.length() - length) + MASK;
        }
      }
    }
    return text;
  }

  /** What goes with a fault of an answer, see {@link Fault#answer()}. */
  public String keptOf(int status, byte[] body) {
    return "HTTP " + status + "\n" + mask(text(body));
  }

  /** As UTF-8 where it is that, else one character for each byte: nothing is too broken to see. */
  private static String text(byte[] body) {
    var length = Math.min(body.length, LOOKED_AT);
    var text = CharBuffer.allocate(length);
    var result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, 0, length), text, false);
    return result.isError()
        ? new String(body, 0, length, StandardCharsets.ISO_8859_1)
        : text.flip().toString();
  }
}
