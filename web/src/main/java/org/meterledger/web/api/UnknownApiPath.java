package org.meterledger.web.api;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Paths below {@code /api} that belong to no version; those of {@code /api/v1} go to JAX-RS. */
@WebServlet("/api/*")
public class UnknownApiPath extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problem.of(404, "There is nothing at this address; the API begins at /api/v1")
        .write(request, response);
  }
}
