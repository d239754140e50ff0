package org.meterledger.meter;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.Grants;
import org.meterledger.access.MeterScope;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.InvalidInput;

/** The meters of the portal. Removed ones are as if they were not there, but keep their archive. */
@Stateless
@PermitAll // what changes something says who may
public class Meters {

  @PersistenceContext private EntityManager em;
  @Inject private MeterList list;
  @Inject private MeterPlaces places;
  @Inject private MeterAddresses addresses;
  @Inject private MeterModels models;
  @Inject private MeterSecrets secrets;
  @Inject private Clock clock;
  @Inject private Access access;
  @Inject private Audit audit;
  @Inject private Grants grants;
  @Inject private Event<MeterSaved> saved;

  /**
   * A page of the list.
   *
   * @param first number of the first row, from 0
   * @param max rows at most, 1..1000
   */
  public List<MeterRow> list(
      MeterFilter filter, MeterOrder order, boolean ascending, int first, int max) {
    return list.rows(access.sight(), filter, order, ascending, first, max);
  }

  /** As {@link #list}, of the meters of which the caller may take things away. */
  @RolesAllowed(Permission.Names.EXPORT)
  public List<MeterRow> exportable(
      MeterFilter filter, MeterOrder order, boolean ascending, int first, int max) {
    return list.rows(access.scope(Permission.EXPORT), filter, order, ascending, first, max);
  }

  /**
   * The meters that an account sees, by serial number.
   *
   * @param first number of the first, from 0
   * @param max at most 1000
   */
  @RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
  public List<MeterRow> seenBy(int accountId, int first, int max) {
    return list.rows(
        sightOf(accountId), MeterFilter.ALL, MeterOrder.SERIAL_NUMBER, true, first, max);
  }

  @RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
  public long countSeenBy(int accountId) {
    return list.count(sightOf(accountId), MeterFilter.ALL);
  }

  private MeterScope sightOf(int accountId) {
    if (!access.sight().everything()) {
      throw new AccessDenied(Permission.VIEW_METERS, "all meters");
    }
    return grants.privileges(accountId).scope(Permission.VIEW_METERS);
  }

  /** The line of one meter; empty when there is none. */
  public Optional<MeterRow> row(String serialNumber) {
    return list.row(access.sight(), serialNumber);
  }

  public long count(MeterFilter filter) {
    return list.count(access.sight(), filter);
  }

  /** How many meters are in which condition; conditions without meters are there with 0. */
  public Map<MeterRow.Condition, Long> conditions() {
    return list.conditions(access.sight());
  }

  /** The meter with this serial number, unless it was removed or the caller does not see it. */
  public Optional<Meter> find(String serialNumber) {
    return any(serialNumber)
        .filter(meter -> meter.getState() != Meter.State.REMOVED && access.sees(meter.getId()));
  }

  /**
   * @throws UnknownMeter when there is none
   */
  public Meter get(String serialNumber) {
    return find(serialNumber).orElseThrow(() -> new UnknownMeter(serialNumber));
  }

  public MeterContact contact(Meter meter) {
    return em.find(MeterContact.class, meter.getId());
  }

  /** Where the meter is now. */
  public Optional<Installation> installation(Meter meter) {
    return em.createQuery(
            "select i from Installation i join fetch i.meteringPoint"
                + " where i.meter = :meter and i.removedAt is null",
            Installation.class)
        .setParameter("meter", meter)
        .getResultStream()
        .findFirst();
  }

  /** All that a form or the API shows of a meter; the password stays out. */
  public MeterDetails details(Meter meter) {
    var details = new MeterDetails();
    details.setSerialNumber(meter.getSerialNumber());
    details.setModel(meter.getModel());
    details.setAlias(meter.getAlias());
    details.setAddress(meter.getAddress());
    details.setUserName(meter.getUserName());
    details.setTimeZone(meter.getTimeZone().getId());
    details.setState(meter.getState());
    details.setWatched(meter.isWatched());
    installation(meter).ifPresent(i -> details.setMeteringPoint(i.getMeteringPoint().getCode()));
    details.setClockLimitSeconds(meter.getClockLimitSeconds());
    places.describe(meter.getId(), details);
    return details;
  }

  /**
   * Adds a meter; one that was removed comes back with its archive.
   *
   * @throws InvalidInput when the serial number is taken or another rule is broken
   */
  @RolesAllowed(Permission.Names.MANAGE_METERS)
  public Meter add(MeterDetails details) {
    if (!access.scope(Permission.MANAGE_METERS).everything()) {
      // it would belong to no group of the caller's yet
      throw new AccessDenied(Permission.MANAGE_METERS, "all meters");
    }
    check(details);
    var before = any(details.getSerialNumber());
    if (before.isPresent() && before.get().getState() != Meter.State.REMOVED) {
      throw new InvalidInput(
          "serialNumber", "unique", "There is a meter " + details.getSerialNumber() + " already");
    }
    if (before.isPresent() && !before.get().getModel().equals(details.getModel())) {
      throw new InvalidInput(
          "model", "unchangeable", "The archive holds this meter as " + before.get().getModel());
    }
    var now = clock.instant();
    var meter =
        before.orElseGet(() -> new Meter(details.getSerialNumber(), details.getModel(), now));
    meter.take(details, places.find(details), encrypt(details), now);
    em.persist(meter);
    em.flush();
    places.label(meter.getId(), details.getLabels());
    install(meter, details, now);
    saved.fire(new MeterSaved(meter, details));
    audit.done(AuditAction.METER_ADD, meter.getSerialNumber(), null, told(meter, details));
    return meter;
  }

