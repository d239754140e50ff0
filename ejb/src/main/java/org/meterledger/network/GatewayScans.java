package org.meterledger.network;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;
import static org.meterledger.network.GatewayConversations.value;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.driver.MeterScan;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.Operations;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

/** Scans for meters of a gateway: asked for as an operation of its device, seen as they go on. */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_NETWORKS)
@TransactionAttribute(NOT_SUPPORTED) // a gateway may take seconds to answer; a transaction may not
public class GatewayScans {

  /** Longer than a scan that is followed stays without a word. */
  private static final Duration SILENT = Duration.ofMinutes(15);

  @Inject private Networks networks;
  @Inject private GatewayConversations conversations;
  @Inject private GatewayDevices devices;
  @Inject private GatewayScanLog log;
  @Inject private Operations operations;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /** What can be scanned, without asking the gateway. */
  public List<MeterScan.Scannable> buses(int gatewayId) {
    return scan(gatewayId).buses();
  }

  public MeterScan.Limits limits(int gatewayId) {
    return scan(gatewayId).limits();
  }

  private MeterScan scan(int gatewayId) {
    networks.gateway(gatewayId);
    return GatewayConversations.able(conversations.open(gatewayId).scan(), "scan");
  }

  /**
   * Checks before anything is asked for.
   *
   * @throws InvalidInput when a rule of the gateway is broken
   */
  public void check(int gatewayId, List<MeterScan.BusScan> wanted) {
    try {
      scan(gatewayId).check(wanted);
    } catch (IllegalArgumentException broken) {
      throw new InvalidInput("buses", "rule", broken.getMessage(), broken.getMessage());
    }
  }

  /**
   * Asks for a scan.
   *
   * @return id of the operation
   * @throws InvalidInput as {@link #check}
   * @throws NotThere when the gateway is no device of the portal yet
   * @throws InvalidOperation when its device is not read
   */
  public long start(int gatewayId, List<MeterScan.BusScan> wanted, String requestedBy) {
    check(gatewayId, wanted);
    var request = OperationRequest.of(ScanMeters.NAME, ScanParameters.of(wanted));
    return operations.submit(device(gatewayId).serialNumber(), request, requestedBy, null).get(0);
  }

  /** The gateway's device. */
  private GatewayDevices.Device device(int gatewayId) {
    return devices
        .of(gatewayId)
        .orElseThrow(
            () ->
                new NotThere(
                    "device of gateway " + gatewayId + " in the portal: store its access again"));
  }

  /** The last one, as far as it has come; empty before the first. */
  public Optional<GatewayScan> last(int gatewayId) {
    networks.gateway(gatewayId);
    var silent = clock.instant().minus(SILENT);
    return devices
        .of(gatewayId)
        .flatMap(device -> log.of(device.meterId()))
        // whoever followed it is gone
        .map(scan -> scan.toldAt().isBefore(silent) ? scan.brokenOff() : scan);
  }

  /** Serial number and id of the device that scans, for pages that listen; empty for none. */
  public Optional<Map.Entry<Integer, String>> scanner(int gatewayId) {
    networks.gateway(gatewayId);
    return devices.of(gatewayId).map(each -> Map.entry(each.meterId(), each.serialNumber()));
  }

  /**
   * Takes meters from the gateway's list of what was found.
   *
   * @return those that were on it
   * @throws GatewayRefused when the gateway does not say so of all
   */
  public List<String> forget(int gatewayId, Collection<String> serialNumbers) {
    String name = networks.gateway(gatewayId).name();
    var scan = scan(gatewayId);
    var sent = List.copyOf(new TreeSet<>(serialNumbers));
    Map<String, Boolean> told;
    try {
      told = value(scan.forget(sent));
    } catch (IllegalArgumentException broken) {
      throw new InvalidInput("serialNumbers", "rule", broken.getMessage(), broken.getMessage());
    } catch (GatewayRefused refused) {
      audit.failed(AuditAction.GATEWAY_SCAN_FORGET, name);
      throw refused;
    }
    var gone = sent.stream().filter(serial -> told.getOrDefault(serial, false)).toList();
    audit.done(AuditAction.GATEWAY_SCAN_FORGET, name, Map.of("found", gone), null);
    devices.of(gatewayId).ifPresent(device -> log.remove(device.meterId(), gone));
    return gone;
  }
}
