package org.meterledger.reading;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.archive.Stored;
import org.meterledger.driver.Finding;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.model.PeriodEndRegisters;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.Progress;

/**
 * Makes rows of a load profile for a meter that keeps none, from its registers as they stand just
 * after a period has ended. Each period end is stored once, as first read. What was not read in
 * time is missing for good: nothing is interpolated.
 *
 * <p>Times are those of the portal's clock: a meter without load profile often has no clock, and
 * one that it has does not matter here. Rows bear the second of their period end as number, so that
 * two follow each other exactly when no period between them is missing; the epoch counts how often
 * the registers did not go on from where they stood.
 */
final class PeriodEndReading {

  /** How long after the period's end the registers were read, in milliseconds: the last channel. */
  static final ObisCode DELAY = ObisCode.of("0-0:96.128.0");

  /** Why a gap is permanent. */
  static final String NOT_READ = "NOT_READ";

  private static final Channel DELAY_CHANNEL = new Channel(DELAY, Unit.SECOND, -3, 0);
  private static final int GAPS_IN_A_SESSION = 5;

  /** Meters measure more than they are rated for, and clocks do not go evenly. */
  private static final BigDecimal MARGIN = new BigDecimal("1.1");

  private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
  private static final int STATUS_SHIFT = 8;

  private final OpenMeter meter;
  private final MeterReading reading;
  private final ReadingContext context;
  private final Map<ObisCode, PeriodEndRegisters.Register> registers = new HashMap<>();

  PeriodEndReading(OpenMeter meter, MeterReading reading, ReadingContext context) {
    this.meter = meter;
    this.reading = reading;
    this.context = context;
    PeriodEndRegisters.of(context.models().get(meter.modelId()))
        .ifPresent(of -> of.registers().forEach(each -> registers.put(each.obis(), each)));
  }

  /** Stores the period that has just ended, unless it is stored or that was too long ago. */
  void read(Collection<PeriodGrid> grids, Progress progress) {
    progress.stored(Stored.NOTHING);
    var source = meter.session().as(RegisterSource.class);
    var now = context.clock().instant();
    for (var grid : grids) {
      source.ifPresent(registersOf -> read(registersOf, grid, grid.endAtOrBefore(now), progress));
    }
    unreadForGood(now);
  }

  private void read(RegisterSource source, PeriodGrid grid, Instant end, Progress progress) {
    var channels = channels(source);
    if (channels.size() == 1 || !grid.storable(end, context.clock().instant())) {
      return;
    }
    var profile =
        context
            .catalog()
            .profile(
                meter.id(),
                ProfileCatalog.byReading(grid.length()),
                grid.length().toSeconds(),
                channels,
                List.of());
    var before = context.cursors().newest(profile, end);
    if (before.map(ProfileRow::periodEnd).filter(end::equals).isPresent()) {
      return;
    }
    var taken = reading.take(source, progress);
    if (taken != null && grid.storable(end, taken.at())) {
      progress.received(1, 0);
      meter
          .delivery()
          .rows(
              profile,
              profile.capturePeriod() == null ? grid.length() : null,
              List.of(row(channels, taken, grid, end, before)));
    }
  }

  /** In the order of the driver's table, which is the same for all meters of a model. */
  private List<Channel> channels(RegisterSource source) {
    var channels = new ArrayList<Channel>();
    for (var each : source.registers()) {
      var register = registers.get(each.obis());
      if (register != null) {
        channels.add(new Channel(each.obis(), each.unit(), each.scaler(), register.rollover()));
      }
    }
    channels.add(DELAY_CHANNEL);
    return channels;
  }

  private ProfileRow row(
      List<Channel> channels,
      MeterReading.Taken taken,
      PeriodGrid grid,
      Instant end,
      Optional<ProfileRow> before) {
    long[] values = new long[channels.size()];
    long present = values(channels, taken.reading(), values);
    var delay = Duration.between(end, taken.at());
    values[values.length - 1] = delay.toMillis();
    present |= 1L << values.length - 1;
    int flags = grid.late(end, taken.at()) ? RowStatus.READ_LATE.bit() : 0;
    int epoch = before.map(row -> Cursor.epoch(row.sequence())).orElse(0);
    var row = new ProfileRow(end, 0, 0, 0, values, present);
    if (before.isPresent() && restarted(channels, before.get(), row)) {
      flags |= RowStatus.REGISTERS_RESTARTED.bit();
      epoch++;
    }
    long sequence = new Cursor(epoch, -1, null).sequence(end.getEpochSecond());
    return new ProfileRow(end, sequence, 0, flags >> STATUS_SHIFT, values, present);
  }

  /** What a channel cannot hold as it was told is left out; among the present values it stands. */
  private static long values(List<Channel> channels, RegisterReading told, long[] values) {
    long present = 0;
    for (var value : told.values()) {
      for (int i = 0; i < channels.size(); i++) {
        var channel = channels.get(i);
        if (channel.obis().equals(value.obis()) && value.occurredAt() == null) {
          var raw = channel.raw(value.quantity());
          if (raw.isPresent()) {
            values[i] = raw.getAsLong();
            present |= 1L << i;
          }
        }
      }
    }
    return present;
  }

  /** Whether a register cannot have counted from there to here; tells of the first that has not. */
  private boolean restarted(List<Channel> channels, ProfileRow before, ProfileRow now) {
    int last = channels.size() - 1;
    var elapsed =
        Duration.between(before.periodEnd(), now.periodEnd())
            .plusMillis(now.values()[last] - before.values()[last]);
    for (int i = 0; i < last; i++) {
      var channel = channels.get(i);
      if (before.has(i)
          && now.has(i)
          && !possible(channel, before.values()[i], now.values()[i], elapsed)) {
        meter.delivery().findings(List.of(restarted(channel, before.values()[i], now, i)));
        return true;
      }
    }
    return false;
  }

  private boolean possible(Channel channel, long before, long now, Duration elapsed) {
    long counted = now - before;
    boolean over = counted < 0 && channel.rollover() > 0;
    if (over) {
      counted += channel.rollover();
    }
    var power = registers.get(channel.obis()).maximumPower();
    if (power == null) {
      return counted >= 0 && (!over || counted < channel.rollover() / 2);
    }
    // both sides by 3 600 000, so that nothing is divided; one count more for the register's end
    var most = power.multiply(MARGIN).multiply(BigDecimal.valueOf(Math.max(0, elapsed.toMillis())));
    var least = channel.value(Math.max(0, counted - 1)).multiply(MILLIS_PER_HOUR);
    return counted >= 0 && least.compareTo(most) <= 0;
  }

  private static Finding restarted(Channel channel, long before, ProfileRow now, int position) {
    return new Finding(
        Finding.Kind.REGISTERS_RESTARTED,
        Map.of(
            "register",
            channel.obis().shortText(),
            "before",
            channel.value(before).toPlainString() + " " + channel.unit().symbol(),
            "after",
            channel.value(now.values()[position]).toPlainString() + " " + channel.unit().symbol(),
            "periodEnd",
            now.periodEnd().toString()));
  }

  /** Nobody can read now how registers stood then. */
  private void unreadForGood(Instant now) {
    for (var gap : context.gaps().toAsk(meter.id(), now, GAPS_IN_A_SESSION)) {
      if (ProfileCatalog.isByReading(gap.profile())) {
        meter.delivery().gapAsked(gap.profileId(), gap.after(), now, NOT_READ);
      }
    }
  }
}
