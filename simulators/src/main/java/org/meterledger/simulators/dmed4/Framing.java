package org.meterledger.simulators.dmed4;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What a transport puts around a request and its answer. */
enum Framing {
  TCP {
    @Override
    Optional<Frame> take(ByteBuf in) {
      if (in.readableBytes() < HEADER) {
        return Optional.empty();
      }
      int length = in.getUnsignedShort(in.readerIndex() + 4);
      if (in.getUnsignedShort(in.readerIndex() + 2) != 0 || length < 2 || length > 254) {
        in.skipBytes(in.readableBytes());
        return Optional.empty();
      }
      if (in.readableBytes() < 6 + length) {
        return Optional.empty();
      }
      int transaction = in.readUnsignedShort();
      in.skipBytes(4);
      int unit = in.readUnsignedByte();
      byte[] request = new byte[length - 1];
      in.readBytes(request);
      return Optional.of(new Frame(transaction, unit, request));
    }

    @Override
    byte[] put(Frame frame, boolean wrongCheck) {
      return ByteBuffer.allocate(HEADER + frame.content().length)
          .putShort((short) frame.transaction())
          .putShort((short) 0)
          .putShort((short) (frame.content().length + 1))
          .put((byte) frame.unit())
          .put(frame.content())
          .array();
    }
  },

  RTU {
    @Override
    Optional<Frame> take(ByteBuf in) {
      int available = in.readableBytes();
      if (available < 4) {
        return Optional.empty();
      }
      int length = length(in);
      if (available < length) {
        return Optional.empty();
      }
      byte[] frame = new byte[length];
      in.readBytes(frame);
      if (crc(frame, length - 2)
          != ((frame[length - 2] & 0xFF) | (frame[length - 1] & 0xFF) << 8)) {
        // Whatever else is there belongs to a frame whose beginning is unknown.
        in.skipBytes(in.readableBytes());
        return Optional.empty();
      }
      byte[] request = Arrays.copyOfRange(frame, 1, length - 2);
      return Optional.of(new Frame(0, frame[0] & 0xFF, request));
    }

    /** A frame has no length in it: the function tells it, else all that has come is one. */
    private int length(ByteBuf in) {
      int start = in.readerIndex();
      return switch (in.getUnsignedByte(start + 1)) {
        case ModbusFunctions.READ_HOLDING,
            ModbusFunctions.READ_INPUT,
            ModbusFunctions.WRITE_SINGLE ->
            8;
        case ModbusFunctions.IDENTIFY -> 4;
        case ModbusFunctions.WRITE_MULTIPLE ->
            in.readableBytes() < 7 ? Integer.MAX_VALUE : 9 + in.getUnsignedByte(start + 6);
        default -> in.readableBytes();
      };
    }

    @Override
    byte[] put(Frame frame, boolean wrongCheck) {
      byte[] answer =
          ByteBuffer.allocate(3 + frame.content().length)
              .put((byte) frame.unit())
              .put(frame.content())
              .array();
      int crc = crc(answer, answer.length - 2) ^ (wrongCheck ? 0x0101 : 0);
      answer[answer.length - 2] = (byte) crc;
      answer[answer.length - 1] = (byte) (crc >> 8);
      return answer;
    }
  },

  ASCII {
    @Override
    Optional<Frame> take(ByteBuf in) {
      while (true) {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        if (end < 0) {
          return Optional.empty();
        }
        String line =
            in.readCharSequence(end + 1 - in.readerIndex(), StandardCharsets.US_ASCII).toString();
        Optional<Frame> frame = frame(line);
        if (frame.isPresent()) {
          return frame;
        }
      }
    }

    private Optional<Frame> frame(String line) {
      // Whatever is before the last colon belongs to a frame that was not ended.
      String digits = line.substring(line.lastIndexOf(':') + 1).replaceFirst("\r\n$", "");
      if (line.indexOf(':') < 0 || !digits.matches("(?:[0-9A-F]{2}){3,255}")) {
        return Optional.empty();
      }
      byte[] frame = HexFormat.of().parseHex(digits);
      if (lrc(frame, frame.length - 1) != (frame[frame.length - 1] & 0xFF)) {
        return Optional.empty();
      }
      byte[] request = Arrays.copyOfRange(frame, 1, frame.length - 1);
      return Optional.of(new Frame(0, frame[0] & 0xFF, request));
    }

    @Override
    byte[] put(Frame frame, boolean wrongCheck) {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      answer.write(frame.unit());
      answer.writeBytes(frame.content());
      answer.write(lrc(answer.toByteArray(), answer.size()) ^ (wrongCheck ? 1 : 0));
      String digits = HexFormat.of().withUpperCase().formatHex(answer.toByteArray());
      return (":" + digits + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
  };

  private static final int HEADER = 7;

  /**
   * A request or an answer.
   *
   * @param transaction 0 where the transport has none
   * @param content from the function on, without a check
   */
  record Frame(int transaction, int unit, byte[] content) {
    Frame with(int otherTransaction, int otherUnit, byte[] otherContent) {
      return new Frame(otherTransaction & 0xFFFF, otherUnit & 0xFF, otherContent);
    }
  }

  static Framing of(Transport transport) {
    return switch (transport) {
      case MODBUS_TCP -> TCP;
      case MODBUS_RTU -> RTU;
      case MODBUS_ASCII -> ASCII;
      default -> throw new IllegalArgumentException(transport + " is no Modbus");
    };
  }

  /** Takes the next whole frame whose check is right; others are dropped without an answer. */
  abstract Optional<Frame> take(ByteBuf in);

  abstract byte[] put(Frame frame, boolean wrongCheck);

  /** CRC-16 with polynomial A001h, beginning with FFFFh. */
  static int crc(byte[] bytes, int length) {
    int crc = 0xFFFF;
    for (int place = 0; place < length; place++) {
      crc ^= bytes[place] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xA001;
      }
    }
    return crc;
  }

  /** The two's complement of the sum of all bytes. */
  static int lrc(byte[] bytes, int length) {
    int sum = 0;
    for (int place = 0; place < length; place++) {
      sum += bytes[place];
    }
    return -sum & 0xFF;
  }
}
