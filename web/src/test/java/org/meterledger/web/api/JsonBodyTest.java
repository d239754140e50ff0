package org.meterledger.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.meter.Meter;
import org.meterledger.meter.MeterDetails;
import org.meterledger.web.api.Problem.FieldError;
import org.meterledger.web.operation.OperationBody;

class JsonBodyTest {

  /** One field of each kind. */
  public record Sample(String text, Integer number, Boolean yes, Instant at, Meter.State state) {}

  private static <T> T read(Class<T> type, String json) {
    return JsonBody.read(
        type, new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private static List<FieldError> errors(Class<?> type, String json) {
    return catchThrowableOfType(Refused.class, () -> read(type, json)).problem().errors();
  }

  @Test
  void fillsARecord() {
    var sample =
        read(
            Sample.class,
            "{'text':'ä','number':7,'yes':true,'at':'2026-11-21T09:00:00+01:00','state':'PAUSED'}");

    assertThat(sample)
        .isEqualTo(
            new Sample("ä", 7, true, Instant.parse("2026-11-21T08:00:00Z"), Meter.State.PAUSED));
  }

  @Test
  void aStepOfABundleHasSettingsWithRows() {
    var body =
        read(
            OperationBody.class,
            "{'meter':'1','steps':[{'kind':'K','parameters':{'after':{'rows':[{'a':1}]}}}]}");

    var after = body.steps().get(0).parameters().getJsonObject("after");
    assertThat(after.getJsonArray("rows").getJsonObject(0).getInt("a")).isEqualTo(1);
  }

  @Test
  void whatIsNotGivenIsNull() {
    assertThat(read(Sample.class, "{'text':null}"))
        .isEqualTo(new Sample(null, null, null, null, null));
  }

  @Test
  void fillsABeanAndKeepsItsDefaults() {
    var details = read(MeterDetails.class, "{'serialNumber':'7','watched':true}");

    assertThat(details.getSerialNumber()).isEqualTo("7");
    assertThat(details.isWatched()).isTrue();
    assertThat(details.getClockLimitSeconds()).isEqualTo(60);
    assertThat(details.getLabels()).isEmpty();
  }

  @Test
  void aSetIsAnArrayOfSingleValues() {
    assertThat(read(MeterDetails.class, "{'labels':['b',' a ','b']}").getLabels())
        .containsExactly("a", "b");
    assertThat(errors(MeterDetails.class, "{'labels':['a',7,null,['b']]}"))
        .extracting(FieldError::field, FieldError::rule)
        .containsExactly(
            tuple("labels[1]", "type"), tuple("labels[2]", "type"), tuple("labels[3]", "type"));
    assertThat(errors(MeterDetails.class, "{'labels':'a'}"))
        .containsExactly(new FieldError("labels", "type", "must be an array"));
  }

  /** A record with records in it. */
  public record Many(List<Sample> samples) {}

  @Test
  void aListHoldsRecords() {
    assertThat(read(Many.class, "{'samples':[{'text':'a'},{'number':1}]}").samples())
        .extracting(Sample::text, Sample::number)
        .containsExactly(tuple("a", null), tuple(null, 1));
    assertThat(errors(Many.class, "{'samples':[{'text':'a'},{'number':'1','nr':2},3]}"))
        .extracting(FieldError::field, FieldError::rule)
        .containsExactlyInAnyOrder(
            tuple("samples[1].number", "type"),
            tuple("samples[1].nr", "unknown"),
            tuple("samples[2]", "type"));
    assertThat(errors(Many.class, "{'samples':[{'text':'a','text':'b'}]}"))
        .extracting(FieldError::field, FieldError::rule)
        .containsExactly(tuple("samples[0].text", "repeated"));
  }

  @Test
  void tellsEverythingThatDoesNotFitAtOnce() {
    assertThat(
            errors(
                Sample.class,
                "{'txt':'a','text':1,'number':'7','yes':1,'at':'yesterday','state':'LOST'}"))
        .extracting(FieldError::field, FieldError::rule)
        .containsExactlyInAnyOrder(
            tuple("txt", "unknown"),
            tuple("text", "type"),
            tuple("number", "type"),
            tuple("yes", "type"),
            tuple("at", "type"),
            tuple("state", "type"));
  }

  @ParameterizedTest
  @CsvSource({"1.5", "4294967296", "'\"7\"'", "[7]"})
  void aWholeNumberIsNothingElse(String value) {
    assertThat(errors(Sample.class, "{'number':" + value + "}"))
        .extracting(FieldError::field)
        .containsExactly("number");
  }

  @Test
  void aPrimitiveHasNoNull() {
    assertThat(errors(MeterDetails.class, "{'watched':null}"))
        .extracting(FieldError::field)
        .containsExactly("watched");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "7", "{'text':'a'} x", "\u0000"})
  void takesWellFormedObjectsOnly(String json) {
    assertThat(errors(Sample.class, json)).extracting(FieldError::field).containsExactly("");
  }

  @Test
  void aFieldComesOnce() {
    assertThat(errors(Sample.class, "{'text':'a','text':'b'}"))
        .containsExactly(new FieldError("text", "repeated", "is given twice"));
  }

  @Test
  void depthIsNotFollowed() {
    for (String opening : new String[] {"[", "{'text':", "[{'text':"}) {
      assertThat(errors(Sample.class, "{'text':" + opening.repeat(30_000)))
          .extracting(FieldError::field, FieldError::rule)
          .containsExactly(tuple("text", "depth"));
    }
  }
}
