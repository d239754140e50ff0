package org.meterledger.web.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** What the provider tells of itself, and the keys by which it signs. */
final class Provider {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 5_000;
  private static final int LARGEST_KEYS = 1 << 20;
  private static final int CLOCK_SKEW_SECONDS = 60;

  /** By keys that only the provider has; never by the client's secret, or by nothing. */
  private static final Set<JWSAlgorithm> SIGNATURES =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OIDCProviderMetadata metadata;
  private final JWKSource<SecurityContext> keys;

  private Provider(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {
    this.metadata = metadata;
    this.keys = keys;
  }

  /** Asks it; what it tells must be of the issuer. */
  static Provider find(URI issuer) throws ProviderFault {
    try {
      var metadata = OIDCProviderMetadata.resolve(new Issuer(issuer), Provider::bounded);
      if (metadata.getJWKSetURI() == null
          || metadata.getTokenEndpointURI() == null
          || metadata.getAuthorizationEndpointURI() == null) {
        throw new ProviderFault(
            ProviderFault.Kind.INVALID, issuer + " names no endpoint for codes, tokens or keys");
      }
      // a key that is not known yet has them asked for anew, within limits
      var keys =
          JWKSourceBuilder.create(
                  metadata.getJWKSetURI().toURL(),
                  new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, LARGEST_KEYS))
              .refreshAheadCache(false)
              .retrying(true)
              .build();
      return new Provider(metadata, keys);
    } catch (IOException e) {
      throw new ProviderFault(ProviderFault.Kind.UNREACHABLE, issuer + " does not answer", e);
    } catch (GeneralException e) {
      throw new ProviderFault(
          ProviderFault.Kind.INVALID, issuer + " does not tell who it is: " + e.getMessage(), e);
    }
  }

  static void bounded(HTTPRequest request) {
    request.setConnectTimeout(CONNECT_MILLIS);
    request.setReadTimeout(READ_MILLIS);
    request.setFollowRedirects(false);
  }

  OIDCProviderMetadata metadata() {
    return metadata;
  }

  /** The claims of an ID token for this client that was asked for with the nonce. */
  JWTClaimsSet proved(JWT token, ClientID client, String nonce) throws ProviderFault {
    var processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(SIGNATURES, keys));
    processor.setJWTClaimsSetVerifier(
        new IDTokenClaimsVerifier(
            metadata.getIssuer(), client, new Nonce(nonce), CLOCK_SKEW_SECONDS));
    try {
      return processor.process(token, null);
    } catch (KeySourceException e) {
      throw new ProviderFault(
          ProviderFault.Kind.UNREACHABLE, "The provider's keys cannot be had", e);
    } catch (BadJOSEException | JOSEException e) {
      throw new ProviderFault(
          ProviderFault.Kind.INVALID, "The ID token proves nothing: " + e.getMessage(), e);
    }
  }
}
