package org.towncrier.console.message;

/** A step that the rules do not allow; the message says why, for the person who tried. */
public final class NotAllowedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public NotAllowedException(String message) {
    super(message);
  }
}
