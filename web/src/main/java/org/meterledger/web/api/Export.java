package org.meterledger.web.api;

import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A download of any size. */
public final class Export {

  private static final Logger LOG = System.getLogger(Export.class.getName());

  private Export() {}

  /** Writes the whole download; opens what it reads from itself, as it runs after the resource. */
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * @param file the name that a browser gives it
   */
  public static Response csv(String file, Content content) {
    return response(Csv.CONTENT_TYPE, file + ".csv", content);
  }

  public static Response json(String file, Content content) {
    return response("application/json", file + ".json", content);
  }

  private static Response response(String type, String file, Content content) {
    StreamingOutput body = out -> write(content, out);
    return Response.ok(body)
        .type(type)
        // in chunks also for who asks to close: without, a break would look like the end
        .header("Transfer-Encoding", "chunked")
        .header("Content-Disposition", "attachment; filename=\"" + file + "\"")
        .build();
  }

  private static void write(Content content, OutputStream out) throws IOException {
    try {
      content.write(out);
    } catch (IOException | RuntimeException e) {
      var request = ServletRequestContext.requireCurrent();
      if (request.getServletResponse().isCommitted()) {
        LOG.log(Level.WARNING, "An export broke off", e);
        // RESTEasy and the container would end the answer as if it were whole
        request.getExchange().getConnection().close();
      }
      throw e;
    }
  }
}
