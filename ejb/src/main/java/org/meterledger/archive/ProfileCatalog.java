package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.meterledger.metering.Channel;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Unit;
import org.meterledger.server.Database;

/** Which profiles are archived, with their channels; remembers what it has looked up. */
@ApplicationScoped
public class ProfileCatalog {

  /** {@link #presentValues} of any part, for SQL. */
  static final String PRESENT_VALUES = "1-0:99.128.%";

  private static final int PROFILE = 99;
  private static final int OF_THE_PORTAL = 128;
  private static final int BY_READING = 129;

  private static final int FLAGS = 0xff;
  private static final int FLAGS_BY_READING = 0xffff;

  private final Database database;
  private final Map<Key, Profile> profiles = new ConcurrentHashMap<>();

  /**
   * Not a load profile of the meter, but its present values as the portal read them.
   *
   * @param part for a row holds no more than 64 of them; from 0
   */
  public static ObisCode presentValues(int part) {
    return new ObisCode(1, 0, PROFILE, OF_THE_PORTAL, part, 255);
  }

  static boolean isPresentValues(ObisCode obis) {
    return obis.c() == PROFILE && obis.d() == OF_THE_PORTAL;
  }

  /**
   * A load profile that the portal makes of registers which it reads at the end of each period.
   *
   * @param period whole minutes, at most 60
   */
  public static ObisCode byReading(Duration period) {
    return new ObisCode(1, 0, PROFILE, BY_READING, (int) period.toMinutes(), 255);
  }

  public static boolean isByReading(ObisCode obis) {
    return obis.c() == PROFILE && obis.d() == BY_READING;
  }

  /** For the client proxy only. */
  protected ProfileCatalog() {
    database = null;
  }

  @Inject
  public ProfileCatalog(Database database) {
    this.database = database;
  }

  private record Key(int meterId, ObisCode obis) {}

