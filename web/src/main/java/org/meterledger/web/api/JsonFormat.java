package org.meterledger.web.api;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Unit;

/** How answers are written: OBIS codes and units as people write them, nothing for null. */
@Provider
public class JsonFormat implements ContextResolver<Jsonb> {

  private static final Jsonb JSONB =
      JsonbBuilder.create(new JsonbConfig().withAdapters(new ObisAdapter(), new UnitAdapter()));

  @Override
  public Jsonb getContext(Class<?> type) {
    return JSONB;
  }

  /** An answer with its own hash as entity tag; 304 to who has it already. */
  public static Response tagged(Object answer, Request request) {
    String json = JSONB.toJson(answer);
    var tag = new EntityTag(hash(json));
    var unchanged = request.evaluatePreconditions(tag);
    return (unchanged == null ? Response.ok(json) : unchanged).tag(tag).build();
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
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
