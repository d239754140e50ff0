package org.meterledger.user;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The identity provider (OpenID Connect) by which people may come in, as the environment says.
 *
 * @param issuer as the provider writes it; its metadata lie below
 * @param clientId of the portal at the provider
 * @param clientSecret null for a public client, which is held by PKCE alone
 * @param name as people call it, for the button
 * @param portal where browsers reach the portal, without path
 * @param claim the one whose values give grants
 * @param scopes that are asked for, {@code openid} among them
 */
public record ProviderSettings(
    URI issuer,
    String clientId,
    String clientSecret,
    String name,
    URI portal,
    String claim,
    List<String> scopes) {

  /** Where the provider sends browsers back to, on the portal. */
  public static final String CALLBACK = "/oidc/callback";

  private static final String PREFIX = "METERLEDGER_OIDC_";
  private static final String ISSUER = PREFIX + "ISSUER";
  private static final String CLIENT_ID = PREFIX + "CLIENT_ID";
  private static final String CLIENT_SECRET = PREFIX + "CLIENT_SECRET";
  private static final String CLIENT_SECRET_FILE = PREFIX + "CLIENT_SECRET_FILE";
  private static final String SCOPES = PREFIX + "SCOPES";
  private static final String PUBLIC_URL = "METERLEDGER_PUBLIC_URL";
  private static final String OPENID = "openid";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * @return empty where no provider is named
   * @throws IllegalArgumentException with a sentence for a person where something is not right
   */
  public static Optional<ProviderSettings> of(Map<String, String> environment) {
    var values = new Values(environment);
    var issuer = values.get(ISSUER);
    if (issuer.isEmpty()) {
      for (String variable : List.of(CLIENT_ID, CLIENT_SECRET, CLIENT_SECRET_FILE)) {
        if (values.get(variable).isPresent()) {
          throw new IllegalArgumentException(variable + " is set without " + ISSUER);
        }
      }
      return Optional.empty();
    }
    var address = safe(ISSUER, issuer.get());
    var scopes = List.of(values.get(SCOPES).orElse("openid profile email").split("\\s+"));
    if (!scopes.contains(OPENID)) {
      throw new IllegalArgumentException(SCOPES + " must hold " + OPENID);
    }
    return Optional.of(
        new ProviderSettings(
            address,
            values.need(CLIENT_ID),
            secret(values),
            values.get(PREFIX + "NAME").orElse(address.getHost()),
            portal(values.need(PUBLIC_URL)),
            values.get(PREFIX + "CLAIM").orElse("groups"),
            scopes));
  }

  private record Values(Map<String, String> environment) {

    Optional<String> get(String variable) {
      return Optional.ofNullable(environment.get(variable))
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    String need(String variable) {
      return get(variable)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(variable + " is not set; " + ISSUER + " needs it"));
    }
  }

  private static String secret(Values values) {
    var file = values.get(CLIENT_SECRET_FILE);
    if (file.isEmpty()) {
      return values.get(CLIENT_SECRET).orElse(null);
    }
    if (values.get(CLIENT_SECRET).isPresent()) {
      throw new IllegalArgumentException(
          "Only one of " + CLIENT_SECRET + " and " + CLIENT_SECRET_FILE + " can be set");
    }
    try {
      String secret = Files.readString(Path.of(file.get())).strip();
      if (secret.isEmpty()) {
        throw new IllegalArgumentException(CLIENT_SECRET_FILE + " " + file.get() + " is empty");
      }
      return secret;
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          CLIENT_SECRET_FILE + " " + file.get() + " cannot be read: " + e, e);
    }
  }

  private static URI portal(String text) {
    var portal = safe(PUBLIC_URL, text);
    if (!portal.getPath().isEmpty() && !portal.getPath().equals("/")) {
      throw new IllegalArgumentException(PUBLIC_URL + " has a path; the portal has none");
    }
    return portal.resolve("/");
  }

  /** What goes this way opens the portal: nobody may read it on the wire. */
  private static URI safe(String variable, String text) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(variable + " is no address: " + text, e);
    }
    boolean https = "https".equals(address.getScheme());
    boolean here = "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost());
    if (address.getHost() == null || !https && !here) {
      throw new IllegalArgumentException(variable + " must begin with https://");
    }
    if (address.getQuery() != null
        || address.getFragment() != null
        || address.getUserInfo() != null) {
      throw new IllegalArgumentException(variable + " is more than an address: " + text);
    }
    return address;
  }

  /** Registered at the provider. */
  public URI callback() {
    return portal.resolve(CALLBACK);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return clientId + " at " + issuer;
  }
}
