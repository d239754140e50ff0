package org.meterledger.web.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.io.Serializable;
import java.time.Instant;

/**
 * Somebody went to the identity provider and has not come back. It stays in the session of the
 * browser: what another browser, or another tab of this one, brings back does not fit.
 *
 * @param state tells it from others, and goes with the browser
 * @param nonce must be in the token of the provider
 * @param verifier of PKCE; only its hash goes with the browser
 * @param to where the person wanted to go, a path of this site; null for the start page
 * @param linkTo account that the identity is to be linked with; null to sign in
 * @param until when the person must be back
 */
public record PendingSignIn(
    String state, String nonce, String verifier, String to, Integer linkTo, Instant until)
    implements Serializable {

  static PendingSignIn begin(String to, Integer linkTo, Instant until) {
    return new PendingSignIn(
        new State().getValue(),
        new Nonce().getValue(),
        new CodeVerifier().getValue(),
        to,
        linkTo,
        until);
  }

  @Override
  public String toString() {
    return "PendingSignIn until " + until;
  }
}
