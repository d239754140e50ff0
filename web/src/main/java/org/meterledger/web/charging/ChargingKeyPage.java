package org.meterledger.web.charging;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.meterledger.access.Permission;
import org.meterledger.charging.ChargingKeys;
import org.meterledger.charging.ChargingPublicKey;
import org.meterledger.charging.InvalidPublicKey;
import org.meterledger.charging.MeterKeys;
import org.meterledger.charging.RegisteredKey;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.InvalidInput;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.meter.CurrentMeter;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs the public key of meter/charging.xhtml: looked at first, registered then. */
@Named
@ViewScoped
public class ChargingKeyPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private ChargingKeys keys;
  @Inject private CurrentMeter currentMeter;
  @Inject private Texts texts;

  private String given;

  /** What was looked at, in hexadecimal digits; null before. */
  private String checked;

  /** Of the keys that the caller has seen. */
  private int version;

  private boolean withdrawing;
  private transient MeterKeys known;

  private MeterKeys known() {
    if (known == null) {
      known = keys.of(currentMeter.getId());
    }
    return known;
  }

  /** Takes over what the meter tells, to be compared with what is printed on it. */
  public void take() {
    given = known().told() == null ? null : known().told().text();
    check();
  }

  /** Shows the fingerprint of what was given. */
  public void check() {
    try {
      withdrawing = false;
      checked = null;
      version = known().version();
      checked = ChargingPublicKey.of(given == null ? "" : given).hex();
    } catch (InvalidPublicKey e) {
      refuse(texts.get("invalidKey." + e.rule()));
    }
  }

  /** Registers what was looked at. */
  public void register() {
    try {
      keys.register(currentMeter.getId(), currentMeter.getSerial(), version, key(), null);
      shown("charging.key.saved");
    } catch (InvalidInput broken) {
      refuse(texts.get("invalid.chargingKey." + broken.field() + "." + broken.rule()));
    } catch (ChangedMeanwhile changed) {
      Messages.addGlobalError(texts.get("charging.key.changed"));
      cancel();
    }
  }

  /** Asks whether this is meant. */
  public void chooseWithdrawal() {
    version = known().version();
    checked = null;
    withdrawing = true;
  }

  public void withdraw() {
    try {
      keys.withdraw(currentMeter.getId(), currentMeter.getSerial(), version);
      shown("charging.key.withdrawn");
    } catch (ChangedMeanwhile changed) {
      Messages.addGlobalError(texts.get("charging.key.changed"));
      cancel();
    }
  }

  public void cancel() {
    checked = null;
    withdrawing = false;
    known = null;
  }

  private void shown(String message) {
    given = null;
    Messages.addFlashGlobalInfo(texts.get(message));
    Faces.redirect(
        Faces.getRequestContextPath() + "/meter/charging.xhtml?serial=%s",
        currentMeter.getSerial());
  }

  private void refuse(String words) {
    Messages.addError("key:publicKey", words);
    Faces.validationFailed();
  }

  private ChargingPublicKey key() {
    try {
      return ChargingPublicKey.of(checked);
    } catch (InvalidPublicKey e) {
      throw new IllegalStateException(e); // it was looked at
    }
  }

  /** The key that counts; null where none is registered. */
  public RegisteredKey getCurrent() {
    return currentMeter.getRow() == null ? null : known().current().orElse(null);
  }

  /** What the meter tells; null before it was asked. */
  public MeterKeys.Told getTold() {
    return currentMeter.getRow() == null ? null : known().told();
  }

  /** How the one compares with the other. */
  public String getComparison() {
    return currentMeter.getRow() == null
        ? MeterKeys.Comparison.NOT_TOLD.name()
        : known().comparison().name();
  }

  /** Of the key that was looked at; null before. */
  public String getCheckedFingerprint() {
    return checked == null ? null : key().fingerprint();
  }

  public String getCheckedCurve() {
    return checked == null ? null : key().curve().text();
  }

  /** How the key that was looked at compares with what the meter tells. */
  public String getCheckedComparison() {
    return checked == null ? null : known().compare(key()).name();
  }

  public boolean isWithdrawing() {
    return withdrawing;
  }

  public boolean isAllowed() {
    return currentMeter.getRow() != null && currentMeter.may(Permission.MANAGE_METERS);
  }

  public String getGiven() {
    return given;
  }

  public void setGiven(String given) {
    this.given = given;
  }
}
