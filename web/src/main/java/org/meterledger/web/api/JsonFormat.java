package org.meterledger.web.api;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Unit;

/** How answers are written: OBIS codes and units as people write them, nothing for null. */
@Provider
public class JsonFormat implements ContextResolver<Jsonb> {

  private final Jsonb jsonb = create();

  static Jsonb create() {
    return JsonbBuilder.create(
        new JsonbConfig().withAdapters(new ObisAdapter(), new UnitAdapter()));
  }

  @Override
  public Jsonb getContext(Class<?> type) {
    return jsonb;
  }

  /** An OBIS code as A-B:C.D.E*F. */
  public static final class ObisAdapter implements JsonbAdapter<ObisCode, String> {
    @Override
    public String adaptToJson(ObisCode code) {
      return code.toString();
    }

    @Override
    public ObisCode adaptFromJson(String text) {
      return ObisCode.of(text);
    }
  }

  /** A unit as its symbol. */
  public static final class UnitAdapter implements JsonbAdapter<Unit, String> {
    @Override
    public String adaptToJson(Unit unit) {
      return unit.symbol();
    }

    @Override
    public Unit adaptFromJson(String symbol) {
      return Unit.ofSymbol(symbol);
    }
  }
}
