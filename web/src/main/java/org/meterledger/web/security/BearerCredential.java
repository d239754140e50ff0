package org.meterledger.web.security;

import jakarta.security.enterprise.credential.Credential;

/** A token as it came in the Authorization header. */
record BearerCredential(String token) implements Credential {

  @Override
  public String toString() {
    return "BearerCredential";
  }
}
