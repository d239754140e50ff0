package org.meterledger.web.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads the JSON bodies of all resources. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class JsonBodyReader implements MessageBodyReader<Object> {

  /** Bodies describe one thing; larger ones are not read to their end. */
  private static final int LARGEST = 64 * 1024;

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.getPackageName().startsWith("org.meterledger.");
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> httpHeaders,
      InputStream entityStream)
      throws IOException {
    var own = type.getAnnotation(LargestBody.class);
    int largest = own == null ? LARGEST : own.value();
    byte[] body = entityStream.readNBytes(largest + 1);
    if (body.length > largest) {
      throw new Refused(Problem.of(413, "A body has at most " + largest + " bytes"));
    }
    return JsonBody.read(type, new ByteArrayInputStream(body));
  }
}
