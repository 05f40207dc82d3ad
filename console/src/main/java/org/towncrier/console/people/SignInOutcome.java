package org.towncrier.console.people;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/** What follows an attempt to sign in: the throttle learns of it, the person goes on. */
record SignInOutcome(SignInThrottle throttle) {
  /** Where the person wanted to go, kept over the sign-in. */
  AuthenticationSuccessHandler success() {
    SavedRequestAwareAuthenticationSuccessHandler onward =
        new SavedRequestAwareAuthenticationSuccessHandler();
    return (request, response, who) -> {
      throttle.succeeded(who.getName(), request.getRemoteAddr());
      onward.onAuthenticationSuccess(request, response, who);
    };
  }

  /** One answer for a wrong name, a wrong password and a disabled account. */
  AuthenticationFailureHandler failure() {
    return (request, response, why) -> {
      if (why instanceof AuthenticationServiceException) {
        throttle.succeeded(SignInThrottleFilter.username(request), request.getRemoteAddr());
        throw why; // Ours, not theirs: the error page with its reference.
      }
      String username = SignInThrottleFilter.username(request);
      request.getSession().setAttribute(SignInPages.TYPED, username);
      response.sendRedirect(request.getContextPath() + "/sign-in?wrong");
    };
  }
}
