package org.towncrier.console.people;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whoever has a second factor reads nothing before they have shown it. A session without the mark
 * of it is held back, so a mistake elsewhere shuts rather than opens.
 */
final class SecondFactorFilter extends OncePerRequestFilter {
  /** Session attribute: set once the code was right. */
  static final String SHOWN = SecondFactorFilter.class.getName() + ".shown";

  private static final Set<String> OPEN = Set.of("/second-factor", "/sign-out");

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getServletPath().startsWith("/assets/")
        || OPEN.contains(request.getServletPath());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    HttpSession session = request.getSession(false);
    if (who != null
        && who.getPrincipal() instanceof SignedIn signedIn
        && signedIn.hasSecondFactor()
        && (session == null || session.getAttribute(SHOWN) == null)) {
      response.sendRedirect(request.getContextPath() + "/second-factor");
      return;
    }
    chain.doFilter(request, response);
  }
}
