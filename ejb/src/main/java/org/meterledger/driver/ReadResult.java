package org.meterledger.driver;

import java.util.function.Function;

/** Outcome of one read. A driver returns it; a driver does not throw for a silent meter. */
public sealed interface ReadResult<T> {

  /** All that was asked for. */
  record Complete<T>(T value) implements ReadResult<T> {}

  /** Some of it arrived; keep it, and ask again for the rest. */
  record Partial<T>(T value, Fault fault) implements ReadResult<T> {}

  /** Nothing that can be kept. */
  record Failed<T>(Fault fault) implements ReadResult<T> {}

  /** Callers must give all three cases; Java 17 has no pattern switch to check that for them. */
  default <R> R fold(
      Function<? super Complete<T>, ? extends R> complete,
      Function<? super Partial<T>, ? extends R> partial,
      Function<? super Failed<T>, ? extends R> failed) {
    if (this instanceof Complete<T> c) {
      return complete.apply(c);
    }
    if (this instanceof Partial<T> p) {
      return partial.apply(p);
    }
    return failed.apply((Failed<T>) this);
  }

  static <T> ReadResult<T> complete(T value) {
    return new Complete<>(value);
  }

  static <T> ReadResult<T> failed(Fault.Kind kind, String detail) {
    return new Failed<>(new Fault(kind, detail));
  }
}
