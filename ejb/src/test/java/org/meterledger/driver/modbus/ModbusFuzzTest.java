package org.meterledger.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.meterledger.driver.ModbusAddress;

/**
 * Whatever bytes come, they are an answer or a fault. An ordinary test run tries the seeds beside
 * this class; {@code JAZZER_FUZZ=1 mvn -pl ejb -am test -Dtest=ModbusFuzzTest#frames
 * -Dsurefire.failIfNoSpecifiedTests=false} searches on from them, for one method at a time.
 */
class ModbusFuzzTest {

  private static final int UNIT = 8;
  private static final int TRANSACTION = 0x1234;

  private static final List<Question<?>> QUESTIONS =
      List.of(
          Question.readHolding(1, 4),
          Question.readInput(1, 4),
          Question.writeSingle(1, 4),
          Question.writeMultiple(1, 4, 5),
          Question.report());

  /** Bytes that have all come, and then nothing. */
  private record Recorded(byte[] bytes, int[] at) implements Wire {

    @Override
    public int read(byte[] into, int from, int most, long deadline) throws IOException {
      var got = Math.min(most, bytes.length - at[0]);
      if (got <= 0) {
        throw new SocketTimeoutException();
      }
      System.arraycopy(bytes, at[0], into, from, got);
      at[0] += got;
      return got;
    }

    @Override
    public void write(byte[] given) {
      throw new AssertionError("nothing is written to a recording");
    }

    @Override
    public long heard() {
      return at[0];
    }

    @Override
    public boolean disturbed() {
      return false;
    }

    @Override
    public long nanosFor(int count) {
      return 0;
    }

    @Override
    public void close() {}
  }

  @FuzzTest(maxDuration = "80s")
  void frames(byte[] bytes) {
    for (var framing : List.of(new TcpFraming(), new RtuFraming(), new AsciiFraming())) {
      byte[] pdu;
      try {
        pdu = framing.read(new Recorded(bytes, new int[1]), TRANSACTION, UNIT, 0);
      } catch (IOException e) {
        continue; // told as a fault
      }
      assertThat(pdu).hasSizeBetween(2, 257);
      for (var question : QUESTIONS) {
        answer(question, pdu);
      }
    }
  }

  private static void answer(Question<?> question, byte[] pdu) {
    try {
      var value = question.answer(pdu);
      assertThat(pdu[0]).isEqualTo((byte) question.function());
      if (value instanceof Words words) {
        assertThat(words.count()).isEqualTo(4);
      }
    } catch (Declined e) {
      assertThat(e.code()).isBetween(0, 255);
    } catch (BadAnswer e) {
      assertThat(e).hasMessageMatching("(answers|confirms|reports itself) .*");
    }
  }

  @FuzzTest(maxDuration = "80s")
  void addresses(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    try {
      var address = ModbusAddress.parse(text);
      assertThat(ModbusAddress.parse(address.toString())).isEqualTo(address);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).contains(" must be ");
    }
  }
}
