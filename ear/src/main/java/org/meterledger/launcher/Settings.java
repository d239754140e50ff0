package org.meterledger.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.meter.MasterKeys;
import org.meterledger.user.ProviderSettings;

/** The METERLEDGER_ variables. */
final class Settings {

  static final String URL = "METERLEDGER_DATABASE_URL";
  static final String USER = "METERLEDGER_DATABASE_USER";
  static final String PASSWORD = "METERLEDGER_DATABASE_PASSWORD";
  static final String OWNER = "METERLEDGER_DATABASE_OWNER";
  static final String OWNER_PASSWORD = "METERLEDGER_DATABASE_OWNER_PASSWORD";
  static final String STANDARD_USER = "meterledger";
  private static final String SESSIONS = "METERLEDGER_SESSIONS";
  private static final String LEASE = "METERLEDGER_LEASE_SECONDS";
  private static final String KEYSTORE = "METERLEDGER_TLS_KEYSTORE";
  private static final String KEYSTORE_PASSWORD = "METERLEDGER_TLS_KEYSTORE_PASSWORD";
  private static final String BEHIND_PROXY = "METERLEDGER_BEHIND_PROXY";
  private static final String HTTPS_ONLY = "METERLEDGER_HTTPS_ONLY";
  private static final String RATE_ACCOUNT = "METERLEDGER_RATE_ACCOUNT";
  private static final String RATE_ADDRESS = "METERLEDGER_RATE_ADDRESS";
  private static final String LOG = "METERLEDGER_LOG";
  private static final String BIND_ADDRESS = "METERLEDGER_BIND_ADDRESS";
  private static final int MOST_SESSIONS = 10_000;

  /** Fewer requests a minute than one page makes would close the portal. */
  private static final int LOWEST_RATE = 60;

  private static final int HIGHEST_RATE = 10_000_000;

  /** A meter without time server may be silent for 5 s, and is asked twice. */
  private static final int SHORTEST_LEASE_SECONDS = 10;

  private static final int LONGEST_LEASE_SECONDS = 3_600;

