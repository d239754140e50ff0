package org.meterledger.driver.dmed4;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.meterledger.driver.Endpoint;
import org.meterledger.simulators.dmed4.Dmed4Meter;
import org.meterledger.simulators.dmed4.Dmed4Simulator;
import org.meterledger.simulators.dmed4.Fault;
import org.meterledger.simulators.dmed4.Transport;

class Dmed4ModbusContractTest extends Dmed4DriverContract {

  /** Where its end is waited for. */
  private static final Duration SHORT = Duration.ofMillis(100);

  private static final int REPORT = 0x11;
  private static final int WRITE_SINGLE = 0x06;

  Dmed4ModbusContractTest() {
    super(Transport.MODBUS_TCP);
  }

  /** Three writes, a look whether it is found, and the event. */
  @Override
  int requestsForAnEvent() {
    return 5;
  }

  private static Endpoint at(int port, Duration timeout) {
    var address = "modbus-tcp://127.0.0.1:" + port + "?unit=" + SimulatedDmed4.NODE;
    return Endpoint.at(address, null, null, timeout);
  }

  @Override
  protected Endpoint nobody(int port) {
    return at(port, LONG);
  }

  @Override
  protected Endpoint silent() {
    return server(
        new ScriptedModbus((in, out) -> in.transferTo(OutputStream.nullOutputStream())), SHORT);
  }

  @Override
  protected List<Endpoint> liars() {
    var liars = new ArrayList<Endpoint>();
    for (int exception : new int[] {1, 2, 3, 4, 0x0B}) {
      liars.add(answering(asked -> new byte[] {(byte) (asked[0] | 0x80), (byte) exception}));
    }
    liars.add(answering(asked -> device(asked, 0)));
    liars.add(answering(asked -> device(asked, 1)));
    liars.add(answering(asked -> Arrays.copyOf(asked, 2)));
    liars.add(answering(asked -> asked));
    liars.add(
        server(
            new ScriptedModbus(
                (in, out) -> {
                  out.write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                  in.transferTo(OutputStream.nullOutputStream());
                }),
            LONG));
    liars.add(server(new ScriptedModbus((in, out) -> {}), LONG));
    for (var fault :
        List.of(
            Fault.CONNECTION_DROPPED,
            Fault.HALF_ANSWER,
            Fault.WRONG_UNIT,
            Fault.WRONG_TRANSACTION,
            Fault.WRONG_FUNCTION,
            Fault.SHORT_COUNT)) {
      liars.add(spoiled(fault));
    }
    return liars;
  }

  /** Any other device: it takes what is written, and holds the same in all its registers. */
  private static byte[] device(byte[] asked, int held) {
    if (asked[0] >= WRITE_SINGLE && asked[0] < REPORT) {
      return Arrays.copyOf(asked, 5);
    }
    int bytes = asked[0] == REPORT ? 8 : 2 * (asked[4] & 0xff);
    var answer = new byte[2 + bytes];
    answer[0] = asked[0];
    answer[1] = (byte) bytes;
    for (int i = 3; i < answer.length; i += 2) {
      answer[i] = (byte) held;
    }
    return answer;
  }

  private Endpoint answering(UnaryOperator<byte[]> answer) {
    return server(ScriptedModbus.answering(answer), LONG);
  }

  private Endpoint server(ScriptedModbus server, Duration timeout) {
    return at(keep(server).port(), timeout);
  }

  private Endpoint spoiled(Fault fault) {
    var meter = new Dmed4Meter(wired.simulated.settings(), wired.time);
    meter.faults().add(fault, Integer.MAX_VALUE, "/");
    var simulator = keep(Dmed4Simulator.startDevices(List.of(meter), 0));
    return at(simulator.port(0, Transport.MODBUS_TCP), LONG);
  }
}
