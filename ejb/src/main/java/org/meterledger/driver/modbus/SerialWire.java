package org.meterledger.driver.modbus;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.meterledger.driver.ModbusAddress.Line;

/** A serial line, of this machine alone while it is open. */
final class SerialWire implements Wire {

  /** The library waits in steps of 100 ms on some systems, which is too coarse for a deadline. */
  private static final long LOOK_AGAIN = 500_000;

  /**
   * From this speed on the silence between frames is fixed (Modbus over serial line 1.02, 2.5.1).
   */
  private static final int FAST = 19200;

  private static final long SHORTEST_SILENCE = 1_750_000;

  private final SerialPort port;
  private final long nanosPerByte;
  private final long silence;
  private long heard;
  private long lastHeard;

  /**
   * @throws ConnectException when there is no such device, or it cannot be opened
   */
  SerialWire(Line line) throws IOException {
    try {
      port = SerialPort.getCommPort(line.device());
    } catch (SerialPortInvalidPortException e) {
      throw new ConnectException("there is no serial device " + line.device());
    } catch (LinkageError e) {
      throw new ConnectException("serial lines do not work on this machine: " + e.getMessage());
    }
    var parity = "NOE".indexOf(line.frame().charAt(1)); // 0, 1 and 2 for the library
    var dataBits = line.frame().charAt(0) - '0';
    var stopBits =
        line.frame().charAt(2) == '1' ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS;
    port.setComPortParameters(line.baud(), dataBits, stopBits, parity);
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
    if (!port.openPort(0)) {
      throw new ConnectException(
          "%s cannot be opened (error %d of the system)"
              .formatted(line.device(), port.getLastErrorCode()));
    }
    port.flushIOBuffers();
    var bits = 1 + dataBits + (parity == 0 ? 0 : 1) + line.frame().charAt(2) - '0';
    nanosPerByte = bits * 1_000_000_000L / line.baud();
    silence = line.baud() > FAST ? SHORTEST_SILENCE : nanosPerByte * 7 / 2;
    lastHeard = System.nanoTime();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    while (System.nanoTime() - lastHeard < silence) {
      pause(silence);
    }
    if (port.writeBytes(bytes, bytes.length) != bytes.length) {
      throw new EOFException();
    }
  }

  @Override
  public int read(byte[] into, int from, int most, long deadline) throws IOException {
    while (true) {
      var got = port.readBytes(into, most, from);
      if (got > 0) {
        heard += got;
        lastHeard = System.nanoTime();
        return got;
      }
      if (got < 0) {
        throw new EOFException();
      }
      if (deadline - System.nanoTime() <= 0) {
        throw new SocketTimeoutException();
      }
      pause(LOOK_AGAIN);
    }
  }

  private static void pause(long nanos) throws InterruptedIOException {
    LockSupport.parkNanos(nanos);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException();
    }
  }

  @Override
  public long heard() {
    return heard;
  }

  @Override
  public boolean disturbed() {
    return port.bytesAvailable() != 0;
  }

  @Override
  public long nanosFor(int bytes) {
    return bytes * nanosPerByte;
  }

  @Override
  public void close() {
    port.closePort();
  }
}