  /**
   * Changes a meter.
   *
   * @param version the caller has seen
   * @throws ChangedMeanwhile when the meter has another version by now
   */
  @RolesAllowed(Permission.Names.MANAGE_METERS)
  public Meter update(String serialNumber, int version, MeterDetails details) {
    var meter = manageable(serialNumber);
    if (meter.getVersion() != version) {
      throw new ChangedMeanwhile("Meter " + serialNumber);
    }
    check(details);
    unchangeable("serialNumber", serialNumber, details.getSerialNumber());
    unchangeable("model", meter.getModel(), details.getModel());
    boolean keeps =
        details.getPassword() == null
            && details.getUserName() != null
            && details.getUserName().equals(meter.getUserName());
    if (keeps
        && meter.isPasswordSet()
        && !Objects.equals(details.getAddress(), meter.getAddress())) {
      throw new InvalidInput(
          "password", "newAddress", "The password goes to no other address: enter it again");
    }
    var before = details(meter);
    if (!access.scope(Permission.MANAGE_METERS).everything()) {
      keepsItsPlace(before, details);
    }
    var now = clock.instant();
    meter.take(details, places.find(details), keeps ? meter.getPassword() : encrypt(details), now);
    install(meter, details, now);
    em.flush();
    places.label(meter.getId(), details.getLabels());
    saved.fire(new MeterSaved(meter, details));
    audit.done(AuditAction.METER_CHANGE, serialNumber, before, told(meter, details));
    return meter;
  }

  /** By what groups are made of, somebody with part of the meters could come to more. */
  private static void keepsItsPlace(MeterDetails before, MeterDetails after) {
    same("network", before.getNetwork(), after.getNetwork());
    same("gateway", before.getGateway(), after.getGateway());
    same("location", before.getLocation(), after.getLocation());
    same("labels", before.getLabels(), after.getLabels());
    same("watched", before.isWatched(), after.isWatched());
  }

  private static void same(String field, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      throw new InvalidInput(
          field, "notYours", field + " decides who sees a meter: only who manages all changes it");
    }
  }

  /** For the trail: with what was said of a password, but not the password. */
  private MeterDetails told(Meter meter, MeterDetails said) {
    em.flush();
    var details = details(meter);
    details.setPassword(said.getPassword() == null ? null : Audit.HIDDEN);
    return details;
  }

  /** Takes the meter out of the portal; what was archived of it stays. */
  @RolesAllowed(Permission.Names.MANAGE_METERS)
  public void remove(String serialNumber) {
    var meter = manageable(serialNumber);
    var now = clock.instant();
    installation(meter).ifPresent(installation -> installation.end(now));
    var details = details(meter);
    meter.remove(now);
    em.flush();
    places.label(meter.getId(), new TreeSet<>());
    saved.fire(new MeterSaved(meter, details));
    audit.done(AuditAction.METER_REMOVE, serialNumber, details, null);
  }

  private Meter manageable(String serialNumber) {
    var meter = get(serialNumber);
    access.require(Permission.MANAGE_METERS, meter.getId(), serialNumber);
    return meter;
  }

  private Optional<Meter> any(String serialNumber) {
    return em.createQuery("select m from Meter m where m.serialNumber = :serial", Meter.class)
        .setParameter("serial", serialNumber)
        .getResultStream()
        .findFirst();
  }

  private void check(MeterDetails details) {
    var model =
        models
            .find(details.getModel())
            .orElseThrow(
                () -> new InvalidInput("model", "unknown", "No meter model " + details.getModel()));
    try {
      ZoneId.of(details.getTimeZone());
    } catch (DateTimeException e) {
      throw new InvalidInput("timeZone", "unknown", "No time zone " + details.getTimeZone());
    }
    if (details.getAddress() == null && !places.reaches(details.getGateway())) {
      throw new InvalidInput(
          "address", "required", "A meter has an address, or a gateway that has one");
    }
    if (details.getAddress() != null) {
      addresses.endpoint(model, details.getAddress(), null, null, Duration.ofSeconds(1));
    }
    if (details.getState() == Meter.State.REMOVED) {
      throw new InvalidInput("state", "range", "A meter is ACTIVE or PAUSED");
    }
    if (details.getPassword() != null && details.getUserName() == null) {
      throw new InvalidInput("userName", "required", "A password needs a user name");
    }
    if (details.getPassword() != null && !secrets.available()) {
      throw new InvalidInput(
          "password", "masterKey", "Passwords need " + MeterSecrets.MASTER_KEY + " to be set");
    }
  }

  private static void unchangeable(String field, String before, String after) {
    if (!before.equals(after)) {
      throw new InvalidInput(field, "unchangeable", field + " of a meter cannot be changed");
    }
  }

  private byte[] encrypt(MeterDetails details) {
    return details.getPassword() == null ? null : secrets.encrypt(details.getPassword());
  }

  private void install(Meter meter, MeterDetails details, Instant now) {
    var current = installation(meter);
    var before = current.map(i -> i.getMeteringPoint().getCode()).orElse(null);
    if (Objects.equals(before, details.getMeteringPoint())) {
      return;
    }
    current.ifPresent(installation -> installation.end(now));
    em.flush();
    if (details.getMeteringPoint() != null) {
      var point = point(details, now);
      if (list.occupied(point.getId())) {
        throw new InvalidInput(
            "meteringPoint", "unique", "Another meter is at " + point.getCode() + " now");
      }
      em.persist(new Installation(meter, point, now));
    }
  }

  private MeteringPoint point(MeterDetails details, Instant now) {
    return em.createQuery("select p from MeteringPoint p where p.code = :code", MeteringPoint.class)
        .setParameter("code", details.getMeteringPoint())
        .getResultStream()
        .findFirst()
        .orElseGet(
            () -> {
              var point = new MeteringPoint(details.getMeteringPoint(), details.getTimeZone(), now);
              em.persist(point);
              em.flush();
              return point;
            });
  }
}
