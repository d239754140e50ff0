package org.meterledger.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * The master keys by their ids: the first encrypts, each decrypts what was encrypted under it. They
 * are written as base64 of 32 bytes, which is key 1, or as {@code 2:base64,1:base64}. What is
 * thrown says in a sentence what a person has to put right, and nothing of a key.
 */
public final class MasterKeys {

  /** The keys themselves. */
  public static final String VARIABLE = "METERLEDGER_MASTER_KEY";

  /** A file that holds them, as container platforms hand over secrets. */
  public static final String FILE = "METERLEDGER_MASTER_KEY_FILE";

  private static final int BYTES = 32;

  /** It is kept in one byte. */
  private static final int HIGHEST_ID = 255;

  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

  private final Map<Integer, SecretKeySpec> byId;

  private MasterKeys(Map<Integer, SecretKeySpec> byId) {
    this.byId = byId;
  }

  /**
   * None where neither variable is set.
   *
   * @throws IllegalArgumentException when they do not give keys
   */
  public static MasterKeys of(Map<String, String> environment) {
    String keys = environment.getOrDefault(VARIABLE, "").strip();
    String file = environment.getOrDefault(FILE, "").strip();
    if (file.isEmpty()) {
      return parse(VARIABLE, keys);
    }
    if (!keys.isEmpty()) {
      throw new IllegalArgumentException(
          VARIABLE + " and " + FILE + " are both set; leave one of them out");
    }
    return parse(FILE, content(file));
  }

  private static String content(String file) {
    String content;
    try {
      content = Files.readString(Path.of(file)).strip();
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(FILE + " " + file + " cannot be read: " + e, e);
    }
    if (content.isEmpty()) {
      throw new IllegalArgumentException(FILE + " " + file + " is empty");
    }
    return content;
  }

  /**
   * None of an empty text, and of null.
   *
   * @throws IllegalArgumentException when it is not written as it should be
   */
  public static MasterKeys parse(String text) {
    return parse(VARIABLE, text == null ? "" : text.strip());
  }

  private static MasterKeys parse(String source, String text) {
    var byId = new LinkedHashMap<Integer, SecretKeySpec>();
    if (!text.isEmpty()) {
      var parts = SEPARATOR.split(text);
      for (String part : parts) {
        add(source, parts.length == 1 && part.indexOf(':') < 0 ? "1:" + part : part, byId);
      }
    }
    return new MasterKeys(byId);
  }

  private static void add(String source, String part, Map<Integer, SecretKeySpec> byId) {
    int colon = part.indexOf(':');
    int id = colon < 0 ? 0 : number(part.substring(0, colon));
    if (id < 1 || id > HIGHEST_ID) {
      throw new IllegalArgumentException(
          source + " must give each of several keys an id from 1 to 255, as in 2:…,1:…");
    }
    byte[] bytes = decoded(part.substring(colon + 1));
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          source + ": key " + id + " must be " + BYTES + " bytes in base64");
    }
    var key = new SecretKeySpec(bytes, "AES");
    if (byId.containsValue(key)) {
      throw new IllegalArgumentException(source + " has the same key twice");
    }
    if (byId.put(id, key) != null) {
      throw new IllegalArgumentException(source + " has two keys of the id " + id);
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Of the key that encrypts first. */
  public List<Integer> ids() {
    return new ArrayList<>(byId.keySet());
  }

  /**
   * The id of the key that encrypts.
   *
   * @throws IllegalStateException without any
   */
  public int current() {
    return byId.keySet().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(VARIABLE + " is not set"));
  }

  /** Empty where there is none of that id. */
  Optional<SecretKeySpec> key(int id) {
    return Optional.ofNullable(byId.get(id));
  }
}
