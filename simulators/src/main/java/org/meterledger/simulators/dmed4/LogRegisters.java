package org.meterledger.simulators.dmed4;

import java.nio.ByteBuffer;

/** Older records and events over Modbus: choose one, wait until it is there, read it. */
final class LogRegisters {
  private static final int RECORDS_CHOSEN = 8192;
  private static final int EVENTS_CHOSEN = 2;
  private static final int START = 0xFFFF;
  private static final int ONGOING = 1 << 15;
  private static final int READY = 1 << 14;
  private static final int DOWNLOADED = 1 << 13;
  private static final int EVENT_BYTES = 16;

  private final Dmed4Meter meter;
  private int chosenLog;
  private byte[] record = {};
  private int recordState;
  private int eventSelector;
  private int eventIndex;
  private byte[] event = {};
  private boolean eventAsked;

  LogRegisters(Dmed4Meter meter) {
    this.meter = meter;
  }

  void addTo(RegisterMap map) {
    map.command(0x2F29, this::chooseLog);
    map.command(0x2F2A, this::chooseRecord);
    map.word(0x4C01, this::pollRecord);
    map.block(0x4C02, 512, this::download);
    map.command(0x2F39, this::chooseEvents);
    map.command(0x2F3A, index -> eventIndex = index);
    map.command(0x2F3B, this::startEvent);
    map.word(0x4E03, this::pollEvent);
    map.block(0x4E04, EVENT_BYTES / 2, () -> event);
  }

  private void chooseLog(int number) {
    if (number != RECORDS_CHOSEN) {
      throw Refusal.value("Log " + number);
    }
    chosenLog = number;
  }

  /** Counted from the last, which is 0. */
  private void chooseRecord(int index) {
    if (chosenLog != RECORDS_CHOSEN) {
      throw Refusal.operation("No log chosen");
    }
    OcmfRecord found =
        meter.cycle.log().fromLast(index).orElseThrow(() -> Refusal.value("Record " + index));
    record = found.given().orElseThrow(() -> Refusal.value("Record " + index));
    recordState = ONGOING;
  }

  private int pollRecord() {
    int state = recordState;
    if (state == ONGOING) {
      recordState = READY;
      return state;
    }
    return state == 0 ? 0 : state | record.length;
  }

  private byte[] download() {
    if (recordState != 0 && recordState != ONGOING) {
      recordState |= DOWNLOADED;
      return record;
    }
    return new byte[0];
  }

  private void chooseEvents(int selector) {
    if (selector != EVENTS_CHOSEN) {
      throw Refusal.value("Event log " + selector);
    }
    eventSelector = selector;
  }

  private void startEvent(int start) {
    if (start != START) {
      throw Refusal.value("Start " + start);
    }
    if (eventSelector != EVENTS_CHOSEN) {
      throw Refusal.operation("No event log chosen");
    }
    LoggedEvent found =
        meter.events.fromLast(eventIndex).orElseThrow(() -> Refusal.value("Event " + eventIndex));
    byte[] arguments = Texts.ascii(found.arguments());
    event =
        ByteBuffer.allocate(EVENT_BYTES)
            .putInt((int) found.unixSeconds())
            .putShort((short) found.code())
            .put(arguments, 0, Math.min(arguments.length, EVENT_BYTES - 6))
            .array();
    eventAsked = true;
  }

  /** The first look comes too early. */
  private int pollEvent() {
    if (eventAsked) {
      eventAsked = false;
      return 0;
    }
    return event.length == 0 ? 0 : 1;
  }
}
