package org.meterledger.web.network;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.driver.MeterBus;
import org.meterledger.driver.MeterScan;
import org.meterledger.server.InvalidInput;

/** What a person wants scanned on one bus. */
public class BusForm implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of nearly all M-Bus meters as they are delivered. */
  private static final Integer USUAL_RATE = 2400;

  private final MeterBus bus;
  private final List<Integer> baudRates;
  private final boolean secondary;
  private boolean chosen;
  private Integer baudRate;
  private Integer first;
  private Integer last;
  private String listed;

  BusForm(MeterScan.Scannable bus) {
    this.bus = bus.bus();
    this.baudRates = bus.baudRates();
    this.secondary = bus.secondary();
    this.baudRate = baudRates.contains(USUAL_RATE) ? USUAL_RATE : null;
  }

  /**
   * @throws InvalidInput when an address is no number
   */
  MeterScan.BusScan scan() {
    return new MeterScan.BusScan(bus, baudRate, first, last, addresses());
  }

  private List<Integer> addresses() {
    try {
      return Stream.of(listed == null ? new String[0] : listed.split("[,;\\s]+"))
          .filter(each -> !each.isEmpty())
          .map(Integer::valueOf)
          .toList();
    } catch (NumberFormatException e) {
      throw new InvalidInput("listed", "number", "Addresses are whole numbers", listed);
    }
  }

  /** How many addresses that are; 0 for all of a bus, which need none. */
  int count() {
    return first != null && last != null ? Math.max(0, last - first + 1) : addresses().size();
  }

  public MeterBus getBus() {
    return bus;
  }

  /** Of which one must be chosen; empty where the gateway knows it. */
  public List<Integer> getBaudRates() {
    return baudRates;
  }

  /** Whether all can be looked for without an address. */
  public boolean isSecondary() {
    return secondary;
  }

  /** Whether this bus is scanned. */
  public boolean isChosen() {
    return chosen;
  }

  public void setChosen(boolean chosen) {
    this.chosen = chosen;
  }

  public Integer getBaudRate() {
    return baudRate;
  }

  public void setBaudRate(Integer baudRate) {
    this.baudRate = baudRate;
  }

  public Integer getFirst() {
    return first;
  }

  public void setFirst(Integer first) {
    this.first = first;
  }

  public Integer getLast() {
    return last;
  }

  public void setLast(Integer last) {
    this.last = last;
  }

  /** Addresses with commas or blanks between. */
  public String getListed() {
    return listed;
  }

  public void setListed(String listed) {
    this.listed = listed;
  }
}
