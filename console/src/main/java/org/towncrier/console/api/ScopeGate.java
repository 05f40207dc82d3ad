package org.towncrier.console.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.towncrier.console.token.Caller;
import org.towncrier.console.token.Scope;
import org.towncrier.console.token.Tokens;

/**
 * Lets a caller through to a method for which the token has the scope and its person, today, the
 * role. A method that names no scope is shut.
 */
@Component
class ScopeGate implements HandlerInterceptor {
  private final Tokens tokens;

  ScopeGate(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (HttpMethod.OPTIONS.matches(request.getMethod())) {
      return true; // Spring's own answer: which methods there are.
    }
    if (!(handler instanceof HandlerMethod method)) {
      return true; // Nothing of ours: it ends as "not found".
    }
    @Nullable Endpoint endpoint = method.getMethodAnnotation(Endpoint.class);
    if (endpoint == null) {
      throw new AccessDeniedException("No program may do this.");
    }
    for (Scope scope : endpoint.scope()) {
      admit(scope, response);
    }
    return true;
  }

  private void admit(Scope scope, HttpServletResponse response) {
    Authentication now = SecurityContextHolder.getContext().getAuthentication();
    if (now == null || !(now.getPrincipal() instanceof Caller caller)) {
      throw new AccessDeniedException("No program may do this without a token.");
    }
    if (!caller.has(scope)) {
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE,
          "Bearer error=\"insufficient_scope\", scope=\"%s\"".formatted(scope.id()));
      throw new AccessDeniedException(
          "This needs a token with the scope %s; “%s” does not have it."
              .formatted(scope.id(), caller.token().name()));
    }
    if (!tokens.offered().contains(scope)) {
      throw new AccessDeniedException(
          "Programs approve nothing here: towncrier.api.approvals is off. Somebody approves it in"
              + " the console.");
    }
    if (!scope.isAllowedTo(caller.person())) {
      throw new AccessDeniedException(
          "%s, for whom this token acts, does not have the role it needs: %s."
              .formatted(caller.person().displayName(), scope.roleTitles()));
    }
  }
}
