package org.meterledger.simulators.dmed4;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the meter finds wrong with itself, under the names of the resource {@code system_status}.
 * Safe for several threads.
 */
public final class Health {
  /** A part of the meter, with its error flags. */
  public enum Board {
    /** Power and communication. */
    BOARD_1(
        "hw_test_ongoing",
        "flash_err",
        "mac_err",
        "flash_init_err",
        "udp_client_err",
        "meas_not_comm_err"),
    /** Measurement. */
    BOARD_2(
        "fram_init_err",
        "flash_init_err",
        "adconv_init_err",
        "display_init_err",
        "temp_i1_init_err",
        "temp_i2_init_err",
        "signature_err",
        "timer_irq_err",
        "fw_crc_err",
        "k_crc_err",
        "init_uncorrect_err",
        "temp_i1_err",
        "temp_i2_err",
        "adconv_err",
        "flash_err",
        "wiring_err",
        "osc_err",
        "fatal_err"),
    /** What is fatal of the measurement. */
    FATAL("e_1", "e_2", "e_3", "e_4", "e_5", "e_6", "e_7", "e_8", "e_9", "e_10", "e_11", "e_12");

    private final String[] flags;

    Board(String... flags) {
      this.flags = flags;
    }
  }

  private final Map<Board, Map<String, Integer>> flags = new LinkedHashMap<>();

  Health() {
    for (Board board : Board.values()) {
      Map<String, Integer> none = new LinkedHashMap<>();
      Arrays.stream(board.flags).forEach(flag -> none.put(flag, 0));
      flags.put(board, none);
    }
  }

  /**
   * Raises or takes back an error; a fatal one sets {@code fatal_err} of board 2 with it.
   *
   * @throws IllegalArgumentException when the board has no such flag, or it follows from others
   */
  public synchronized void set(Board board, String flag, boolean raised) {
    if (flag.equals("fatal_err") || flags.get(board).replace(flag, raised ? 1 : 0) == null) {
      throw new IllegalArgumentException(board + " has no flag " + flag);
    }
    flags.get(Board.BOARD_2).put("fatal_err", flags.get(Board.FATAL).containsValue(1) ? 1 : 0);
  }

  synchronized Map<String, Integer> flags(Board board) {
    return new LinkedHashMap<>(flags.get(board));
  }

  /** The flags as bits, the first as the lowest. */
  synchronized int bits(Board board) {
    Integer[] values = flags.get(board).values().toArray(Integer[]::new);
    return IntStream.range(0, values.length).map(bit -> values[bit] << bit).sum();
  }

  /** Code of the whole device: 0, 1, 10, 11 or 22. */
  synchronized int systemStatus() {
    if (flags.get(Board.BOARD_1).get("hw_test_ongoing") == 1) {
      return 22;
    }
    if (flags.get(Board.BOARD_1).get("meas_not_comm_err") == 1) {
      return 11;
    }
    return bits(Board.BOARD_2) != 0 ? 1 : bits(Board.BOARD_1) != 0 ? 10 : 0;
  }
}
