package org.meterledger.driver;

/**
 * Speaks with gateways: what is asked of them besides reading the meters behind them. A {@link
 * MeterDriver} that has gateways is one too.
 */
public interface GatewayDriver {

  /** As written in {@code model.properties}. */
  String protocol();

  /** Does not call the gateway yet. */
  GatewaySession openGateway(Endpoint.Http endpoint);
}
