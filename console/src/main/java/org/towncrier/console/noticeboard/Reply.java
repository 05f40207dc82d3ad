package org.towncrier.console.noticeboard;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a visitor gets.
 *
 * @param cacheControl how long it may be shown again without asking
 * @param headers beside those that every reply has
 */
record Reply(
    int status, String type, byte[] body, String cacheControl, Map<String, String> headers) {
  /** With {@link Boards}' few seconds, what ended is gone within a minute. */
  static final int FRESH_SECONDS = 20;

  private static final String FRESH = "public, max-age=" + FRESH_SECONDS + ", must-revalidate";

  /** On every reply, also those of requests that could not be read. */
  static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
              + " form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=()",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          // A search engine's copy would outlive the message.
          "X-Robots-Tag",
          "noindex, noarchive");

  static Reply page(int status, String html) {
    return new Reply(
        status,
        "text/html;charset=utf-8",
        html.getBytes(StandardCharsets.UTF_8),
        FRESH,
        Map.of("Content-Language", "en-GB"));
  }

  static Reply file(String type, byte[] body, Map<String, String> headers) {
    return new Reply(200, type, body, FRESH, headers);
  }

  /** Style and icon: they say nothing of any message. */
  static Reply fixed(String type, byte[] body) {
    return new Reply(200, type, body, "public, max-age=3600", Map.of());
  }

  /** Where no page can be made. */
  static Reply plain(int status, String words, Map<String, String> headers) {
    return new Reply(
        status,
        "text/plain;charset=utf-8",
        (words + "\n").getBytes(StandardCharsets.UTF_8),
        "no-store",
        headers);
  }
}
