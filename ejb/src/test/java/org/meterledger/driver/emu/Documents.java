package org.meterledger.driver.emu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.meterledger.driver.http.Answer;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;

/** The examples that the manual prints, and answers made of them. */
final class Documents {

  static final MeterModel MODEL = new MeterModels().get("emu-professional-ii");
  static final EmuTables TABLES = EmuTables.of(MODEL);

  private Documents() {}

  /** {@code status.json}, {@code meterdata.json}, {@code data.csv} (p. 12), {@code logbook.csv}. */
  static String example(String name) {
    var path = "/golden/emu-professional-ii/" + name;
    try (var in = Documents.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Answer whole(String body) {
    return new Answer(body.getBytes(StandardCharsets.ISO_8859_1), "text/csv", true, null);
  }

  /** An answer that ends with its connection, so that nobody knows whether it is whole. */
  static Answer unannounced(String body) {
    return new Answer(body.getBytes(StandardCharsets.ISO_8859_1), "text/csv", false, null);
  }
}
