package org.meterledger.web.layout;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Set;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.Unit;
import org.meterledger.web.security.Caller;

/** Numbers, units and times as the reader's language writes them. */
@Named("format")
@RequestScoped
public class Formats {

  private static final int KILO = 3;
  private static final Set<Unit> IN_THOUSANDS =
      Set.of(
          Unit.WATT,
          Unit.VAR,
          Unit.VOLT_AMPERE,
          Unit.WATT_HOUR,
          Unit.VAR_HOUR,
          Unit.VOLT_AMPERE_HOUR);

  @Inject private Preferences preferences;
  @Inject private Texts texts;
  @Inject private Clock clock;
  @Inject private Caller caller;

  /** Of the reader, else of the portal; for times that belong to no meter. */
  public ZoneId getZone() {
    var own = caller.getTimeZone();
    return own == null ? ZoneId.systemDefault() : own;
  }

  /**
   * A time to the minute with the zone's short name.
   *
   * @param zone a {@link ZoneId} or its name
   */
  public String time(Instant at, Object zone) {
    return at == null
        ? ""
        : print(
            preferences.getLanguage().equals("de") ? "dd.MM.yyyy, HH:mm z" : "d MMM yyyy, HH:mm z",
            at.atZone(ZoneId.of(zone.toString())));
  }

  /** A time to the second with the zone's short name. */
  public String seconds(Instant at, Object zone) {
    return at == null
        ? ""
        : print(
            preferences.getLanguage().equals("de")
                ? "dd.MM.yyyy, HH:mm:ss z"
                : "d MMM yyyy, HH:mm:ss z",
            at.atZone(ZoneId.of(zone.toString())));
  }

  public String date(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(preferences.getLocale())
        .format(day);
  }

  /** How long ago, or how far ahead, in the largest unit that fits. */
  public String ago(Instant at) {
    if (at == null) {
      return "";
    }
    var span = Duration.between(at, clock.instant());
    String words = duration(Duration.ofSeconds(Math.abs(span.toSeconds())));
    return texts.get(span.isNegative() ? "time.ahead" : "time.ago", words);
  }

  /** A duration in one unit, for example {@code 40 ms}, {@code 2.4 s} or {@code 15 min}. */
  public String duration(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 1 && !span.isZero()) {
      return span.toMillis() + " ms";
    }
    if (seconds < 10) {
      return number(BigDecimal.valueOf(span.toMillis(), KILO).setScale(1, RoundingMode.HALF_UP))
          + " s";
    }
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3_600 + " h" : texts.get("time.days", seconds / 86_400);
  }

  /** How a meter's clock goes, with its sign; to the second. */
  public String drift(Duration drift) {
    long seconds = Math.round(drift.toMillis() / 1000.0);
    String size = Math.abs(seconds) < 120 ? Math.abs(seconds) + " s" : duration(drift.abs());
    return seconds == 0 ? size : (seconds < 0 ? "−" : "+") + size;
  }

  /** A number with as many decimals as it has. */
  public String number(Number value) {
    var format = NumberFormat.getInstance(preferences.getLocale());
    int decimals = value instanceof BigDecimal ? Math.max(0, ((BigDecimal) value).scale()) : 0;
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(value);
  }

  /** The number of a quantity; power and energy in thousands, as {@link #unit(Unit)} names them. */
  public String value(Quantity quantity) {
    var value = quantity.value();
    return number(
        IN_THOUSANDS.contains(quantity.unit())
            ? value.movePointLeft(KILO).setScale(KILO, RoundingMode.HALF_UP)
            : value);
  }

  /** Empty for one that the table of units does not name: then the register's name tells it. */
  public String unit(Unit unit) {
    if (unit == Unit.OTHER) {
      return "";
    }
    return IN_THOUSANDS.contains(unit) ? "k" + unit.symbol() : unit.symbol();
  }

  /** Rounded down, so that only what is complete is 100 %. */
  public String percent(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    var percent =
        BigDecimal.valueOf(Math.min(part, whole) * 100)
            .divide(BigDecimal.valueOf(whole), 1, RoundingMode.DOWN);
    return number(
            percent.stripTrailingZeros().scale() <= 0
                ? percent.setScale(0, RoundingMode.DOWN)
                : percent)
        + " %";
  }

  private String print(String pattern, TemporalAccessor time) {
    return DateTimeFormatter.ofPattern(pattern, preferences.getLocale()).format(time);
  }
}
