package org.meterledger.web.meter;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.meterledger.archive.Values;
import org.omnifaces.util.Servlets;

/** What of a load profile is looked at: exactly what stands in the page's address. */
public record ProfileView(
    String serial, ZoneId zone, Span span, LocalDate first, List<String> channels, Values values)
    implements Serializable {

  /**
   * @param date any day that is to be seen; the day of {@code newest} where it is no date
   * @param channels OBIS codes; {@code usual} where there are none
   */
  static ProfileView of(
      String serial,
      ZoneId zone,
      Instant newest,
      String span,
      String date,
      List<String> channels,
      List<String> usual,
      String values) {
    var wanted = Span.of(span);
    return new ProfileView(
        serial,
        zone,
        wanted,
        wanted.first(day(date, LocalDate.ofInstant(newest, zone))),
        channels.isEmpty() ? usual : channels,
        Stream.of(Values.values())
            .filter(each -> key(each).equals(values))
            .findFirst()
            .orElse(Values.POWER));
  }

  private static LocalDate day(String date, LocalDate otherwise) {
    try {
      return date == null ? otherwise : LocalDate.parse(date);
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  static String key(Values values) {
    return values.name().toLowerCase(Locale.ROOT);
  }

  public Instant from() {
    return first.atStartOfDay(zone).toInstant();
  }

  public Instant to() {
    return span.next(first).atStartOfDay(zone).toInstant();
  }

  public LocalDate last() {
    return span.next(first).minusDays(1);
  }

  public String valuesKey() {
    return key(values);
  }

  /** The same with another span that holds {@code day}. */
  public String spanning(String key, LocalDate day) {
    return query(Span.of(key), day);
  }

  public String previous() {
    return query(span, span.previous(first));
  }

  public String next() {
    return query(span, span.next(first));
  }

  private String query(Span other, LocalDate day) {
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("serial", List.of(serial));
    parameters.put("span", List.of(other.getKey()));
    parameters.put("date", List.of(other.first(day).toString()));
    parameters.put("values", List.of(valuesKey()));
    parameters.put("channel", channels);
    return "load-profile.xhtml?" + Servlets.toQueryString(parameters);
  }

  /** Parameters of the API for just what is seen. */
  public String apiQuery() {
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("from", List.of(from().toString()));
    parameters.put("to", List.of(to().toString()));
    parameters.put("values", List.of(valuesKey()));
    parameters.put("channels", new ArrayList<>(List.of(String.join(",", channels))));
    return Servlets.toQueryString(parameters);
  }
}
