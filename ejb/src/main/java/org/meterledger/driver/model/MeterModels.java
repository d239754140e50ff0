package org.meterledger.driver.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * All device models that this portal knows, read once from the class path.
 *
 * <p>{@code device-models/models.txt} names the folders, for a class path cannot be listed; {@code
 * model.properties} of each names its tables.
 */
@ApplicationScoped
public class MeterModels {

  private static final String ROOT = "/device-models/";

  private static final CSVFormat TABLE =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setCommentMarker('#')
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .get();

  private final Map<String, MeterModel> models = new TreeMap<>();

  /** Outside a server the caller may bring them. */
  public MeterModels(Collection<MeterModel> brought) {
    brought.forEach(model -> models.put(model.id(), model));
  }

  /**
   * @throws IllegalStateException when a folder or one of its tables is missing
   */
  @Inject
  public MeterModels() {
    try (var list = reader("models.txt")) {
      list.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .forEach(id -> models.put(id, load(id)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that are called at an address of their own: neither gateways nor what is behind them. */
  public List<MeterModel> direct() {
    var behind =
        models.values().stream()
            .flatMap(model -> model.table(MeterModel.GATEWAY).stream())
            .map(row -> row.get("meters"))
            .toList();
    return models.values().stream()
        .filter(model -> !model.isGateway() && !behind.contains(model.id()))
        .toList();
  }

  public Collection<MeterModel> all() {
    return List.copyOf(models.values());
  }

  public Optional<MeterModel> find(String id) {
    return Optional.ofNullable(models.get(id));
  }

  /**
   * @throws IllegalArgumentException when there is no such model
   */
  public MeterModel get(String id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("No meter model " + id));
  }

  private static MeterModel load(String id) {
    var properties = new Properties();
    try (var in = reader(id + "/model.properties")) {
      properties.load(in);
      var tables = new HashMap<String, List<Map<String, String>>>();
      for (String table : properties.getProperty("tables").split(",")) {
        tables.put(table.strip(), table(id + "/" + table.strip() + ".csv"));
      }
      return new MeterModel(
          id,
          properties.getProperty("manufacturer"),
          properties.getProperty("name"),
          properties.getProperty("protocol"),
          properties.getProperty("source"),
          tables);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<String, String>> table(String path) throws IOException {
    try (var parser = CSVParser.parse(reader(path), TABLE)) {
      return parser.stream().map(CSVRecord::toMap).toList();
    }
  }

  private static BufferedReader reader(String path) {
    var in = MeterModels.class.getResourceAsStream(ROOT + path);
    if (in == null) {
      throw new IllegalStateException("Missing on the class path: " + ROOT + path);
    }
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }
}