  private final Map<String, String> environment;

  Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  Optional<String> value(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  /** What a person has to put right before anything can start; empty when all is well. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    checkUrl(complaints);
    if (environment.getOrDefault(PASSWORD, "none").isBlank()) {
      complaints.add(PASSWORD + " is empty; leave it out where the database asks for none");
    }
    checkOwner(complaints);
    checkMasterKey(complaints);
    checkProvider(complaints);
    checkRange(complaints, SESSIONS, 1, MOST_SESSIONS);
    checkRange(complaints, LEASE, SHORTEST_LEASE_SECONDS, LONGEST_LEASE_SECONDS);
    checkKeystore(complaints);
    checkTruth(complaints, BEHIND_PROXY);
    checkTruth(complaints, HTTPS_ONLY);
    if (value(HTTPS_ONLY).orElse("").equals("true")
        && value(KEYSTORE).isEmpty()
        && !value(BEHIND_PROXY).orElse("").equals("true")) {
      complaints.add(
          HTTPS_ONLY + " needs " + KEYSTORE + ", or " + BEHIND_PROXY + " where a proxy ends HTTPS");
    }
    checkRange(complaints, RATE_ACCOUNT, LOWEST_RATE, HIGHEST_RATE);
    checkRange(complaints, RATE_ADDRESS, LOWEST_RATE, HIGHEST_RATE);
    value(LOG)
        .filter(text -> !List.of("text", "json").contains(text))
        .ifPresent(text -> complaints.add(LOG + " must be text or json"));
    checkPorts(complaints);
    return complaints;
  }

  private void checkUrl(List<String> complaints) {
    String url = value(URL).orElse("");
    if (url.isEmpty()) {
      complaints.add(
          URL + " is not set; for example jdbc:postgresql://db.example:5432/meterledger");
    } else if (!url.startsWith("jdbc:postgresql:")) {
      complaints.add(
          URL + " must begin with jdbc:postgresql: since no other database is supported");
    }
  }

  private void checkOwner(List<String> complaints) {
    Optional<String> owner = value(OWNER);
    if (owner.isEmpty() && value(OWNER_PASSWORD).isPresent()) {
      complaints.add(OWNER_PASSWORD + " is set without " + OWNER);
    }
    if (owner.isPresent() && owner.equals(value(USER).or(() -> Optional.of(STANDARD_USER)))) {
      complaints.add(OWNER + " must be another role than " + USER + ", or not be set");
    }
  }

  private void checkMasterKey(List<String> complaints) {
    try {
      if (MasterKeys.of(environment).isEmpty()) {
        complaints.add(
            MasterKeys.VARIABLE
                + " is not set; make one with 'openssl rand -base64 32' and keep it safe:"
                + " meter passwords cannot be read without it");
      }
    } catch (IllegalArgumentException e) {
      complaints.add(e.getMessage());
    }
  }

  private void checkProvider(List<String> complaints) {
    try {
      ProviderSettings.of(environment);
    } catch (IllegalArgumentException e) {
      complaints.add(e.getMessage());
    }
  }

  private void checkTruth(List<String> complaints, String variable) {
    value(variable)
        .filter(text -> !List.of("true", "false").contains(text))
        .ifPresent(text -> complaints.add(variable + " must be true or false"));
  }

  private void checkRange(List<String> complaints, String variable, int least, int most) {
    value(variable)
        .filter(text -> number(text) < least || number(text) > most)
        .ifPresent(
            text ->
                complaints.add(
                    variable + " is '" + text + "' and must be " + least + " to " + most));
  }

  /**
   * Where there is no such file the server would make one, with a certificate that nobody knows.
   */
  private void checkKeystore(List<String> complaints) {
    Optional<String> file = value(KEYSTORE);
    if (file.isEmpty()) {
      return;
    }
    char[] password = value(KEYSTORE_PASSWORD).orElse("").toCharArray();
    try (InputStream in = Files.newInputStream(Path.of(file.get()))) {
      KeyStore keystore = KeyStore.getInstance("PKCS12");
      keystore.load(in, password);
      if (Collections.list(keystore.aliases()).stream()
          .noneMatch(alias -> isKey(keystore, alias))) {
        complaints.add(KEYSTORE + " " + file.get() + " has no private key");
      }
    } catch (IOException | GeneralSecurityException | InvalidPathException e) {
      complaints.add(
          KEYSTORE + " " + file.get() + " cannot be opened by " + KEYSTORE_PASSWORD + ": " + e);
    }
  }

  private static boolean isKey(KeyStore keystore, String alias) {
    try {
      return keystore.isKeyEntry(alias);
    } catch (KeyStoreException e) {
      throw new IllegalStateException(e);
    }
  }

  private void checkPorts(List<String> complaints) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("METERLEDGER_HTTP_PORT", "8080");
    defaults.put("METERLEDGER_HTTPS_PORT", "8443");
    defaults.put("METERLEDGER_MANAGEMENT_PORT", "9990");
    defaults.forEach(
        (variable, standard) -> {
          String host =
              variable.contains("MANAGEMENT")
                  ? "127.0.0.1"
                  : value(BIND_ADDRESS).orElse("127.0.0.1");
          checkPort(complaints, variable, value(variable).orElse(standard), host);
        });
  }

  private static void checkPort(
      List<String> complaints, String variable, String text, String host) {
    int port = number(text);
    if (port < 1 || port > 65535) {
      complaints.add(variable + " is '" + text + "' and must be 1 to 65535");
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port), 1);
    } catch (IOException e) {
      complaints.add(
          "port " + port + " on " + host + " (" + variable + ") cannot be used: " + e.getMessage());
    }
  }

  /** -1 for what is no number. */
  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
