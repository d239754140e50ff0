package org.meterledger.web.charging;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.charging.ChargingKeys;
import org.meterledger.charging.ChargingPublicKey;
import org.meterledger.charging.InvalidPublicKey;
import org.meterledger.charging.MeterKeys;
import org.meterledger.charging.RegisteredKey;
import org.meterledger.meter.Meters;
import org.meterledger.web.api.Refused;
import org.meterledger.web.api.Version;

/** The public key that a meter's signed records are verified by. */
@Path("meters/{serial}/charging/key")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Charging")
public class ChargingKeyResource {

  @Inject private Meters meters;
  @Inject private ChargingKeys keys;

  @PathParam("serial")
  private String serial;

  /**
   * A key to register.
   *
   * @param key SubjectPublicKeyInfo in DER, in hexadecimal digits or base64, or X and Y of
   *     secp256r1
   * @param fingerprint as somebody compared it; absent where nobody did
   * @param validFrom absent for the first key from the first record on, for a later one from now on
   */
  public record NewKey(@NotNull String key, String fingerprint, Instant validFrom) {}

  /**
   * A registered key.
   *
   * @param key SubjectPublicKeyInfo in DER, in hexadecimal digits
   * @param validFrom left out where it counts from the first record on
   * @param withdrawnBy left out, as the time, while it counts
   */
  public record KeyView(
      String key,
      String curve,
      String fingerprint,
      Instant validFrom,
      String registeredBy,
      Instant registeredAt,
      String withdrawnBy,
      Instant withdrawnAt) {
    static KeyView of(RegisteredKey of) {
      return new KeyView(
          of.key().hex(),
          of.key().curve().text(),
          of.key().fingerprint(),
          of.validFrom().equals(Instant.EPOCH) ? null : of.validFrom(),
          of.registeredBy(),
          of.registeredAt(),
          of.withdrawnBy(),
          of.withdrawnAt());
    }
  }

  /**
   * What the meter says of its key.
   *
   * @param fingerprint left out where it is no key
   */
  public record ToldView(String key, String fingerprint, Instant at, Instant since) {}

  /**
   * The keys of a meter.
   *
   * @param current that counts for new records; left out where none does
   * @param registered all that ever were, newest first
   * @param told by the meter; left out before it was asked
   */
  public record KeysView(
      KeyView current, List<KeyView> registered, ToldView told, MeterKeys.Comparison comparison) {
    static KeysView of(MeterKeys keys) {
      var told = keys.told();
      return new KeysView(
          keys.current().map(KeyView::of).orElse(null),
          keys.registered().stream().map(KeyView::of).toList(),
          told == null
              ? null
              : new ToldView(told.text(), told.fingerprint(), told.at(), told.since()),
          keys.comparison());
    }
  }

  @GET
  @Operation(summary = "The registered key, those before it, and what the meter tells")
  public Response get() {
    return answer(keys.of(meters.get(serial).getId()));
  }

  @PUT
  @RolesAllowed(Permission.Names.MANAGE_METERS)
  @Operation(
      summary = "Register a key",
      description =
          "Needs If-Match with the ETag of the last GET. The key before keeps counting for the"
              + " records made before. With a fingerprint, only a key that has it is taken.")
  public Response register(
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, @NotNull @Valid NewKey given) {
    var meter = meters.get(serial);
    int version = keys.of(meter.getId()).version();
    Version.require(ifMatch, version);
    var key = key(given.key());
    if (given.fingerprint() != null
        && !digits(given.fingerprint()).equals(digits(key.fingerprint()))) {
      throw Refused.field(
          "fingerprint", "differs", "the key has the fingerprint " + key.fingerprint());
    }
    return answer(keys.register(meter.getId(), serial, version, key, given.validFrom()));
  }

  private static ChargingPublicKey key(String text) {
    try {
      return ChargingPublicKey.of(text);
    } catch (InvalidPublicKey e) {
      throw Refused.field("key", e.rule().name(), e.getMessage());
    }
  }

  private static String digits(String fingerprint) {
    return fingerprint.replaceAll("[\\s:]+", "").toLowerCase(Locale.ROOT);
  }

  @DELETE
  @RolesAllowed(Permission.Names.MANAGE_METERS)
  @Operation(
      summary = "Withdraw the current key, registered in error; the one before counts again",
      description = "Needs If-Match with the ETag of the last GET.")
  public Response withdraw(@HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
    var meter = meters.get(serial);
    int version = keys.of(meter.getId()).version();
    Version.require(ifMatch, version);
    return answer(keys.withdraw(meter.getId(), serial, version));
  }

  private static Response answer(MeterKeys of) {
    return Version.answer(of.version(), KeysView.of(of));
  }
}
