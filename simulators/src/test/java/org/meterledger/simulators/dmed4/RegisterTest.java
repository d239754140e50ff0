package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every register whose value a charge does not make. */
class RegisterTest {
  private Dmed4Wired wired;
  private ModbusPeer peer;

  @BeforeEach
  void start() throws IOException {
    wired = new Dmed4Wired(Dmed4Wired.settings().energies(98_765_432_100L, 7));
    peer = wired.modbus(Transport.MODBUS_TCP);
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
    wired.close();
  }

  @Test
  void measuresWhileImporting() throws IOException {
    long before = wired.meter.readings().importedWh();
    wired.meter.load(50_000, 40_000);
    wired.clock.advance(Duration.ofMinutes(30));
    assertThat(peer.number(0x0002, 4)).isEqualTo(before + 25_000);
    assertThat(peer.number(0x000A, 2)).isEqualTo(40_000);
    assertThat(peer.number(0x000C, 2)).isEqualTo(1_250_000);
    assertThat(peer.number(0x000E, 4)).isEqualTo(50_000);
    assertThat(peer.number(0x0012, 1)).isEqualTo(297);
    assertThat(peer.number(0x0013, 1)).isEqualTo(855);
    assertThat(peer.number(0x0014, 1)).isEqualTo(290);
    assertThat(peer.number(0x0015, 1)).isEqualTo(842);
    assertThat(peer.number(0x0016, 4)).isEqualTo(7);
    assertThat(peer.number(0x001E, 4)).isEqualTo(before + 25_007);
    assertThat(peer.number(0x0030, 4)).isEqualTo(1800);
    assertThat(peer.number(0x0034, 4)).isEqualTo(1800);
    assertThat(peer.number(0x0200, 2)).isEqualTo(40_000);
    assertThat(peer.number(0x0202, 2)).isEqualTo(1_250_000);
    assertThat(peer.number(0x0204, 4)).isEqualTo(50_000);
  }

  @Test
  void measuresWhileExporting() throws IOException {
    wired.meter.load(-2_000, 40_000);
    wired.clock.advance(Duration.ofHours(1));
    assertThat(peer.read(0x000E, 4)).isEqualTo("FFFFFFFFFFFFF830");
    assertThat(peer.number(0x000C, 2)).isEqualTo(50_000);
    assertThat(peer.number(0x0016, 4)).isEqualTo(2_007);
    wired.meter.load(0, 0);
    wired.clock.advance(Duration.ofHours(1));
    assertThat(peer.number(0x0016, 4)).isEqualTo(2_007);
    assertThat(peer.number(0x0030, 4)).isEqualTo(7200);
    assertThat(peer.number(0x0034, 4)).isEqualTo(3600);
  }

  @Test
  void aModelForOneDirectionMeasuresNoExport() throws IOException {
    Dmed4Settings oneWay = Dmed4Settings.of(1, Dmed4Model.DMED404D0600, 8, Dmed4Wired.START);
    try (Dmed4Wired other = new Dmed4Wired(oneWay)) {
      other.meter.load(-2_000, 40_000);
      other.clock.advance(Duration.ofHours(1));
      assertThat(other.meter.readings().exportedWh()).isZero();
      assertThat(other.meter.readings().watts()).isZero();
    }
  }

  @Test
  void allMeasuresInOneMessage() throws IOException {
    assertThat(peer.bytes(0x0002, 32)).hasSize(64);
    assertThat(peer.bytes(0x0200, 11)).hasSize(22);
  }

  @Test
  void timeIsSetAndRead() throws IOException {
    assertThat(peer.number(0x0208, 2)).isEqualTo(Dmed4Wired.START.getEpochSecond());
    assertThat(peer.write(0x4080, new byte[] {0x65, 0x16, (byte) 0x72, (byte) 0xBA}))
        .isEqualTo("10407F0002");
    wired.clock.advance(Duration.ofSeconds(5));
    assertThat(peer.number(0x4080, 2)).isEqualTo(0x651672BAL + 5);
    assertThat(peer.number(0x0208, 2)).isEqualTo(0x651672BAL + 5);
    assertThat(peer.number(0x4201, 1) & 1 << 5).isEqualTo(1 << 5);
    wired.clock.advance(Duration.ofMinutes(peer.number(0x4283, 1)));
    assertThat(peer.number(0x4201, 1) & 1 << 5).isZero();
  }

  @Test
  void offsetIsSigned() throws IOException {
    assertThat(peer.write(0x4284, -300)).isEqualTo("064283FED4");
    assertThat(peer.read(0x020A, 1)).isEqualTo("FED4");
    assertThat(peer.write(0x4284, 50)).isEqualTo("8603");
    assertThat(peer.write(0x4284, 915)).isEqualTo("8603");
    assertThat(wired.meter.offsetMinutes()).isEqualTo(-300);
  }

  @Test
  void statusOfANewMeter() throws IOException {
    assertThat(peer.read(0x4000, 6)).isEqualTo("00000000" + "00000000" + "5A3C0048");
    assertThat(peer.read(0x4200, 5)).isEqualTo("0000" + "0001" + "0000" + "0000" + "0000");
    assertThat(peer.read(0x4280, 4)).isEqualTo("0000" + "0000" + "0000" + "05A0");
  }

  @Test
  void sizesOfTheLogs() throws IOException {
    assertThat(peer.number(0x020D, 1)).isEqualTo(500);
    assertThat(peer.number(0x020E, 1)).isEqualTo(1);
    assertThat(peer.number(0x0220, 1)).isEqualTo(1000);
    assertThat(peer.number(0x0221, 1)).isZero();
  }

  @Test
  void display() throws IOException {
    assertThat(peer.write(0x4F11, 13)).isEqualTo("064F10000D");
    assertThat(wired.meter.displayPage()).isEqualTo(13);
    assertThat(peer.write(0x4F11, 14)).isEqualTo("8603");
    assertThat(peer.write(0x4F10, 0)).isEqualTo("064F0F0000");
    assertThat(wired.meter.displayPage()).isZero();
    assertThat(peer.ask(8, 4, 0x4F, 0x0F, 0, 1)).containsExactly(0x84, 2);
  }
}
