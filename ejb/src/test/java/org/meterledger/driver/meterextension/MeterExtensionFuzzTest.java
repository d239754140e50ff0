package org.meterledger.driver.meterextension;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HashSet;

/**
 * Whatever bytes come, the parsers give a value. An ordinary test run tries the seeds beside this
 * class; {@code JAZZER_FUZZ=1 mvn -pl ejb -am test -Dtest=MeterExtensionFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false} searches on from them.
 */
class MeterExtensionFuzzTest {

  @FuzzTest(maxDuration = "80s")
  void answers(byte[] body) {
    BoxAnswer.utf8(body)
        .flatMap(IpInfo::parse)
        .ifPresent(told -> assertThat(told.toString()).doesNotContain("\u0000"));
    BoxAnswer.parse(body)
        .flatMap(MeterReadingJson::meters)
        .ifPresent(
            meters ->
                meters.forEach(
                    meter -> {
                      var seen = new HashSet<>();
                      assertThat(meter.meterId()).hasSizeLessThan(41).doesNotContain("\u0000");
                      for (var each : meter.values()) {
                        assertThat(seen.add(each.obis())).isTrue();
                        assertThat(each.quantity().value().precision()).isLessThan(28);
                        assertThat(each.quantity().value().toPlainString()).hasSizeLessThan(40);
                      }
                      assertThat(meter.texts().toString()).doesNotContain("\u0000");
                    }));
  }
}
