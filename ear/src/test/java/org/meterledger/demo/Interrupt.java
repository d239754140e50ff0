package org.meterledger.demo;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Turns Ctrl-C into an interruption of one thread. Shutdown hooks would not do: they run at the
 * same time, so that the database's own hook would take it away from the running server. The signal
 * API of the JDK has no public name, hence the reflection.
 */
final class Interrupt {

  private Interrupt() {}

  static void of(Thread thread) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Method handle = signal.getMethod("handle", signal, handlerType);
    Object handler =
        Proxy.newProxyInstance(
            Interrupt.class.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> {
              thread.interrupt();
              return null;
            });
    for (String name : List.of("INT", "TERM")) {
      handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    }
  }
}
