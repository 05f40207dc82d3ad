package org.towncrier.console.audit;

/** Somebody who acts through something other than the pages. */
public interface Via {
  /** What the trail says they acted through, such as {@code token 3 (bus times)}. */
  String via();
}
