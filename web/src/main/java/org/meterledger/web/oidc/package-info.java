/**
 * Speaks OpenID Connect with the identity provider: the code flow with PKCE. What an identity may
 * do here is decided in {@code user}; sessions and pages are those of {@code security}.
 */
package org.meterledger.web.oidc;
