package org.towncrier.console.people;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Lets a metrics collector, which cannot sign in, read {@code /actuator/prometheus} and nothing
 * else, by {@code Authorization: Bearer <towncrier.metrics-token>}. Without that setting nobody
 * comes in this way.
 */
record MetricsToken(String token) {
  /** Shorter ones can be guessed. */
  private static final int SHORTEST = 20;

  MetricsToken {
    if (!token.isEmpty() && token.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "towncrier.metrics-token must be " + SHORTEST + " characters or more");
    }
  }

  boolean allows(HttpServletRequest request) {
    String given = request.getHeader("Authorization");
    return !token.isEmpty()
        && given != null
        && request.getMethod().equals("GET")
        && request.getServletPath().equals("/actuator/prometheus")
        && MessageDigest.isEqual(
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8),
            given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "MetricsToken[secret]";
  }
}
