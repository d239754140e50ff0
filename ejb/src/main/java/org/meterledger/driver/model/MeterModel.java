package org.meterledger.driver.model;

import java.util.List;
import java.util.Map;

/**
 * One folder of {@code device-models/}: what the maker's document says, and where it says so.
 * Tables are the CSV files by name without ending, rows by column; only the driver of {@code
 * protocol} reads its own.
 *
 * @param id the folder's name, for example {@code emu-professional-ii}
 * @param source the document that the tables were taken from, with its revision
 */
public record MeterModel(
    String id,
    String manufacturer,
    String name,
    String protocol,
    String source,
    Map<String, List<Map<String, String>>> tables) {

  /** Table of a model that is a gateway: what is behind it, and the account of the factory. */
  public static final String GATEWAY = "gateway";

  public MeterModel {
    tables = Map.copyOf(tables);
  }

  public boolean isGateway() {
    return !table(GATEWAY).isEmpty();
  }

  /** The rows of a table; empty where the model has none of that name. */
  public List<Map<String, String>> table(String table) {
    return tables.getOrDefault(table, List.of());
  }
}
