package org.meterledger.web.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Something kept for each of those who came last, and for no more of them than was said. */
final class Recent<T> {

  private static final float USUAL_LOAD = 0.75f;

  private final Map<String, T> kept;

  Recent(int most) {
    kept =
        new LinkedHashMap<>(16, USUAL_LOAD, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > most;
          }
        };
  }

  /** What is kept under a key, made first where nothing is. */
  synchronized T get(String key, Supplier<T> first) {
    T value = kept.get(key);
    if (value == null) {
      value = first.get();
      kept.put(key, value);
    }
    return value;
  }
}
