package org.meterledger.web.network;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.driver.MeterRegistration;
import org.meterledger.network.GatewayDifferences;
import org.meterledger.network.GatewayMeterDetails;
import org.meterledger.network.GatewayMeters;
import org.meterledger.network.GatewayRegistration;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Messages;

/** Backs gateway/meters.xhtml: the meters that a gateway knows. */
@Named
@ViewScoped
public class GatewayMetersPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String PAGE = "meters";

  @Inject private CurrentGateway current;
  @Inject private GatewayMeters meters;
  @Inject private GatewayRegistration registration;
  @Inject private GatewayDifferences differences;
  @Inject private GatewayAnswers answers;
  @Inject private Texts texts;

  private String meter;
  private transient List<GatewayMeters.Found> found;
  private transient MeterRegistration.Limits limits;
  private GatewayMeterDetails details;
  private String[] chosen = {};

  /** Asks the gateway. */
  public void load() {
    if (!current.isSpoken()) {
      return;
    }
    answers.done(
        () -> {
          found = meters.list(current.getId());
          details =
              found.stream()
                  .map(GatewayMeters.Found::meter)
                  .filter(each -> each.serialNumber().equals(meter))
                  .map(
                      each ->
                          new GatewayMeterDetails(
                              each.serialNumber(), each.alias(), each.location()))
                  .findFirst()
                  .orElse(null);
        });
  }

  public void take() {
    done(
        () -> {
          if (chosen.length == 0) {
            Messages.addFlashGlobalError(texts.get("gateway.chooseMeters"));
            return;
          }
          int taken = meters.take(current.getId(), List.of(chosen)).size();
          Messages.addFlashGlobalInfo(texts.get("gateway.taken", taken));
        });
  }

  public void rename() {
    done(
        () -> {
          registration.rename(current.getId(), details);
          Messages.addFlashGlobalInfo(texts.get("gateway.renamed", details.getSerialNumber()));
        });
  }

  public void remove() {
    done(
        () -> {
          registration.remove(current.getId(), details.getSerialNumber());
          Messages.addFlashGlobalInfo(texts.get("gateway.removed", details.getSerialNumber()));
        });
  }

  /** The places become places of the portal. */
  public void addPlaces() {
    done(
        () -> {
          int added = differences.addPlaces(current.getId()).size();
          Messages.addFlashGlobalInfo(texts.get("gateway.placesAdded", added));
        });
  }

  private void done(Runnable work) {
    if (answers.done(work)) {
      current.again(PAGE);
    }
  }

  /** As the gateway told; null where it did not. */
  public List<GatewayMeters.Found> getFound() {
    return found;
  }

  /** Those that can be taken over. */
  public List<SelectItem> getFree() {
    return found == null
        ? List.of()
        : found.stream()
            .filter(each -> !each.inPortal())
            .map(GatewayMeters.Found::meter)
            .map(
                each ->
                    new SelectItem(
                        each.serialNumber(),
                        String.join(
                            " · ",
                            Stream.of(each.serialNumber(), each.alias(), each.location())
                                .filter(part -> !part.isEmpty())
                                .toList())))
            .toList();
  }

  /** How long names may be. */
  public MeterRegistration.Limits getLimits() {
    if (limits == null) {
      limits = registration.limits(current.getId());
    }
    return limits;
  }

  /** Of the meter that is looked at; null without. */
  public GatewayMeterDetails getDetails() {
    return details;
  }

  public String getMeter() {
    return meter;
  }

  public void setMeter(String meter) {
    this.meter = meter;
  }

  public String[] getChosen() {
    return chosen.clone();
  }

  public void setChosen(String[] chosen) {
    this.chosen = chosen.clone();
  }
}
