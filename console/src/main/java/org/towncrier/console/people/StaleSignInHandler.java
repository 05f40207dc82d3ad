package org.towncrier.console.people;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;

/**
 * A sign-in page left open over lunch has a form token of a session that is gone: show it anew
 * instead of an error. Everything else that is refused gets the 403 page.
 */
final class StaleSignInHandler implements AccessDeniedHandler {
  private final AccessDeniedHandler refused = new AccessDeniedHandlerImpl();

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
      throws IOException, ServletException {
    if (why instanceof CsrfException && request.getServletPath().equals("/sign-in")) {
      response.sendRedirect(request.getContextPath() + "/sign-in?stale");
    } else {
      refused.handle(request, response, why);
    }
  }
}
