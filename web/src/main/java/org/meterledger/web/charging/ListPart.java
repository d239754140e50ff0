package org.meterledger.web.charging;

import jakarta.json.stream.JsonGenerator;
import java.util.List;

/**
 * Which part of a list is written, as in {@link org.meterledger.web.api.Page}.
 *
 * @param first number of the first one, from 0
 * @param max asked for
 * @param total of the whole list
 */
record ListPart(int first, int max, long total) {

  void write(JsonGenerator json) {
    json.write("first", first).write("max", max).write("total", total);
  }

  <T> List<T> of(List<T> all) {
    int begin = Math.min(first, all.size());
    return all.subList(begin, begin + Math.min(max, all.size() - begin));
  }
}
