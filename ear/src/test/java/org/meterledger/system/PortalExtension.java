package org.meterledger.system;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Portal} of the JVM. */
final class PortalExtension implements ParameterResolver {

  private static Portal portal;
  private static IllegalStateException failure;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Portal.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return portal();
  }

  private static synchronized Portal portal() {
    if (failure != null) {
      throw failure; // it is not tried again for each test that wants it
    }
    if (portal == null) {
      try {
        portal = new Portal();
      } catch (Exception | AssertionError e) {
        failure = new IllegalStateException("The portal did not start", e);
        throw failure;
      }
      Runtime.getRuntime().addShutdownHook(new Thread(portal::close));
    }
    return portal;
  }
}
