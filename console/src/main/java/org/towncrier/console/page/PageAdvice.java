package org.towncrier.console.page;

import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.towncrier.console.ConsoleSettings;

/** Tells every page whether this is a demonstration, so that it can say so. */
@ControllerAdvice
class PageAdvice {
  private final boolean demo;

  PageAdvice(ConsoleSettings settings) {
    this.demo = settings.demo();
  }

  @ModelAttribute("demo")
  boolean demo() {
    return demo;
  }
}
