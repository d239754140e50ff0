package org.meterledger.web.api;

import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.meter.Meter;

/**
 * Downloads of any size. Each is of who may take things away, and leaves a line in the trail before
 * its first byte.
 */
@RequestScoped
public class Exports {

  private static final Logger LOG = System.getLogger(Exports.class.getName());

  @Inject private Access access;
  @Inject private Audit audit;
  @Inject private HttpServletRequest request;

  /** Writes the whole download; opens what it reads from itself, as it runs after the resource. */
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * What was asked for.
   *
   * @param query as it came; null where there was none
   */
  public record Asked(String path, String query, String format) {}

  /**
   * Of one meter.
   *
   * @param what the end of the name that a browser gives it, after the serial number
   * @throws AccessDenied when the caller may not take away what is archived of this meter
   */
  public Response csv(Meter meter, String what, Content content) {
    return csv(subject(meter), file(meter, what), content);
  }

  /** The same as JSON. */
  public Response json(Meter meter, String what, Content content) {
    return json(subject(meter), file(meter, what), content);
  }

  /**
   * Of many; whoever calls sees to it that the caller may take them away.
   *
   * @param subject what it is of, for the trail
   * @param file the name that a browser gives it
   */
  public Response csv(String subject, String file, Content content) {
    note(subject, "CSV");
    return response(Csv.CONTENT_TYPE, file + ".csv", content);
  }

  /** The same as JSON. */
  public Response json(String subject, String file, Content content) {
    note(subject, "JSON");
    return response("application/json", file + ".json", content);
  }

  /**
   * Of one meter as a file of another kind.
   *
   * @param name the end of the name that a browser gives it, with its extension
   * @param format for the trail, as {@code XML}
   */
  public Response file(Meter meter, String name, String format, String type, Content content) {
    note(subject(meter), format);
    return response(type, file(meter, name), content);
  }

  private String subject(Meter meter) {
    access.require(Permission.EXPORT, meter.getId(), meter.getSerialNumber());
    return meter.getSerialNumber();
  }

  private void note(String subject, String format) {
    var asked = new Asked(request.getRequestURI(), request.getQueryString(), format);
    audit.done(AuditAction.EXPORT, subject, null, asked);
  }

  private static String file(Meter meter, String what) {
    return meter.getSerialNumber().replace('/', '_') + "-" + what;
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
