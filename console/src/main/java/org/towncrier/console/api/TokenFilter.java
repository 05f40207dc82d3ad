package org.towncrier.console.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.towncrier.console.token.Caller;
import org.towncrier.console.token.Tokens;

/**
 * Lets a request in by its token, for this one request: who the token's person is and what they may
 * do is read anew each time.
 */
final class TokenFilter extends OncePerRequestFilter {
  /** As the form for campaign files takes; pictures are in text a third larger. */
  static final long LARGEST_BODY = 9_000_000;

  /** Wrong tokens from one address; nobody guesses 256 bits, but nobody needs to try either. */
  private static final int WRONG = 30;

  private static final String BEARER = "Bearer ";

  private final Tokens tokens;
  private final ProblemWriter problems;
  private final Quota requests;
  private final Quota wrong;

  TokenFilter(Tokens tokens, ProblemWriter problems, int perMinute, InstantSource clock) {
    this.tokens = tokens;
    this.problems = problems;
    this.requests = new Quota(perMinute, Duration.ofMinutes(1), clock);
    this.wrong = new Quota(WRONG, Duration.ofMinutes(15), clock);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    @Nullable String token = token(request);
    if (token != null) {
      String address = request.getRemoteAddr();
      // First of all: a program with a dead token must not keep its neighbours out.
      Optional<Caller> caller = tokens.caller(token);
      if (caller.isEmpty()) {
        if (!wrong.take(address)) {
          tooMany(response, wrong.secondsLeft(address), "Too many wrong tokens from this address.");
          return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        problems.write(
            response,
            401,
            "This token lets nobody in: it is wrong, revoked or over, or its person is disabled.");
        return;
      }
      String key = String.valueOf(caller.get().token().id());
      if (!requests.take(key)) {
        tooMany(response, requests.secondsLeft(key), "Too many requests with this token.");
        return;
      }
      let(caller.get());
    }
    if (!isMeasured(request, response)) {
      return;
    }
    chain.doFilter(request, response);
  }

  private static @Nullable String token(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : null;
  }

  private static void let(Caller caller) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    PreAuthenticatedAuthenticationToken in =
        new PreAuthenticatedAuthenticationToken(caller, "", List.of());
    in.setAuthenticated(true);
    context.setAuthentication(in);
    SecurityContextHolder.setContext(context);
  }

  /** Nobody fills the memory: a body says beforehand how long it is. */
  private boolean isMeasured(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
      problems.write(response, 411, "Say how long the body is (Content-Length).");
      return false;
    }
    if (request.getContentLengthLong() > LARGEST_BODY) {
      problems.write(response, 413, "A body has %,d bytes at most.".formatted(LARGEST_BODY));
      return false;
    }
    return true;
  }

  private void tooMany(HttpServletResponse response, long seconds, String words)
      throws IOException {
    response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, seconds)));
    problems.write(
        response, 429, "%s Try again in %d seconds.".formatted(words, Math.max(1, seconds)));
  }
}
