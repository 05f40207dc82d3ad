package org.towncrier.console.page;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page whether this is a demonstration, so that it can say so. */
@ControllerAdvice
class PageAdvice {
  private final boolean demo;

  PageAdvice(@Value("${towncrier.demo:false}") boolean demo) {
    this.demo = demo;
  }

  @ModelAttribute("demo")
  boolean demo() {
    return demo;
  }
}
