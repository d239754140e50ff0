package org.meterledger.demo;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Properties;

/**
 * What must be the same at the next start: the meters' past, which the database already holds in
 * part, and the key under which it holds secrets.
 */
record DemoMemory(Instant begun, long seed, String masterKey) {

  private static final int MASTER_KEY_BYTES = 32;

  static DemoMemory keptIn(Path file) throws IOException {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    } else {
      SecureRandom random = new SecureRandom();
      byte[] key = new byte[MASTER_KEY_BYTES];
      random.nextBytes(key);
      properties.setProperty("begun", Instant.now().toString());
      properties.setProperty("seed", Integer.toString(random.nextInt(1_000_000)));
      properties.setProperty("master-key", Base64.getEncoder().encodeToString(key));
      Files.createDirectories(file.getParent());
      try (Writer writer = Files.newBufferedWriter(file)) {
        properties.store(writer, "Delete the whole folder to begin anew");
      }
    }
    return new DemoMemory(
        Instant.parse(properties.getProperty("begun")),
        Long.parseLong(properties.getProperty("seed")),
        properties.getProperty("master-key"));
  }
}
