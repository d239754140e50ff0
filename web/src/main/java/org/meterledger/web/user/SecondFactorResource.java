package org.meterledger.web.user;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.user.SecondFactors;
import org.meterledger.web.api.Problem;
import org.meterledger.web.api.Refused;
import org.meterledger.web.security.Caller;

/** The second factor of the account that asks; the one thing open to who must set one up. */
@Path("account/second-factor")
@RequestScoped
@RolesAllowed(Permission.Names.PASSWORD_RIGHT)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Own account")
public class SecondFactorResource {

  @Inject private Caller caller;
  @Inject private SecondFactors factors;

  /**
   * Whether there is one.
   *
   * @param required whether a role of the account demands one
   */
  public record State(boolean present, boolean required, int recoveryCodesLeft) {}

  /** What an app has to know: the secret in base32, and the same as an otpauth address. */
  public record Begun(String secret, String uri) {}

  /**
   * What it takes to change it.
   *
   * @param code of the app; to remove it also a recovery code
   */
  public record Proof(@NotNull String currentPassword, @NotNull String code) {}

  /** Each is good once; they cannot be shown again. */
  public record RecoveryCodes(List<String> recoveryCodes) {}

  @GET
  @Operation(summary = "Whether the account has a second factor")
  public State get() {
    var account = caller.getAccount();
    return new State(
        account.secondFactor(), account.secondFactorRequired(), factors.recoveryCodesLeft(account));
  }

  @POST
  @Operation(summary = "Begin to set up a second factor")
  public Begun begin() {
    person();
    var begun = factors.begin(caller.getAccount());
    return new Begun(begun.secret(), begun.uri());
  }

  @PUT
  @Operation(summary = "Have the account come with the second factor that was begun")
  public RecoveryCodes confirm(@NotNull @Valid Proof proof) {
    person();
    return new RecoveryCodes(
        factors.confirm(
            caller.getAccount(), proof.currentPassword(), proof.code(), caller.address()));
  }

  @POST
  @Path("removal")
  @RolesAllowed(Permission.Names.SIGNED_IN)
  @Operation(summary = "Remove the second factor")
  public void remove(@NotNull @Valid Proof proof) {
    person();
    factors.remove(caller.getAccount(), proof.currentPassword(), proof.code(), caller.address());
  }

  /** What opens an account for a person is not the business of its programs. */
  private void person() {
    if (caller.byToken()) {
      throw new Refused(Problem.of(403, "A second factor belongs to a person, not to a token"));
    }
  }
}
