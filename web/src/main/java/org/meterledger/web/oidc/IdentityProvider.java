package org.meterledger.web.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.meterledger.user.ProvedIdentity;
import org.meterledger.user.ProviderSettings;
import org.meterledger.web.oidc.ProviderFault.Kind;

/** The identity provider, if one is set: the code flow with PKCE, state and nonce. */
@Named
@ApplicationScoped
public class IdentityProvider {

  /** Time to find the telephone for a second factor there. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Endpoints move rarely; keys are looked after by their own cache. */
  private static final Duration FRESH = Duration.ofHours(1);

  /** So that a provider that hangs does not take a thread from each who tries. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final ProviderSettings settings;
  private final Clock clock;
  private Provider found;
  private Instant askAgain = Instant.MIN;
  private ProviderFault failed;

  /** For the client proxy only. */
  protected IdentityProvider() {
    this(null, (ProviderSettings) null);
  }

  @Inject
  IdentityProvider(Clock clock) {
    this(clock, ProviderSettings.of(System.getenv()).orElse(null));
  }

  IdentityProvider(Clock clock, ProviderSettings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  public boolean isConfigured() {
    return settings != null;
  }

  /** As people call it. */
  public String getName() {
    return settings.name();
  }

  /** As it was set. */
  public ProviderSettings getSettings() {
    return settings;
  }

  /**
   * Somebody is about to go there.
   *
   * @param to where the person wants to go afterwards; null for the start page
   * @param linkTo account that is to be linked; null to sign in
   */
  public PendingSignIn begin(String to, Integer linkTo) {
    return PendingSignIn.begin(to, linkTo, clock.instant().plus(PATIENCE));
  }

  /** The provider's page to which the browser goes. */
  public URI page(PendingSignIn pending) throws ProviderFault {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE,
            new Scope(settings.scopes().toArray(String[]::new)),
            client(),
            settings.callback())
        .endpointURI(provider().metadata().getAuthorizationEndpointURI())
        .state(new State(pending.state()))
        .nonce(new Nonce(pending.nonce()))
        .codeChallenge(new CodeVerifier(pending.verifier()), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /**
   * What the browser brought back, proved.
   *
   * @param query of the callback's address
   */
  public ProvedIdentity complete(PendingSignIn pending, String query) throws ProviderFault {
    if (!clock.instant().isBefore(pending.until())) {
      throw new ProviderFault(Kind.LATE, "The browser came back too late");
    }
    var provider = provider();
    var code = code(pending, query, provider.metadata());
    var tokens = redeem(code, pending, provider.metadata());
    var proved = provider.proved(tokens.getIDToken(), client(), pending.nonce());
    return new Claims(proved, more(proved, tokens, provider.metadata())).identity(settings.claim());
  }

  private AuthorizationCode code(PendingSignIn pending, String query, OIDCProviderMetadata metadata)
      throws ProviderFault {
    AuthenticationResponse answer;
    try {
      answer = AuthenticationResponseParser.parse(URI.create(settings.callback() + "?" + query));
    } catch (ParseException | IllegalArgumentException e) {
      throw new ProviderFault(Kind.INVALID, "What came back is no answer: " + e.getMessage(), e);
    }
    if (!new State(pending.state()).equals(answer.getState())) {
      throw new ProviderFault(Kind.INVALID, "The answer is not to what was asked");
    }
    // RFC 9207: an answer of another provider must not be redeemed at this one
    boolean named = metadata.supportsAuthorizationResponseIssuerParam();
    if (named || answer.getIssuer() != null) {
      if (!metadata.getIssuer().equals(answer.getIssuer())) {
        throw new ProviderFault(Kind.INVALID, "The answer is of " + answer.getIssuer());
      }
    }
    if (!answer.indicatesSuccess()) {
      throw new ProviderFault(
          Kind.REFUSED, "The provider says " + answer.toErrorResponse().getErrorObject().getCode());
    }
    var code = answer.toSuccessResponse().getAuthorizationCode();
    if (code == null) {
      throw new ProviderFault(Kind.INVALID, "The answer has no code");
    }
    return code;
  }

  private OIDCTokens redeem(
      AuthorizationCode code, PendingSignIn pending, OIDCProviderMetadata metadata)
      throws ProviderFault {
    var grant =
        new AuthorizationCodeGrant(code, settings.callback(), new CodeVerifier(pending.verifier()));
    var request =
        settings.clientSecret() == null
            ? new TokenRequest.Builder(metadata.getTokenEndpointURI(), client(), grant).build()
            : new TokenRequest.Builder(
                    metadata.getTokenEndpointURI(), authentication(metadata), grant)
                .build();
    try {
      var answer = OIDCTokenResponseParser.parse(send(request.toHTTPRequest()));
      if (!answer.indicatesSuccess()) {
        throw new ProviderFault(
            Kind.INVALID,
            "The code is worth nothing: " + answer.toErrorResponse().getErrorObject().getCode());
      }
      var tokens = ((OIDCTokenResponse) answer).getOIDCTokens();
      if (tokens.getIDToken() == null) {
        throw new ProviderFault(Kind.INVALID, "There is no ID token for the code");
      }
      return tokens;
    } catch (ParseException e) {
      throw new ProviderFault(Kind.INVALID, "No tokens for the code: " + e.getMessage(), e);
    }
  }

  private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
    var methods = metadata.getTokenEndpointAuthMethods();
    var secret = new Secret(settings.clientSecret());
    return methods != null
            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        ? new ClientSecretPost(client(), secret)
        : new ClientSecretBasic(client(), secret);
  }

  /** Some providers keep the token small and tell the rest when asked with it. */
  private Map<String, Object> more(
      JWTClaimsSet proved, OIDCTokens tokens, OIDCProviderMetadata metadata) throws ProviderFault {
    if (Claims.in(proved.getClaims(), settings.claim()) != null
        || metadata.getUserInfoEndpointURI() == null
        || tokens.getAccessToken() == null) {
      return Map.of();
    }
    var request = new UserInfoRequest(metadata.getUserInfoEndpointURI(), tokens.getAccessToken());
    try {
      var answer = UserInfoResponse.parse(send(request.toHTTPRequest()));
      if (!answer.indicatesSuccess() || answer.toSuccessResponse().getUserInfo() == null) {
        throw new ProviderFault(Kind.INVALID, "The provider does not tell who came");
      }
      var told = answer.toSuccessResponse().getUserInfo();
      if (!told.getSubject().getValue().equals(proved.getSubject())) {
        throw new ProviderFault(Kind.INVALID, "The provider tells of somebody else");
      }
      return told.toJSONObject();
    } catch (ParseException e) {
      throw new ProviderFault(
          Kind.INVALID, "The provider does not tell who came: " + e.getMessage(), e);
    }
  }

  private static HTTPResponse send(HTTPRequest request) throws ProviderFault {
    Provider.bounded(request);
    try {
      return request.send();
    } catch (IOException e) {
      throw new ProviderFault(Kind.UNREACHABLE, request.getURI() + " does not answer", e);
    }
  }

  private synchronized Provider provider() throws ProviderFault {
    var now = clock.instant();
    if (now.isBefore(askAgain)) {
      return Optional.ofNullable(found).orElseThrow(() -> failed);
    }
    try {
      found = Provider.find(settings.issuer());
      askAgain = now.plus(FRESH);
    } catch (ProviderFault e) {
      failed = e;
      askAgain = now.plus(PAUSE);
      if (found == null) {
        throw e;
      }
    }
    return found;
  }

  private ClientID client() {
    return new ClientID(settings.clientId());
  }
}
