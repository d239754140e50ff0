package org.meterledger.web.network;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.meterledger.driver.MeterRegistration;
import org.meterledger.driver.MeterScan;
import org.meterledger.network.GatewayMeterDetails;
import org.meterledger.network.GatewayRegistration;
import org.meterledger.network.GatewayScan;
import org.meterledger.network.GatewayScans;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.server.InvalidInput;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.security.Caller;
import org.omnifaces.util.Messages;

/** Backs gateway/scan.xhtml: looking for meters, with what was found so far. */
@Named
@ViewScoped
public class GatewayScanPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String PAGE = "scan";

  @Inject private CurrentGateway current;
  @Inject private GatewayScans scans;
  @Inject private GatewayRegistration registration;
  @Inject private GatewayAnswers answers;
  @Inject private Caller caller;
  @Inject private Texts texts;

  private String meter;
  private List<BusForm> buses = List.of();
  private GatewayMeterDetails details;
  private String problem;
  private transient GatewayScan scan;
  private transient MeterRegistration.Limits limits;

  /** The gateway is not called for this. */
  public void load() {
    if (current.getDeviceId() == null) {
      return;
    }
    buses = scans.buses(current.getId()).stream().map(BusForm::new).toList();
    refresh();
    details =
        scan == null
            ? null
            : scan.found().stream()
                .filter(each -> each.serialNumber().equals(meter))
                .map(each -> new GatewayMeterDetails(each.serialNumber(), each.serialNumber(), ""))
                .findFirst()
                .orElse(null);
  }

  /** How far the scan has come. */
  public void refresh() {
    scan = scans.last(current.getId()).orElse(null);
  }

  /** While it is being filled in: the rule that is broken, in words. */
  public void check() {
    problem = null;
    if (wanted().isEmpty()) {
      return;
    }
    try {
      scans.check(current.getId(), scans());
    } catch (InvalidInput broken) {
      problem = answers.words(broken);
    }
  }

  private List<BusForm> wanted() {
    return buses.stream().filter(BusForm::isChosen).toList();
  }

  private List<MeterScan.BusScan> scans() {
    return wanted().stream().map(BusForm::scan).toList();
  }

  public void start() {
    boolean asked =
        answers.done(
            () -> {
              try {
                scans.start(current.getId(), scans(), caller.getName());
                Messages.addFlashGlobalInfo(texts.get("gatewayScan.asked"));
              } catch (InvalidOperation refused) {
                throw new InvalidInput("buses", "rule", refused.getMessage(), refused.getMessage());
              }
            });
    if (asked) {
      current.again(PAGE);
    }
  }

  /** Registers the meter that is looked at, and takes it over. */
  public void add() {
    boolean added =
        answers.done(
            () -> {
              registration.register(current.getId(), List.of(details));
              Messages.addFlashGlobalInfo(
                  texts.get("gatewayScan.added", details.getSerialNumber()));
            });
    if (added) {
      current.again(PAGE);
    }
  }

  /** Takes the meter that is looked at from the list. */
  public void forget() {
    if (answers.done(() -> scans.forget(current.getId(), List.of(details.getSerialNumber())))) {
      current.again(PAGE);
    }
  }

  /** Takes all from the list. */
  public void forgetAll() {
    refresh();
    var serials = scan.found().stream().map(MeterScan.Found::serialNumber).toList();
    if (answers.done(() -> scans.forget(current.getId(), serials))) {
      current.again(PAGE);
    }
  }

  /** The last one; null before the first. */
  public GatewayScan getScan() {
    if (scan == null && current.getDeviceId() != null) {
      refresh();
    }
    return scan;
  }

  public List<BusForm> getBuses() {
    return buses;
  }

  /** Addresses that are chosen so far. */
  public int getCount() {
    try {
      return wanted().stream().mapToInt(BusForm::count).sum();
    } catch (InvalidInput broken) {
      return 0;
    }
  }

  public MeterScan.Limits getScanLimits() {
    return scans.limits(current.getId());
  }

  /** Null while no rule is broken. */
  public String getProblem() {
    return problem;
  }

  /** How long names may be. */
  public MeterRegistration.Limits getLimits() {
    if (limits == null) {
      limits = registration.limits(current.getId());
    }
    return limits;
  }

  /** Of the meter that is to be added; null without. */
  public GatewayMeterDetails getDetails() {
    return details;
  }

  public String getMeter() {
    return meter;
  }

  public void setMeter(String meter) {
    this.meter = meter;
  }
}
