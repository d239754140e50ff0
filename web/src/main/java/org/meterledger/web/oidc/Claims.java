package org.meterledger.web.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.meterledger.user.ProvedIdentity;

/** What an ID token says, read as far as the portal uses it. */
final class Claims {

  /** A name of the account, the best first: short, of a directory, of a mailbox. */
  private static final List<String> NAMES = List.of("preferred_username", "upn", "email");

  /** RFC 8176: more than one factor. */
  private static final String SEVERAL_FACTORS = "mfa";

  private static final int LONGEST_SUBJECT = 255;

  private final Map<String, Object> token;
  private final Map<String, Object> more;

  /**
   * @param more that the provider told besides, empty for nothing; the token comes first
   */
  Claims(JWTClaimsSet token, Map<String, Object> more) {
    this.token = token.getClaims();
    this.more = more;
  }

  /**
   * @param claim whose values give grants; {@code a.b} is b in a, where there is no claim {@code
   *     a.b}
   */
  ProvedIdentity identity(String claim) throws ProviderFault {
    String subject = (String) token.get("sub");
    if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
      throw new ProviderFault(
          ProviderFault.Kind.INVALID, "A subject of " + subject.length() + " characters");
    }
    return new ProvedIdentity(
        (String) token.get("iss"),
        subject,
        NAMES.stream().map(this::text).filter(Objects::nonNull).toList(),
        values(find(claim)),
        values(token.get("amr")).contains(SEVERAL_FACTORS));
  }

  private String text(String claim) {
    return find(claim) instanceof String text ? text : null;
  }

  /** Null where neither tells it. */
  private Object find(String claim) {
    return Optional.ofNullable(in(token, claim)).orElseGet(() -> in(more, claim));
  }

  /** Null where it is not there. */
  static Object in(Map<String, Object> claims, String claim) {
    int dot = claim.indexOf('.');
    if (claims.containsKey(claim) || dot < 0) {
      return claims.get(claim);
    }
    return claims.get(claim.substring(0, dot)) instanceof Map<?, ?> inner
        ? in(named(inner), claim.substring(dot + 1))
        : null;
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    return map.entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .collect(
            java.util.stream.Collectors.toMap(
                entry -> String.valueOf(entry.getKey()), Map.Entry::getValue));
  }

  /** A claim of one value may be a text. */
  private static Set<String> values(Object claim) {
    var values = new HashSet<String>();
    Stream<?> each =
        claim instanceof Collection<?> many ? many.stream() : Stream.of(claim == null ? "" : claim);
    each.filter(String.class::isInstance)
        .map(value -> ((String) value).strip())
        .filter(value -> !value.isEmpty())
        .forEach(values::add);
    return values;
  }
}
