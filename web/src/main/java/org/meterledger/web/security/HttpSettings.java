package org.meterledger.web.security;

import java.util.Map;

/**
 * What the environment says of how browsers and programs reach the portal.
 *
 * @param behindProxy whether a proxy in front tells address and scheme of a caller
 * @param httpsOnly whether plain HTTP only leads to HTTPS
 * @param httpsPort as callers see it; 443 behind a proxy
 * @param accountRate requests a minute that one account, or one of its tokens, may make
 * @param addressRate requests a minute from one address
 */
record HttpSettings(
    boolean behindProxy, boolean httpsOnly, int httpsPort, int accountRate, int addressRate) {

  private static final int HTTPS = 443;

  /** The variables are checked before the server starts. */
  static HttpSettings of(Map<String, String> environment) {
    boolean proxy = Boolean.parseBoolean(environment.get("METERLEDGER_BEHIND_PROXY"));
    boolean keystore = !environment.getOrDefault("METERLEDGER_TLS_KEYSTORE", "").isBlank();
    return new HttpSettings(
        proxy,
        Boolean.parseBoolean(
            environment.getOrDefault("METERLEDGER_HTTPS_ONLY", Boolean.toString(keystore))),
        proxy ? HTTPS : number(environment, "METERLEDGER_HTTPS_PORT", 8443),
        number(environment, "METERLEDGER_RATE_ACCOUNT", 6_000),
        number(environment, "METERLEDGER_RATE_ADDRESS", 12_000));
  }

  private static int number(Map<String, String> environment, String variable, int otherwise) {
    String text = environment.getOrDefault(variable, "");
    return text.isBlank() ? otherwise : Integer.parseInt(text.strip());
  }

  /** The same site by HTTPS. */
  String https(String host) {
    String name = host.replaceFirst(":[0-9]*$", "");
    return "https://" + (httpsPort == HTTPS ? name : name + ":" + httpsPort);
  }
}
