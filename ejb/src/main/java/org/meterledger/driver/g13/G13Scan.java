package org.meterledger.driver.g13;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.MeterBus;
import org.meterledger.driver.MeterScan;
import org.meterledger.driver.ReadResult;

/** The scan of a G13 as that of any gateway. */
final class G13Scan implements MeterScan {

  /** Primary addresses of an M-Bus (EN 13757-2). */
  private static final int HIGHEST_PRIMARY = 250;

  private final G13Gateway gateway;

  G13Scan(G13Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public List<Scannable> buses() {
    return List.of(
        new Scannable(MeterBus.EQ_BUS, List.of(), false),
        new Scannable(MeterBus.WIRED_MBUS, ScanRequest.MBus.BAUD_RATES, true),
        new Scannable(MeterBus.INFRARED_MBUS, ScanRequest.MBus.BAUD_RATES, true));
  }

  @Override
  public Limits limits() {
    return new Limits(ScanRequest.MOST_ADDRESSES, ScanRequest.MOST_LISTED);
  }

  @Override
  public void check(List<BusScan> wanted) {
    request(wanted);
  }

  @Override
  public CommandResult start(long number, List<BusScan> wanted) {
    return gateway.scan().start(number, request(wanted));
  }

  private static ScanRequest request(List<BusScan> wanted) {
    var byBus = new EnumMap<MeterBus, BusScan>(MeterBus.class);
    for (var each : wanted) {
      Limit.rule(each.bus() != MeterBus.WIRELESS, "Wireless meters are not scanned for");
      Limit.rule(byBus.put(each.bus(), each) == null, "A scan names each bus once");
    }
    return new ScanRequest(
        eqBus(byBus.get(MeterBus.EQ_BUS)),
        mbus(byBus.get(MeterBus.WIRED_MBUS)),
        mbus(byBus.get(MeterBus.INFRARED_MBUS)));
  }

  private static ScanRequest.Range eqBus(BusScan wanted) {
    if (wanted == null) {
      return null;
    }
    Limit.rule(wanted.baudRate() == null, "The baud rate of the EQ bus is a setting");
    var range = range(wanted);
    Limit.rule(range != null, "The EQ bus is scanned by addresses");
    return range;
  }

  private static ScanRequest.MBus mbus(BusScan wanted) {
    if (wanted == null) {
      return null;
    }
    Limit.rule(wanted.baudRate() != null, "An M-Bus is scanned at a baud rate");
    if (wanted.last() != null) {
      Limit.range("An address", wanted.last(), 0, HIGHEST_PRIMARY);
    }
    wanted.listed().forEach(each -> Limit.range("An address", each, 0, HIGHEST_PRIMARY));
    return new ScanRequest.MBus(wanted.baudRate(), range(wanted));
  }

  /** Null for all. */
  private static ScanRequest.Range range(BusScan wanted) {
    boolean between = wanted.first() != null || wanted.last() != null;
    Limit.rule(
        !between || wanted.first() != null && wanted.last() != null,
        "A range of addresses has a first and a last");
    Limit.rule(!between || wanted.listed().isEmpty(), "Addresses are a range or listed, not both");
    if (between) {
      return ScanRequest.Range.of(wanted.first(), wanted.last());
    }
    if (wanted.listed().isEmpty()) {
      return null;
    }
    Limit.rule(
        wanted.listed().stream().allMatch(each -> each >= 0), "An address is not below zero");
    Limit.rule(
        new TreeSet<>(wanted.listed()).size() == wanted.listed().size(),
        "Each address is listed once");
    return ScanRequest.Range.of(wanted.listed());
  }

  @Override
  public ReadResult<State> state() {
    return Results.then(
        gateway.scan().result(),
        result ->
            ReadResult.complete(
                new State(
                    result.complete(),
                    result.meters().stream()
                        .map(
                            each ->
                                new Found(
                                    each.token(),
                                    each.serialNumber(),
                                    each.bus().anybodys(),
                                    each.address()))
                        .toList())));
  }

  @Override
  public ReadResult<Map<String, Boolean>> forget(List<String> serialNumbers) {
    serialNumbers.forEach(Limit::serial);
    var forgotten = new LinkedHashMap<String, Boolean>();
    for (int from = 0; from < serialNumbers.size(); from += Scan.MOST_DELETED) {
      int to = Math.min(from + Scan.MOST_DELETED, serialNumbers.size());
      var result = gateway.scan().delete(serialNumbers.subList(from, to));
      if (!(result instanceof ReadResult.Complete<Map<String, Boolean>> complete)) {
        return forgotten.isEmpty()
            ? new ReadResult.Failed<>(Results.fault(result))
            : new ReadResult.Partial<>(forgotten, Results.fault(result));
      }
      forgotten.putAll(complete.value());
    }
    return ReadResult.complete(forgotten);
  }
}
