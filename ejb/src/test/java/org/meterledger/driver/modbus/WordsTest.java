package org.meterledger.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

class WordsTest {

  private static Words words(int address, String hex) {
    return Words.of(address, HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource({
    "ffff, U16, 1, 65535",
    "ffff, S16, 1, -1",
    "ff38, S16, 0.1, -20.0",
    "00010000, U32, 0.01, 655.36",
    "80000000, U32, 1, 2147483648",
    "80000000, S32, 1, -2147483648",
    "ffffffffffffffff, U64, 0.001, 18446744073709551.615",
    "ffffffffffffffff, S64, 0.001, -0.001",
    "00000000000008fc, U64, 0.01, 23.00",
    "0000000000000000, S64, 0.001, 0.000",
  })
  void areNumbersWithTheirDecimals(String hex, NumberType type, BigDecimal scale, String value) {
    assertThat(words(0x1000, hex).decimal(0x1000, type, scale)).hasToString(value);
    assertThat(type.words()).isEqualTo(hex.length() / 4);
  }

  @Test
  void areFoundByTheirAddress() {
    var words = words(10, "00010002000300040005");

    assertThat(words.address()).isEqualTo(10);
    assertThat(words.count()).isEqualTo(5);
    assertThat(words.word(14)).isEqualTo(5);
    assertThat(words.integer(12, NumberType.U32)).isEqualTo(BigInteger.valueOf(0x30004));
    assertThat(words.bytes(13, 2)).containsExactly(0, 4, 0, 5);
    assertThat(words.has(14, 1)).isTrue();
    assertThat(words.has(14, 2)).isFalse();
    assertThat(words.has(9, 1)).isFalse();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> words.integer(13, NumberType.S64))
        .withMessage("Registers 13 to 16 of 10 to 14");
  }

  @ParameterizedTest
  @CsvSource({"44436374, DCct", "44430000, DC", "4443e900, DC\uFFFD", "00004443, ''"})
  void areTextUpToTheFirstNul(String hex, String text) {
    assertThat(words(3, hex).text(3, 2)).isEqualTo(text);
  }

  @Test
  void doNotChangeFromOutside() {
    var bytes = new byte[] {1, 2};
    var words = Words.of(0, bytes);
    bytes[0] = 9;
    words.bytes()[1] = 9;

    assertThat(words).isEqualTo(words(0, "0102")).hasSameHashCodeAs(words(0, "0102"));
    assertThat(words).isNotEqualTo(words(1, "0102")).isNotEqualTo(words(0, "0103"));
    assertThatIllegalArgumentException().isThrownBy(() -> Words.of(0, new byte[3]));
  }

  private static final List<RegisterRange> PLAN =
      List.of(new RegisterRange(0, 2), new RegisterRange(10, 1), new RegisterRange(20, 1));

  private static ReadResult<Words> read(int address, int count) {
    return ReadResult.complete(Words.of(address, new byte[2 * count]));
  }

  @Test
  void ofSeveralReadsAreFoundByTheirAddress() {
    var read = Registers.read(WordsTest::read, PLAN);

    assertThat(read).isInstanceOf(ReadResult.Complete.class);
    var registers = ((ReadResult.Complete<Registers>) read).value();
    assertThat(registers.holding(new RegisterRange(1, 1))).contains(Words.of(0, new byte[4]));
    assertThat(registers.holding(new RegisterRange(1, 2))).isEmpty();
    assertThat(registers.holding(new RegisterRange(20, 1))).contains(Words.of(20, new byte[2]));
    assertThat(registers.holding(new RegisterRange(11, 1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"UNSUPPORTED, 2", "TIMEOUT, 1"})
  void aReadThatIsMissingIsTold(Kind kind, int kept) {
    var fault = new Fault(kind, "no");
    var read =
        Registers.read(
            (address, count) ->
                address == 10 ? new ReadResult.Failed<>(fault) : read(address, count),
            PLAN);

    assertThat(read).isInstanceOf(ReadResult.Partial.class);
    var partial = (ReadResult.Partial<Registers>) read;
    assertThat(partial.fault()).isEqualTo(fault);
    assertThat(PLAN.stream().filter(each -> partial.value().holding(each).isPresent()))
        .hasSize(kept);
  }

  @Test
  void nothingReadIsAFailure() {
    var read = Registers.read((address, count) -> ReadResult.failed(Kind.UNSUPPORTED, "no"), PLAN);

    assertThat(read).isEqualTo(ReadResult.failed(Kind.UNSUPPORTED, "no"));
  }
}
