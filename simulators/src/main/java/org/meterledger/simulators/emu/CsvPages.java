package org.meterledger.simulators.emu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.meterledger.simulators.HttpAnswer;

/** The load profile and the logbook as CSV (manual p. 11 to 14). */
final class CsvPages {
  /** Most rows of one answer (manual p. 11). */
  static final int LOAD_PROFILE_LIMIT = 3000;

  /** Most lines of one answer (manual p. 13). */
  static final int LOGBOOK_LIMIT = 2048;

  private static final int TIMESTAMP_COLUMN = 0;
  private static final int VOLTAGE_COLUMN = 21;

  private final EmuMeter.Settings settings;

  CsvPages(EmuMeter.Settings settings) {
    this.settings = settings;
  }

  /** The rows that a query asks for, at most one of them spoilt by a row fault. */
  HttpAnswer loadProfile(
      Recorder recorder, Map<String, List<String>> query, Optional<Fault> fault) {
    RowStore rows = recorder.rows();
    int first = rows.firstHeld();
    List<List<String>> lines = new ArrayList<>();
    Selection selection =
        Selection.of(query, first, rows.size(), rows::position, LOAD_PROFILE_LIMIT);
    for (int position : selection.positions()) {
      List<String> line = EmuColumns.of(recorder.row(position), settings.serialNumber());
      lines.add(line);
      if (recorder.emittedTwice(position)) {
        lines.add(line);
      }
    }
    if (lines.size() > LOAD_PROFILE_LIMIT) {
      lines = lines.subList(0, LOAD_PROFILE_LIMIT);
    }
    fault.filter(Fault::concernsRow).ifPresent(spoil(lines));
    return csv(EmuColumns.LOAD_PROFILE, lines);
  }

  /** The lines that a query asks for. */
  HttpAnswer logbook(Recorder recorder, Map<String, List<String>> query) {
    List<LogbookLine> logbook = recorder.logbook();
    List<List<String>> lines = new ArrayList<>();
    Selection selection = Selection.of(query, 0, logbook.size(), index -> index - 1, LOGBOOK_LIMIT);
    for (int position : selection.positions()) {
      lines.add(EmuColumns.of(logbook.get(position), settings.serialNumber()));
    }
    return csv(EmuColumns.LOGBOOK, lines);
  }

  private static Consumer<Fault> spoil(List<List<String>> lines) {
    return fault -> {
      if (lines.isEmpty()) {
        return;
      }
      int middle = lines.size() / 2;
      List<String> line = new ArrayList<>(lines.get(middle));
      switch (fault) {
        case FUTURE_ROW -> {
          String time = line.get(TIMESTAMP_COLUMN);
          int year = Integer.parseInt(time.substring(0, 4)) + 40;
          line.set(TIMESTAMP_COLUMN, year + time.substring(4));
        }
        case SHORT_ROW -> line.subList(20, line.size()).clear();
        default -> line.set(VOLTAGE_COLUMN, "99999999999999999999");
      }
      lines.set(middle, line);
    };
  }

  private HttpAnswer csv(List<String> header, List<List<String>> lines) {
    CsvDialect dialect = settings.dialect();
    String separator = Character.toString(dialect.separator());
    StringBuilder text = new StringBuilder(lines.size() * 160 + 400);
    if (dialect.header()) {
      text.append(String.join(separator, header)).append(dialect.lineEnd());
    }
    for (List<String> line : lines) {
      text.append(String.join(separator, line)).append(dialect.lineEnd());
    }
    return HttpAnswer.of(200, "text/csv", text.toString());
  }
}
