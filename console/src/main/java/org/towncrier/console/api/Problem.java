package org.towncrier.console.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error, as RFC 9457 has it. */
@Says("Why a request was refused or failed (RFC 9457)")
record Problem(
    @Says("Always about:blank: the status says what kind it is") String type,
    @Says("The status in words") String title,
    @Says("The HTTP status") int status,
    @Says("What is wrong and what to do, for a person to read") String detail,
    @Says("Each thing that is wrong with what was sent; empty when it is none of them")
        List<Wrong> errors,
    @Says("Names a failure of the console's own in its log") @Nullable String reference) {
  static final String MEDIA_TYPE = "application/problem+json";

  /** One thing that is wrong. */
  @Says("One thing that is wrong with what was sent")
  record Wrong(
      @Says("The field or parameter, such as contact.name or messages[2].text") String field,
      @Says("What is wrong with it, for a person to read") String message) {}

  Problem {
    errors = List.copyOf(errors);
  }

  static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail, List.of(), null);
  }
}
