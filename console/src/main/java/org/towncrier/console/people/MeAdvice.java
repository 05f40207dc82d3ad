package org.towncrier.console.people;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page who reads it: it offers only what that person may do. */
@ControllerAdvice
class MeAdvice {
  @ModelAttribute("me")
  @Nullable SignedIn me(@AuthenticationPrincipal @Nullable SignedIn me) {
    return me;
  }
}
