package org.meterledger.driver.modbus;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReportSlaveIDRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterRequest;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A request, and what is an answer to it and nothing else.
 *
 * @param message what is sent, without frame
 * @param about the registers it is about, for texts; empty where there are none
 * @param longest most bytes that an answer has, function included
 * @param reading takes an answer of the same function and of the right length apart
 */
record Question<T>(ModbusRequest message, String about, int longest, Reading<T> reading) {

  static final int READ_HOLDING = 0x03;
  static final int READ_INPUT = 0x04;
  static final int WRITE_SINGLE = 0x06;
  static final int WRITE_MULTIPLE = 0x10;
  static final int REPORT = 0x11;

  /** Set in the function of an exception. */
  static final int EXCEPTION = 0x80;

  private static final int LONGEST_PDU = 253;
  private static final int LARGEST_VALUE = 0xffff;

  /** Function, byte count, and something to tell. */
  private static final int LEAST_REPORT = 3;

  /** Takes an answer apart. */
  @FunctionalInterface
  interface Reading<T> {
    T of(byte[] pdu) throws BadAnswer;
  }

  static Question<Words> readHolding(int address, int count) {
    var range = range(address, count, ModbusConnection.MOST_READ);
    return read(new ReadMultipleRegistersRequest(address, count), range);
  }

  static Question<Words> readInput(int address, int count) {
    var range = range(address, count, ModbusConnection.MOST_READ);
    return read(new ReadInputRegistersRequest(address, count), range);
  }

  private static Question<Words> read(ModbusRequest message, RegisterRange range) {
    return new Question<>(
        message, about(range), 2 + 2 * range.count(), pdu -> Words.of(range.address(), data(pdu)));
  }

  static Question<Void> writeSingle(int address, int value) {
    var range = range(address, 1, 1);
    return new Question<>(
        new WriteSingleRegisterRequest(address, register(value)),
        about(range),
        5,
        pdu -> checkEcho(pdu, address, "value", value));
  }

  static Question<Void> writeMultiple(int address, int... values) {
    var range = range(address, values.length, ModbusConnection.MOST_WRITTEN);
    var registers = IntStream.of(values).mapToObj(Question::register).toArray(Register[]::new);
    return new Question<>(
        new WriteMultipleRegistersRequest(address, registers),
        about(range),
        5,
        pdu -> checkEcho(pdu, address, "count", values.length));
  }

  static Question<byte[]> report() {
    return new Question<>(new ReportSlaveIDRequest(), "", LONGEST_PDU, Question::data);
  }

  int function() {
    return message.getFunctionCode();
  }

  boolean changes() {
    return function() == WRITE_SINGLE || function() == WRITE_MULTIPLE;
  }

  /** Function and data as they are sent. */
  byte[] pdu() {
    var data = message.getMessage();
    var pdu = new byte[1 + data.length];
    pdu[0] = (byte) function();
    System.arraycopy(data, 0, pdu, 1, data.length);
    return pdu;
  }

  /**
   * @param pdu function and data, at least two bytes
   * @throws Declined when it is an exception
   */
  T answer(byte[] pdu) throws BadAnswer, Declined {
    var function = pdu[0] & 0xff;
    if (function == (function() | EXCEPTION)) {
      if (pdu.length != 2) {
        throw BadAnswer.protocol("answers with an exception of %d bytes", pdu.length);
      }
      throw new Declined(pdu[1] & 0xff);
    }
    if (function != function()) {
      throw BadAnswer.protocol("answers with function %02X to function %02X", function, function());
    }
    checkLength(pdu);
    return reading.of(pdu);
  }

  private void checkLength(byte[] pdu) throws BadAnswer {
    var expected = changes() ? longest : 2 + (pdu[1] & 0xff);
    if (pdu.length != expected || !changes() && function() != REPORT && expected != longest) {
      throw BadAnswer.protocol(
          "answers with %d bytes where %d were due",
          pdu.length, function() == REPORT ? expected : longest);
    }
    if (function() == REPORT && pdu.length < LEAST_REPORT) {
      throw BadAnswer.protocol("reports itself with %d bytes", pdu.length);
    }
  }

  /** What follows the byte count. The library's own message of a report adds two bytes to it. */
  private static byte[] data(byte[] pdu) {
    return Arrays.copyOfRange(pdu, 2, pdu.length);
  }

  private static Void checkEcho(byte[] pdu, int address, String what, int sent) throws BadAnswer {
    var echo = ByteBuffer.wrap(pdu, 1, 4);
    checkSame("address", address, echo.getShort() & LARGEST_VALUE);
    checkSame(what, sent, echo.getShort() & LARGEST_VALUE);
    return null;
  }

  private static void checkSame(String what, int sent, int echoed) throws BadAnswer {
    if (sent != echoed) {
      throw BadAnswer.protocol("confirms %s %d and not %d", what, echoed, sent);
    }
  }

  private static Register register(int value) {
    if (value < 0 || value > LARGEST_VALUE) {
      throw new IllegalArgumentException("No register holds " + value + ", but 0 to 65535");
    }
    return new SimpleRegister(value);
  }

  private static RegisterRange range(int address, int count, int most) {
    if (count > most) {
      throw new IllegalArgumentException(
          "%d registers in one request; at most %d".formatted(count, most));
    }
    return new RegisterRange(address, count);
  }

  private static String about(RegisterRange range) {
    return range.count() == 1
        ? "register %04X".formatted(range.address())
        : "registers %04X to %04X".formatted(range.address(), range.end() - 1);
  }
}
