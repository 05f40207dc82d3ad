package org.towncrier.console.people;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns attempts away before their password is looked at. */
final class SignInThrottleFilter extends OncePerRequestFilter {
  private final SignInThrottle throttle;

  SignInThrottleFilter(SignInThrottle throttle) {
    this.throttle = throttle;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getMethod().equals("POST")
        && request.getServletPath().equals("/sign-in")
        && !throttle.admits(username(request), request.getRemoteAddr())) {
      request.getSession().setAttribute(SignInPages.TYPED, username(request));
      response.sendRedirect(request.getContextPath() + "/sign-in?throttled");
      return;
    }
    chain.doFilter(request, response);
  }

  static String username(HttpServletRequest request) {
    String typed = request.getParameter("username");
    return typed == null ? "" : typed;
  }
}
