package org.meterledger.web.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meterledger.archive.PresentRegisters.PresentRegister;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.logbook.LogbookLine.Severity;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.Unit;

/** Present values as the page shows them: in pictures, by port, by flag, the rest in tables. */
class PresentTableTest {

  private static final Instant READ = Instant.parse("2026-11-21T12:00:00Z");

  private static PresentRegister register(String obis, String value, Unit unit) {
    return new PresentRegister(
        ObisCode.of(obis), new Quantity(new BigDecimal(value), unit), null, READ);
  }

  private static PresentTable table(PresentRegister... registers) {
    return new PresentTable(List.of(registers));
  }

  @Test
  void vectorsPointWhereTheirAnglesSayAndAreAsLongAsTheLongestAllows() {
    var phasors =
        table(
                register("1-0:32.7.0", "230", Unit.VOLT),
                register("1-0:52.7.0", "115", Unit.VOLT),
                register("1-0:31.7.0", "5", Unit.AMPERE),
                register("1-0:81.7.0", "0", Unit.DEGREE),
                register("1-0:81.7.10", "90", Unit.DEGREE),
                register("1-0:81.7.40", "-180", Unit.DEGREE))
            .getPhasors();

    assertThat(phasors.getVectors())
        .extracting(
            Phasors.Vector::name, Phasors.Vector::kind, Phasors.Vector::x, Phasors.Vector::y)
        .containsExactly(
            tuple("U1", "voltage", "100.0", "0.0"),
            tuple("I1", "current", "-70.0", "0.0"),
            tuple("U2", "voltage", "0.0", "-50.0"));
    assertThat(phasors.getUndrawn()).isEmpty();
  }

  @Test
  void vectorThatIsNotKnownIsNotDrawnAndThatIsSaid() {
    var phasors =
        table(
                register("1-0:32.7.0", "230", Unit.VOLT),
                register("1-0:81.7.0", "0", Unit.DEGREE),
                register("1-0:31.7.0", "0.00", Unit.AMPERE),
                register("1-0:81.7.40", "12", Unit.DEGREE),
                register("1-0:52.7.0", "230", Unit.VOLT),
                register("1-0:81.7.60", "12", Unit.DEGREE))
            .getPhasors();

    assertThat(phasors.getVectors()).extracting(Phasors.Vector::name).containsExactly("U1");
    assertThat(phasors.getUndrawnNames()).isEqualTo("I1, U2, I3");
  }

  @Test
  void meterWithoutAnglesHasNoPicture() {
    var table =
        table(register("1-0:32.7.0", "230", Unit.VOLT), register("1-0:31.7.0", "5", Unit.AMPERE));

    assertThat(table.getPhasors().isFilled()).isFalse();
    assertThat(table.getLines()).hasSize(2);
    assertThat(table.getHarmonics()).isEmpty();
    assertThat(table.getPorts()).isEmpty();
    assertThat(table.getFlags()).isEmpty();
  }

  @Test
  void powerAngleAndQuadrantStandBesideThePhaseAndInTheSum() {
    var table =
        table(
            register("1-128:81.7.0", "25", Unit.DEGREE),
            register("1-128:130.7.0", "1", Unit.NONE),
            register("1-128:130.7.2", "4", Unit.NONE));

    assertThat(table.getPhasors().getRows())
        .extracting(Phasors.Row::phase)
        .containsExactly("sum", "L2");
    assertThat(table.getOthers()).isEmpty();
  }

  @Test
  void harmonicsAreScaledByTheSecondOnAndCutAtTheTop() {
    var harmonics =
        table(
                register("1-0:32.7.1", "100", Unit.PERCENT),
                register("1-0:32.7.2", "1", Unit.PERCENT),
                register("1-0:32.7.3", "4", Unit.PERCENT),
                register("1-0:32.7.124", "4.1", Unit.PERCENT))
            .getHarmonics()
            .get(0);

    assertThat(harmonics.getKind()).isEqualTo("voltage");
    assertThat(harmonics.getTop()).isEqualByComparingTo("4");
    assertThat(harmonics.getBars())
        .extracting(Harmonics.Bar::height, Harmonics.Bar::y)
        .containsExactly(tuple("150.0", "0.0"), tuple("37.5", "112.5"), tuple("150.0", "0.0"));
    assertThat(harmonics.distortion("L1").quantity().value()).isEqualByComparingTo("4.1");
    assertThat(harmonics.value("L1", 16)).as("not read, so not zero").isNull();
  }

