package org.meterledger.simulators.meterextension;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The table {@code registers.csv}: all that the manual lists, each with a number of its own. */
final class ListedRegisters {
  private static final String TABLE = "registers.csv";

  private ListedRegisters() {}

  static List<Register> all() {
    try (BufferedReader table =
        new BufferedReader(
            new InputStreamReader(
                ListedRegisters.class.getResourceAsStream(TABLE), StandardCharsets.UTF_8))) {
      return table
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split(","))
          .map(
              cells ->
                  Register.of(
                      cells[0],
                      Integer.parseInt(cells[1]),
                      Integer.parseInt(cells[2]),
                      load -> Long.parseLong(cells[3])))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
