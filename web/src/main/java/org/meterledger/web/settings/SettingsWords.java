package org.meterledger.web.settings;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsChange;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsField.Type;
import org.meterledger.driver.SettingsPart;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.web.layout.Formats;
import org.meterledger.web.layout.Texts;

/** Settings in words. The bundle has them by part, field, choice and rule. */
@Named("settingsWords")
@RequestScoped
public class SettingsWords {

  private static final String NOT_TOLD = "–";

  @Inject private Texts texts;
  @Inject private Formats format;

  public String part(String name) {
    return texts.of("part", name);
  }

  /** One sentence; empty where there is none. */
  public String help(String part) {
    String words = texts.of("part", part + ".help");
    return words.equals(part + ".help") ? "" : words;
  }

  public String label(SettingsField field) {
    return texts.of("setting", field.name());
  }

  /** A field, with its row where the part has rows. */
  public String label(SettingsChange change) {
    return change.row() == null
        ? label(change.field())
        : texts.get("settings.inRow", change.row() + 1, label(change.field()));
  }

  /** A row by its number, from 1. */
  public String row(int number) {
    return texts.get("settings.row", number);
  }

  /**
   * A value, with its unit.
   *
   * @param choices names of the values that the device itself offers, by field
   */
  public String value(
      SettingsField field, JsonValue value, Map<String, Map<String, String>> choices) {
    if (value == null || value == JsonValue.NULL) {
      return NOT_TOLD;
    }
    if (value instanceof JsonNumber number) {
      return format.number(number.bigDecimalValue()) + unit(field);
    }
    if (value instanceof JsonString text) {
      return switch (field.type()) {
        case CHOICE -> choice(field, text.getString(), choices);
        case LOCAL_TIME -> text.getString().replace('T', ' ');
        default -> text.getString();
      };
    }
    return value == JsonValue.TRUE || value == JsonValue.FALSE
        ? texts.get("settings." + value)
        : value.toString();
  }

  private static String unit(SettingsField field) {
    return field.unit() == null ? "" : " " + field.unit();
  }

  private String choice(
      SettingsField field, String value, Map<String, Map<String, String>> choices) {
    var named = choices.getOrDefault(field.name(), Map.of()).get(value);
    String words = texts.of("choice", field.name() + "." + value);
    if (!words.equals(field.name() + "." + value)) {
      return words;
    }
    return named == null ? value : texts.of(field.name(), named);
  }

  /** The values of a record in one line. */
  public String line(
      SettingsPart part, JsonObject record, Map<String, Map<String, String>> choices) {
    return part.fields().stream()
        .map(field -> label(field) + ": " + value(field, record.get(field.name()), choices))
        .collect(Collectors.joining(" · "));
  }

  /**
   * What can be chosen; also what is set, whatever it is.
   *
   * @param text what is set; empty or null where nothing is
   */
  public List<SelectItem> choices(
      SettingsField field, String text, Map<String, Map<String, String>> choices) {
    String set = text == null ? "" : text;
    var items = new LinkedHashMap<String, SelectItem>();
    if (!field.required() || set.isEmpty()) {
      items.put("", new SelectItem("", NOT_TOLD));
    }
    var values =
        new ArrayList<>(field.type() == Type.FLAG ? List.of("true", "false") : field.choices());
    if (values.isEmpty()) {
      values.addAll(choices.getOrDefault(field.name(), Map.of()).keySet());
    }
    if (!set.isEmpty() && !values.contains(set)) {
      values.add(set);
    }
    for (var value : values) {
      String words =
          field.type() == Type.FLAG
              ? texts.get("settings." + value)
              : choice(field, value, choices);
      items.put(value, new SelectItem(value, words));
    }
    return List.copyOf(items.values());
  }

  /** What is allowed, as a sentence; empty where the form of the field says all. */
  public String help(SettingsField field) {
    var words = new ArrayList<String>();
    if (field.type() == Type.NUMBER) {
      if (field.least() != null && field.most() != null) {
        words.add(
            texts.get("settings.range", told(field.least()), told(field.most()) + unit(field)));
      } else if (field.unit() != null) {
        words.add(texts.get("settings.unit", field.unit()));
      }
      if (field.decimals() > 0) {
        words.add(texts.get("settings.decimals", field.decimals()));
      }
    } else if (field.type() == Type.TEXT) {
      words.add(texts.get("settings.length", field.longest()));
    } else if (field.type() == Type.LOCAL_TIME) {
      words.add(texts.get("settings.localTime"));
    }
    return String.join(" ", words);
  }

  private String told(BigDecimal limit) {
    return limit == null ? NOT_TOLD : format.number(limit);
  }

  /** A broken rule as a sentence, with the row where the part has rows. */
  public String broken(SettingsPart part, InvalidSetting broken) {
    var path = broken.field().split("\\.");
    var name = path[path.length - 1];
    var field = part.fields().stream().filter(each -> each.name().equals(name)).findFirst();
    String known = texts.of("rule", broken.rule());
    if (known.equals(broken.rule())) {
      return broken.getMessage();
    }
    String sentence =
        texts.get("rule." + broken.rule(), arguments(part, field.orElse(null), broken.rule()));
    return path.length < 2
        ? sentence
        : texts.get("settings.inRow", Integer.parseInt(path[1]) + 1, sentence);
  }

  private Object[] arguments(SettingsPart part, SettingsField field, String rule) {
    if (field == null) {
      var rows = part.rows();
      return rows == null
          ? new Object[] {part(part.name()), "", ""}
          : new Object[] {part(part.name()), rows.least(), rows.most()};
    }
    Object first = field.least() == null ? NOT_TOLD : format.number(field.least());
    if (rule.equals("length")) {
      first = field.longest();
    } else if (rule.equals("decimals")) {
      first = field.decimals();
    }
    return new Object[] {label(field), first, told(field.most()) + unit(field)};
  }

  /** Why an operation was not queued. */
  String refused(InvalidOperation refused) {
    String rule = refused.field() + "." + refused.rule();
    String sentence = texts.of("invalidOperation", rule);
    return sentence.equals(rule) ? refused.getMessage() : sentence;
  }
}
