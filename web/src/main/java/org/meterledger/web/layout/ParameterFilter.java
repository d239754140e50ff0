package org.meterledger.web.layout;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.meterledger.web.api.Characters;

/**
 * No page is asked for with characters that no text has. What forms bring is said at the field, by
 * {@link CharactersValidator}.
 */
public class ParameterFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean sound =
        request.getMethod().equals("POST")
            || request.getParameterMap().values().stream()
                .flatMap(Arrays::stream)
                .allMatch(Characters::sound);
    if (sound) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }
}
