package org.meterledger.web.meter;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.meterledger.archive.PresentRegisters.PresentRegister;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.logbook.LogbookLine;
import org.meterledger.web.layout.Preferences;

/** What bits of registers mean, by the table {@code flags} of a model. */
@Named
@RequestScoped
public class StatusFlags {

  @Inject private MeterModels models;
  @Inject private Preferences preferences;

  /** A flag that is up. */
  public record Flag(LogbookLine.Severity severity, String words) {}

  /**
   * Whether the model says what the bits of this register mean.
   *
   * @param model null or empty where it is not known
   */
  public boolean known(String model, PresentRegister register) {
    return model != null
        && !model.isEmpty()
        && !rows(models.get(model).table("flags"), register).isEmpty();
  }

  /** Those that are up, in the order of the table. */
  public List<Flag> up(String model, PresentRegister register) {
    return up(models.get(model).table("flags"), register, "meaning_" + preferences.getLanguage());
  }

  static List<Flag> up(List<Map<String, String>> table, PresentRegister register, String words) {
    var bits = register.quantity().value().toBigInteger();
    return rows(table, register).stream()
        .filter(row -> bits.testBit(Integer.parseInt(row.get("bit"))))
        .map(row -> new Flag(LogbookLine.Severity.valueOf(row.get("severity")), row.get(words)))
        .toList();
  }

  private static List<Map<String, String>> rows(
      List<Map<String, String>> table, PresentRegister register) {
    var obis = register.obis().toString();
    return table.stream().filter(row -> obis.equals(row.get("register"))).toList();
  }
}