  @Test
  void harmonicsOfLinesNeutralAndBetweenLinesAreToldApart() {
    var table =
        table(
            register("1-0:71.7.2", "1", Unit.PERCENT),
            register("1-0:91.7.2", "2", Unit.PERCENT),
            register("1-128:52.7.2", "0", Unit.PERCENT));

    assertThat(table.getHarmonics())
        .extracting(Harmonics::getKind, Harmonics::getLines)
        .containsExactly(tuple("voltage", List.of("L2-L3")), tuple("current", List.of("L3", "N")));
    assertThat(table.getHarmonics().get(0).getTop()).as("all are zero").isNull();
    assertThat(table.getHarmonics().get(0).getBars()).isEmpty();
  }

  @Test
  void portsAreGatheredByTheirNumber() {
    var ports =
        table(
                register("1-1:82.8.0", "17", Unit.NONE),
                register("0-1:96.3.1", "1", Unit.NONE),
                register("0-1:96.3.128", "0", Unit.NONE),
                register("0-1:96.3.129", "0", Unit.NONE),
                register("0-3:96.3.1", "0", Unit.NONE),
                register("0-3:96.3.129", "1", Unit.NONE),
                register("0-4:96.3.1", "1", Unit.NONE))
            .getPorts();

    assertThat(ports)
        .extracting(
            PortTable.Port::number,
            PortTable.Port::use,
            PortTable.Port::on,
            PortTable.Port::stored,
            PortTable.Port::switchable)
        .containsExactly(
            tuple(1, 0, true, false, false),
            tuple(3, 1, false, null, true),
            tuple(4, null, true, null, false));
    assertThat(ports.get(0).count().quantity().value()).isEqualByComparingTo("17");
    assertThat(ports.get(1).count()).isNull();
  }

  @Test
  void everyRegisterOfTheModelHasAPlaceAndNoneIsLost() {
    var registers =
        new MeterModels()
            .get("abb-g13").table("registers").stream()
                .map(row -> register(row.get("obis"), "1", Unit.ofSymbol(row.get("unit"))))
                .toArray(PresentRegister[]::new);
    var table = table(registers);

    var shown =
        Stream.of(
                table.getLines().stream().mapToInt(line -> line.phases().size()).sum(),
                table.getEnergies().stream().mapToInt(energy -> energy.rates().size()).sum(),
                table.getEnergiesByPhase().stream().mapToInt(line -> line.phases().size()).sum(),
                3 + 3 + 4 + 4,
                (6 + 4) * (Harmonics.MOST + 1),
                4 * 4,
                table.getFlags().size(),
                table.getOthers().size())
            .mapToInt(Integer::intValue)
            .sum();
    assertThat(shown).isEqualTo(registers.length);
    assertThat(table.getPorts()).hasSize(4);
    assertThat(table.getFlags()).hasSize(3);
    assertThat(table.getPhasors().getVectors()).hasSize(6);
    assertThat(table.getHarmonics()).hasSize(2);
    assertThat(table.getHarmonics().get(0).getLines()).hasSize(6);
  }

  @Test
  void flagsAreToldInWords() {
    var table = new MeterModels().get("abb-g13").table("flags");
    var warnings = register("0-0:97.97.2*255", String.valueOf(1 << 1 | 1 << 9), Unit.NONE);

    assertThat(StatusFlags.up(table, warnings, "meaning_de"))
        .containsExactly(
            new StatusFlags.Flag(Severity.WARNING, "Spannung L1 fehlt"),
            new StatusFlags.Flag(Severity.WARNING, "Frequenz"));
    assertThat(StatusFlags.up(table, register("0-0:97.97.2*255", "0", Unit.NONE), "meaning_en"))
        .isEmpty();
    assertThat(StatusFlags.up(List.of(Map.of()), warnings, "meaning_en")).isEmpty();
  }
}
