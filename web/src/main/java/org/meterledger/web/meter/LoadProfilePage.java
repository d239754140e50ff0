package org.meterledger.web.meter;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterledger.archive.LoadProfiles;
import org.meterledger.archive.ProfileCatalog.ArchivedChannel;
import org.meterledger.archive.ProfileCatalog.Profile;
import org.meterledger.archive.RowsQuery;
import org.meterledger.archive.Series;
import org.meterledger.archive.Values;
import org.meterledger.metering.Interval;
import org.meterledger.metering.ObisCode;
import org.meterledger.web.layout.LazyRows;
import org.omnifaces.util.Faces;

/** Backs meter/load-profile.xhtml. */
@Named
@ViewScoped
public class LoadProfilePage implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Shown first where the meter has them: active import and export. */
  private static final List<ObisCode> USUAL =
      List.of(ObisCode.of("1-0:1.8.0"), ObisCode.of("1-0:2.8.0"));

  private static final Duration USUAL_PERIOD = Duration.ofMinutes(15);

  @Inject private LoadProfiles profiles;
  @Inject private CurrentMeter currentMeter;
  @Inject private Clock clock;

  private String span;
  private String date;
  private String values;
  private ProfileView view;
  private transient Profile profile;
  private final LazyRows<IntervalLine> rows = new LazyRows<>(this::fetch, this::count);

  public void load() {
    if (currentMeter.getRow() == null || getProfile() == null) {
      return;
    }
    var newest = Optional.ofNullable(currentMeter.getRow().lastReadingAt()).orElse(clock.instant());
    view =
        ProfileView.of(
            currentMeter.getSerial(),
            currentMeter.getZone(),
            newest.minusSeconds(1),
            span,
            date,
            asked(),
            usual(),
            values);
  }

  private List<String> asked() {
    var asked = Faces.getRequestParameterValues("channel");
    return asked == null
        ? List.of()
        : Stream.of(asked)
            .flatMap(text -> Stream.of(text.split(",")))
            .filter(text -> channel(text).isPresent())
            .distinct()
            .toList();
  }

  private Optional<ArchivedChannel> channel(String obis) {
    return getChannels().stream()
        .filter(each -> each.channel().obis().toString().equals(obis))
        .findFirst();
  }

  private List<String> usual() {
    var known = getChannels().stream().map(each -> each.channel().obis()).toList();
    var usual = USUAL.stream().filter(known::contains).map(ObisCode::toString).toList();
    return usual.isEmpty() ? List.of(known.get(0).toString()) : usual;
  }

  /** Null while nothing has been archived. */
  public Profile getProfile() {
    if (profile == null) {
      profile = profiles.find(currentMeter.getId(), null).orElse(null);
    }
    return profile;
  }

  public List<ArchivedChannel> getChannels() {
    return getProfile() == null ? List.of() : profile.channels();
  }

  /** What is looked at; null while nothing has been archived. */
  public ProfileView getView() {
    return view;
  }

  /** In the order in which they are drawn; a search of the tree asks also where nothing is. */
  public List<ArchivedChannel> getShown() {
    return view == null
        ? List.of()
        : view.channels().stream().map(obis -> channel(obis).orElseThrow()).toList();
  }

  public boolean shows(ArchivedChannel channel) {
    return view.channels().contains(channel.channel().obis().toString());
  }

  public LocalDate getToday() {
    return LocalDate.ofInstant(clock.instant(), currentMeter.getZone());
  }

  public boolean isUpToDate() {
    return !view.to().isBefore(clock.instant());
  }

  /** Seconds between two rows. */
  public long getPeriodSeconds() {
    return period().toSeconds();
  }

  private Duration period() {
    return Optional.ofNullable(getProfile().capturePeriod()).orElse(USUAL_PERIOD);
  }

  /** From where the archive holds rows: what lies before is no gap. */
  public Instant getBegin() {
    var first = getProfile().firstAt();
    var begin = first == null ? view.from() : first.minus(period());
    return begin.isAfter(view.from()) ? begin : view.from();
  }

  /** Up to where rows can be there by now. */
  private Instant end() {
    var now = clock.instant();
    return view.to().isBefore(now) ? view.to() : now;
  }

  private long count() {
    var covered = Duration.between(getBegin(), end());
    return covered.isNegative() ? 0 : covered.dividedBy(period());
  }

  private List<IntervalLine> fetch(int first, int max, String sort, boolean ascending) {
    long lines = Math.min(max, count() - first);
    if (lines <= 0) {
      return List.of();
    }
    var from = getBegin().plus(period().multipliedBy(first));
    var to = from.plus(period().multipliedBy(lines));
    var query = new RowsQuery(getProfile(), getShown(), new Interval(from, to), view.values());
    Series series = profiles.series(query, (int) lines);
    return IntervalLine.all(series, from, (int) lines, period());
  }

  /** Each interval of the picture, also those without a reading. */
  public LazyRows<IntervalLine> getRows() {
    return rows;
  }

  public List<Span> getSpans() {
    return List.of(Span.values());
  }

  public List<String> getKinds() {
    return Stream.of(Values.POWER, Values.DIFFERENCE, Values.READING)
        .map(ProfileView::key)
        .toList();
  }

  public String getSpan() {
    return span;
  }

  public void setSpan(String span) {
    this.span = span;
  }

  public String getDate() {
    return date;
  }

  public void setDate(String date) {
    this.date = date;
  }

  public String getValues() {
    return values;
  }

  public void setValues(String values) {
    this.values = values;
  }
}
