package org.meterledger.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnitTest {

  @Test
  void everyCodeHasOneUnitThatItsSymbolFinds() {
    var units = IntStream.rangeClosed(0, 255).mapToObj(Unit::of).toList();

    assertThat(units).doesNotHaveDuplicates();
    assertThat(units).extracting(Unit::symbol).doesNotHaveDuplicates();
    assertThat(units)
        .allSatisfy(unit -> assertThat(Unit.ofSymbol(unit.symbol())).isSameAs(unit))
        .allSatisfy(unit -> assertThat(Unit.of(unit.dlmsCode())).isSameAs(unit));
  }

  @Test
  void codesAreThoseOfTheStandard() {
    assertThat(Unit.of(8)).isSameAs(Unit.DEGREE);
    assertThat(Unit.of(13)).isSameAs(Unit.CUBIC_METRE);
    assertThat(Unit.of(27)).isSameAs(Unit.WATT);
    assertThat(Unit.of(30)).isSameAs(Unit.WATT_HOUR);
    assertThat(Unit.of(39).symbol()).isEqualTo("Ωm²/m");
    assertThat(Unit.of(44)).isSameAs(Unit.HERTZ);
    assertThat(Unit.of(57)).isSameAs(Unit.AMPERE_HOUR);
    assertThat(Unit.of(255)).isSameAs(Unit.NONE);
    assertThat(Unit.NONE.symbol()).isEmpty();
  }

  @Test
  void codeWithoutNameIsKeptAsNumber() {
    assertThat(Unit.of(200).symbol()).isEqualTo("unit 200");
    assertThat(Unit.of(200).dlmsCode()).isEqualTo(200);
  }

  @Test
  void whatIsNoUnitIsRefused() {
    assertThatThrownBy(() -> Unit.of(256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0..255");
    assertThatThrownBy(() -> Unit.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Unit.ofSymbol("furlong"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("furlong");
  }

  @Test
  void meanOfAnEnergyIsAPower() {
    assertThat(Unit.WATT_HOUR.perHour()).isSameAs(Unit.WATT);
    assertThat(Unit.VAR_HOUR.perHour()).isSameAs(Unit.VAR);
    assertThat(Unit.VOLT_AMPERE_HOUR.perHour()).isSameAs(Unit.VOLT_AMPERE);
    assertThat(Unit.VOLT.perHour()).isSameAs(Unit.VOLT);
  }

  @Test
  void copyOfAPassivatedSessionIsTheSameUnit() throws IOException, ClassNotFoundException {
    var stored = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(stored)) {
      out.writeObject(Unit.VOLT);
      out.writeObject(Unit.of(200));
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(stored.toByteArray()))) {
      assertThat(in.readObject()).isSameAs(Unit.VOLT);
      assertThat(in.readObject()).isSameAs(Unit.of(200));
    }
  }
}
