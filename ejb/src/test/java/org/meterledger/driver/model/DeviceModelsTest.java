package org.meterledger.driver.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;

/** Rules for the tables of every model; a new folder is held to them without a new test. */
class DeviceModelsTest {

  private static final Path FOLDERS = Path.of("src/main/resources/device-models");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** Tables whose rows are quantities, with the OBIS codes by which they are told apart. */
  private static final List<String> QUANTITIES = List.of("load-profile", "registers");

  private static final Set<Unit> TEMPERATURES = Set.of(Unit.DEGREE_CELSIUS, Unit.OTHER);

  static List<MeterModel> models() {
    return List.copyOf(new MeterModels().all());
  }

  @Test
  void listNamesTheFoldersThatAreThere() throws IOException {
    var listed = Files.readAllLines(FOLDERS.resolve("models.txt"));
    try (var folders = Files.list(FOLDERS)) {
      assertThat(folders.filter(Files::isDirectory).map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(listed);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void modelFollowsEveryRule(MeterModel model) {
    var broken = new ArrayList<String>();
    rule(broken, "names its maker", filled(model.manufacturer()));
    rule(broken, "names its type", filled(model.name()));
    rule(broken, "names its protocol", filled(model.protocol()));
    rule(broken, "names its source with a revision", model.source().matches(".*\\d.*"));
    rule(broken, "has golden values", Files.exists(GOLDEN.resolve(model.id() + "/values.csv")));
    QUANTITIES.forEach(table -> checkQuantities(model, table, broken));
    checkSums(model, broken);
    checkStatus(model, broken);
    checkLanguages(model, broken);

    assertThat(broken).as(model.id()).isEmpty();
  }

  private static void checkQuantities(MeterModel model, String table, List<String> broken) {
    var seen = new HashSet<ObisCode>();
    for (Map<String, String> row : model.table(table)) {
      var obis = ObisCode.of(row.get("obis"));
      var where = table + " " + obis + " ";
      var scaler = Integer.parseInt(row.get("scaler"));
      rule(broken, where + "is there once", seen.add(obis));
      rule(broken, where + "has the unit of its quantity", fits(obis, unit(row)));
      rule(broken, where + "has a scaler in -9..9", scaler >= -9 && scaler <= 9);
      rule(broken, where + "names its page", row.get("page").matches("\\d+"));
    }
  }

  private static Unit unit(Map<String, String> row) {
    return Unit.ofSymbol(row.get("unit"));
  }

  /** Units after the value groups C and D of IEC 62056-6-1, for what meters here have. */
  private static boolean fits(ObisCode obis, Unit unit) {
    var quantity = obis.c() == 90 || obis.c() == 91 ? 11 : obis.c() % 20;
    var harmonic = obis.d() == 7 && obis.e() > 0 && (quantity == 11 || quantity == 12);
    if (obis.a() == 0) { // times, states, temperatures
      return unit == Unit.NONE
          || unit == Unit.SECOND
          || obis.c() == 96 && obis.d() == 9 && TEMPERATURES.contains(unit);
    }
    if (obis.c() == 81) { // angles
      return unit == Unit.DEGREE;
    }
    if (harmonic) {
      return unit == Unit.PERCENT;
    }
    if (obis.c() == 82) { // pulses and pieces
      return unit == Unit.NONE;
    }
    if (obis.c() >= 128) { // the maker's own
      return obis.b() >= 128;
    }
    switch (quantity) {
      case 1:
      case 2:
      case 15:
      case 16:
        return unit == (obis.d() == 8 ? Unit.WATT_HOUR : Unit.WATT);
      case 3:
      case 4:
        return unit == (obis.d() == 8 ? Unit.VAR_HOUR : Unit.VAR);
      case 9:
      case 10:
        return unit == (obis.d() == 8 ? Unit.VOLT_AMPERE_HOUR : Unit.VOLT_AMPERE);
      case 11:
        return unit == Unit.AMPERE;
      case 12:
        return unit == Unit.VOLT;
      case 13:
        return unit == Unit.NONE;
      case 14:
        return unit == Unit.HERTZ;
      default:
        return false;
    }
  }

  private static void checkSums(MeterModel model, List<String> broken) {
    var known = new HashSet<String>();
    model.table("load-profile").forEach(row -> known.add(row.get("obis")));
    for (Map<String, String> row : model.table("derived")) {
      var parts = Set.of(row.get("sum_of").split(" "));
      rule(broken, row.get("obis") + " adds up columns that are there", known.containsAll(parts));
      rule(broken, row.get("obis") + " is no column itself", !known.contains(row.get("obis")));
    }
  }

  private static void checkStatus(MeterModel model, List<String> broken) {
    var bits = 0;
    for (Map<String, String> row : model.table("status")) {
      var bit = Integer.parseInt(row.get("bit"));
      rule(
          broken,
          "status " + bit + " is one bit, once",
          Integer.bitCount(bit) == 1 && (bits & bit) == 0);
      bits |= bit;
      if (!row.get("flag").isEmpty()) {
        RowStatus.valueOf(row.get("flag"));
      }
    }
  }

  private static void checkLanguages(MeterModel model, List<String> broken) {
    for (String table : List.of("status", "events")) {
      for (Map<String, String> row : model.table(table)) {
        var where = table + " " + row.get("code");
        rule(broken, where + " speaks English", filled(row.get("meaning_en")));
        rule(broken, where + " speaks German", filled(row.get("meaning_de")));
        rule(broken, where + " has a severity", row.get("severity").matches("INFO|WARNING|ALARM"));
      }
    }
    for (Map<String, String> row : model.table("settings")) {
      rule(broken, row.get("key") + " speaks English", filled(row.get("label_en")));
      rule(broken, row.get("key") + " speaks German", filled(row.get("label_de")));
    }
  }

  private static boolean filled(String text) {
    return text != null && !text.isBlank();
  }

  private static void rule(List<String> broken, String rule, boolean kept) {
    if (!kept) {
      broken.add(rule);
    }
  }
}
