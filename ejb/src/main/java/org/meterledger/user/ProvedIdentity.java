package org.meterledger.user;

import java.util.List;
import java.util.Set;

/**
 * Who somebody is, as an identity provider has proved it. By issuer and subject it is known again,
 * by nothing else: names and mail addresses change hands.
 *
 * @param issuer of the provider
 * @param subject of its making, unique and for ever the same at this issuer
 * @param names that it goes by, the best first; they serve a new account only
 * @param claims values of the claim that gives grants
 * @param secondFactor whether the provider has asked for one
 */
public record ProvedIdentity(
    String issuer, String subject, List<String> names, Set<String> claims, boolean secondFactor) {

  public ProvedIdentity {
    names = List.copyOf(names);
    claims = Set.copyOf(claims);
  }
}
