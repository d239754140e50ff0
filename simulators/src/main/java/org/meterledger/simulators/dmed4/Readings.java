package org.meterledger.simulators.dmed4;

/**
 * What a meter measures at one time, as its registers hold it.
 *
 * @param importedWh total imported energy in Wh, below 10^11
 * @param cycleImportedWh imported energy of the last charge cycle in Wh
 * @param exportedWh total exported energy in Wh, below 10^11
 * @param cycleExportedWh exported energy of the last charge cycle in Wh
 * @param exchangedWh imported and exported energy together in Wh, below 10^11
 * @param centivolts voltage in 0.01 V
 * @param tenthMilliamperes magnitude of the current in 0.0001 A
 * @param watts power in W, negative while energy is exported
 * @param temperature1 of terminal I1 in 0.1 °C
 * @param temperature2 of terminal I2 in 0.1 °C
 * @param totalSeconds since commissioning, without the time switched off
 * @param workingSeconds of these, those with a current
 */
public record Readings(
    long importedWh,
    long cycleImportedWh,
    long exportedWh,
    long cycleExportedWh,
    long exchangedWh,
    long centivolts,
    long tenthMilliamperes,
    long watts,
    int temperature1,
    int temperature2,
    long totalSeconds,
    long workingSeconds) {
  /** 0.1 °C in 0.1 °F, halves away from zero. */
  static int fahrenheit(int tenthsCelsius) {
    return Math.floorDiv(tenthsCelsius * 18 + 5, 10) + 320;
  }
}
