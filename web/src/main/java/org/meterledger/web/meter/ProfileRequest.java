package org.meterledger.web.meter;

import jakarta.ws.rs.QueryParam;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.meterledger.archive.LoadProfiles;
import org.meterledger.archive.ProfileCatalog.ArchivedChannel;
import org.meterledger.archive.ProfileCatalog.Profile;
import org.meterledger.archive.RowsQuery;
import org.meterledger.archive.Values;
import org.meterledger.meter.Meter;
import org.meterledger.metering.Interval;
import org.meterledger.metering.ObisCode;
import org.meterledger.web.api.Range;
import org.meterledger.web.api.Refused;

/** The query parameters of a load profile. */
public class ProfileRequest {

  @QueryParam("from")
  @Parameter(
      description = "time with offset, or date in the zone; periods that end after it",
      required = true)
  private String from;

  @QueryParam("to")
  @Parameter(
      description = "time with offset, or date in the zone; periods that end at or before it",
      required = true)
  private String to;

  @QueryParam("channels")
  @Parameter(description = "OBIS codes with commas between; all channels without")
  private String channels;

  @QueryParam("zone")
  @Parameter(description = "IANA time zone of the answer; that of the meter without")
  private String zone;

  @QueryParam("profile")
  @Parameter(description = "OBIS code of the profile; the first one of the meter without")
  private String profile;

  @QueryParam("values")
  @Parameter(
      description =
          "how cumulative channels are told: difference per interval (default), power (mean) or"
              + " reading (as stored)")
  private String values;

  ZoneId zone(Meter meter) {
    return Range.zone(zone, meter.getTimeZone());
  }

  Interval interval(Meter meter) {
    return Range.required(from, to, zone(meter));
  }

  Values values() {
    return values == null
        ? Values.DIFFERENCE
        : Arrays.stream(Values.values())
            .filter(each -> name(each).equals(values))
            .findFirst()
            .orElseThrow(
                () ->
                    Refused.field(
                        "values",
                        "unknown",
                        "one of "
                            + Arrays.stream(Values.values())
                                .map(ProfileRequest::name)
                                .collect(Collectors.joining(", "))));
  }

  static String name(Values values) {
    return values.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @return empty while nothing of the meter is archived
   * @throws Refused when a parameter names what the meter does not have
   */
  Optional<RowsQuery> query(Meter meter, LoadProfiles profiles) {
    var interval = interval(meter);
    var values = values();
    var obis = profile == null ? null : code("profile", profile);
    var found = profiles.find(meter.getId(), obis);
    if (found.isEmpty() && obis != null) {
      throw Refused.field("profile", "unknown", "the meter has no load profile " + obis);
    }
    return found.map(each -> new RowsQuery(each, channels(each), interval, values));
  }

  private List<ArchivedChannel> channels(Profile profile) {
    if (channels == null || channels.isBlank()) {
      return profile.channels();
    }
    return Arrays.stream(channels.split(",", -1))
        .map(String::strip)
        .map(text -> code("channels", text))
        .distinct()
        .map(code -> channel(profile, code))
        .toList();
  }

  private static ArchivedChannel channel(Profile profile, ObisCode code) {
    return profile.channels().stream()
        .filter(each -> each.channel().obis().equals(code))
        .findFirst()
        .orElseThrow(
            () -> Refused.field("channels", "unknown", "the profile has no channel " + code));
  }

  static ObisCode code(String field, String text) {
    try {
      return ObisCode.of(text);
    } catch (IllegalArgumentException e) {
      throw Refused.field(field, "obis", "must be OBIS codes such as 1-0:1.8.0");
    }
  }
}
