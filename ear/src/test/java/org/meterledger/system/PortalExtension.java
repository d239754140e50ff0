package org.meterledger.system;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Portal} of the JVM. */
final class PortalExtension implements ParameterResolver {

  private static Portal portal;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Portal.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return portal();
  }

  private static synchronized Portal portal() {
    if (portal == null) {
      try {
        portal = new Portal();
      } catch (Exception e) {
        throw new IllegalStateException("The portal did not start", e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(portal::close));
    }
    return portal;
  }
}