  /**
   * An archived profile.
   *
   * @param capturePeriod null while unknown
   * @param firstAt period end of the oldest archived row, null while there is none
   * @param step by how much the numbers of two rows differ that were recorded one after the other
   */
  public record Profile(
      int id,
      int meterId,
      ObisCode obis,
      Duration capturePeriod,
      Instant firstAt,
      long step,
      List<ArchivedChannel> channels) {

    /** Which bits of a stored status are flags; the others are the status as the meter gave it. */
    int flagBits() {
      return isByReading(obis) ? FLAGS_BY_READING : FLAGS;
    }

    /**
     * @throws IllegalArgumentException when the profile has no such channel
     */
    public ArchivedChannel channel(ObisCode wanted) {
      return channels.stream()
          .filter(c -> c.channel().obis().equals(wanted))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("No channel " + wanted));
    }
  }

  /**
   * A channel as archived.
   *
   * @param terms positions in the row's values, from 0; several are added up
   */
  public record ArchivedChannel(Channel channel, List<Integer> terms) {
    /** Whether it is stored as read, not added up of others. */
    public boolean stored() {
      return terms.size() == 1;
    }
  }

  /** A channel that is the sum of others of the same profile, such as T1 + T2. */
  public record Sum(ObisCode obis, List<ObisCode> of) {}

  /**
   * The profile of this meter, made known at its first delivery.
   *
   * @param step as in {@link Profile}
   * @throws ChannelsChanged when the archive holds the profile with other channels
   */
  public Profile profile(
      int meterId, ObisCode obis, long step, List<Channel> channels, List<Sum> sums) {
    var key = new Key(meterId, obis);
    var known = profiles.get(key);
    if (known == null) {
      known = database.inTransaction(connection -> register(connection, key, step, channels, sums));
      profiles.put(key, known);
    }
    var stored =
        known.channels().stream()
            .filter(ArchivedChannel::stored)
            .map(ArchivedChannel::channel)
            .toList();
    if (!stored.equals(channels)) {
      throw new ChannelsChanged(obis);
    }
    return known;
  }

  /** The archived profiles of a meter, by OBIS code. */
  public List<Profile> of(int meterId) {
    return database.with(connection -> load(connection, meterId));
  }

  /** Called after commit with what a transaction has found out. */
  void learned(Profile profile, Duration capturePeriod, Instant firstAt) {
    profiles.put(
        new Key(profile.meterId(), profile.obis()),
        new Profile(
            profile.id(),
            profile.meterId(),
            profile.obis(),
            capturePeriod,
            firstAt,
            profile.step(),
            profile.channels()));
  }

  private static Profile register(
      Connection connection, Key key, long step, List<Channel> channels, List<Sum> sums)
      throws SQLException {
    try (var statement =
        Database.prepare(
            connection,
            """
            insert into load_profile (meter_id, obis, step) values (?, ?, ?)
            on conflict (meter_id, obis) do nothing returning id""",
            key.meterId(),
            key.obis().toString(),
            step)) {
      var inserted = statement.executeQuery();
      if (inserted.next()) {
        insertChannels(connection, inserted.getInt(1), channels, sums);
      }
    }
    return load(connection, key.meterId()).stream()
        .filter(p -> p.obis().equals(key.obis()))
        .findFirst()
        .orElseThrow();
  }

  private static void insertChannels(
      Connection connection, int profileId, List<Channel> channels, List<Sum> sums)
      throws SQLException {
    var codes = channels.stream().map(Channel::obis).toList();
    try (var statement =
        connection.prepareStatement(
            """
            insert into load_profile_channel (profile_id, obis, unit, scaler, rollover, terms)
            values (?, ?, ?, ?, ?, ?)""")) {
      for (int i = 0; i < channels.size(); i++) {
        batch(statement, profileId, channels.get(i).obis(), channels.get(i), new Integer[] {i + 1});
      }
      for (Sum sum : sums) {
        var terms = sum.of().stream().map(obis -> codes.indexOf(obis) + 1).toArray(Integer[]::new);
        batch(statement, profileId, sum.obis(), channels.get(terms[0] - 1), terms);
      }
      statement.executeBatch();
    }
  }

  private static void batch(
      java.sql.PreparedStatement statement,
      int profileId,
      ObisCode obis,
      Channel like,
      Integer[] terms)
      throws SQLException {
    statement.setInt(1, profileId);
    statement.setString(2, obis.toString());
    statement.setString(3, like.unit().symbol());
    statement.setInt(4, like.scaler());
    statement.setLong(5, terms.length == 1 ? like.rollover() : 0);
    statement.setArray(6, statement.getConnection().createArrayOf("smallint", terms));
    statement.addBatch();
  }

  private static List<Profile> load(Connection connection, int meterId) throws SQLException {
    try (var statement =
            Database.prepare(
                connection,
                """
                select p.id, p.obis, p.capture_period, p.first_at, p.step,
                       c.obis as channel, c.unit, c.scaler, c.rollover, c.terms
                  from load_profile p join load_profile_channel c on c.profile_id = p.id
                 where p.meter_id = ?
                 order by p.obis, cardinality(c.terms), c.terms""",
                meterId);
        var rows = statement.executeQuery()) {
      var profiles = new ArrayList<Profile>();
      while (rows.next()) {
        int id = rows.getInt("id");
        if (profiles.isEmpty() || profiles.get(profiles.size() - 1).id() != id) {
          Long seconds = Database.number(rows, "capture_period");
          profiles.add(
              new Profile(
                  id,
                  meterId,
                  ObisCode.of(rows.getString("obis")),
                  seconds == null ? null : Duration.ofSeconds(seconds),
                  Database.instant(rows, "first_at"),
                  rows.getLong("step"),
                  new ArrayList<>()));
        }
        profiles.get(profiles.size() - 1).channels().add(channel(rows));
      }
      return profiles;
    }
  }

  private static ArchivedChannel channel(java.sql.ResultSet row) throws SQLException {
    var terms = new ArrayList<Integer>();
    for (Number term : (Number[]) row.getArray("terms").getArray()) {
      terms.add(term.intValue() - 1);
    }
    return new ArchivedChannel(
        new Channel(
            ObisCode.of(row.getString("channel")),
            Unit.ofSymbol(row.getString("unit")),
            row.getInt("scaler"),
            row.getLong("rollover")),
        List.copyOf(terms));
  }
}
