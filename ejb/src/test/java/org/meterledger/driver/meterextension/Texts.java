package org.meterledger.driver.meterextension;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a box answers, as tests write it down. */
final class Texts {

  private Texts() {}

  static List<HeardMeter> meters(String answer) {
    return MeterReadingJson.meters(
            BoxAnswer.parse(answer.getBytes(StandardCharsets.UTF_8)).orElseThrow())
        .orElseThrow();
  }

  static HeardMeter meter(String data) {
    return meters("{\"meter\":[{\"meterid\":\"1\",\"data\":[" + data + "]}]}").get(0);
  }

  static HeardMeter register(String obis, String scale, String unit, String val, String at) {
    return meter(
        """
        {"OBIS":"%s","scale":"%s","unit":"%s","entry":[{"val":"%s","ts":"%s"}]}"""
            .formatted(obis, scale, unit, val, at));
  }
}
