package org.meterledger.web.api;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/** Reads numbers and truth values of queries, and says which parameter is none. */
@Provider
public class ParameterTypes implements ParamConverterProvider {

  @Override
  @SuppressWarnings("unchecked") // the raw type decides
  public <T> ParamConverter<T> getConverter(
      Class<T> rawType, Type genericType, Annotation[] annotations) {
    String name =
        Arrays.stream(annotations)
            .filter(QueryParam.class::isInstance)
            .map(annotation -> ((QueryParam) annotation).value())
            .findFirst()
            .orElse(null);
    if (name == null) {
      return null;
    }
    if (rawType == int.class || rawType == Integer.class) {
      return (ParamConverter<T>) new WholeNumber(name);
    }
    if (rawType == boolean.class || rawType == Boolean.class) {
      return (ParamConverter<T>) new Truth(name);
    }
    return rawType.isEnum()
        ? (ParamConverter<T>) new Choice(name, List.of((Enum<?>[]) rawType.getEnumConstants()))
        : null;
  }

  private record WholeNumber(String name) implements ParamConverter<Integer> {
    @Override
    public Integer fromString(String text) {
      try {
        return Integer.valueOf(text);
      } catch (NumberFormatException e) {
        throw new BadParameter(name, "must be a whole number");
      }
    }

    @Override
    public String toString(Integer value) {
      return String.valueOf(value);
    }
  }

  private record Choice(String name, List<Enum<?>> choices) implements ParamConverter<Enum<?>> {
    @Override
    public Enum<?> fromString(String text) {
      return choices.stream()
          .filter(choice -> choice.name().equals(text))
          .findFirst()
          .orElseThrow(() -> new BadParameter(name, "must be one of " + choices));
    }

    @Override
    public String toString(Enum<?> value) {
      return value.name();
    }
  }

  private record Truth(String name) implements ParamConverter<Boolean> {
    @Override
    public Boolean fromString(String text) {
      if (!text.equals("true") && !text.equals("false")) {
        throw new BadParameter(name, "must be true or false");
      }
      return Boolean.valueOf(text);
    }

    @Override
    public String toString(Boolean value) {
      return String.valueOf(value);
    }
  }
}
