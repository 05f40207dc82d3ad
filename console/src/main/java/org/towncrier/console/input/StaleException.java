package org.towncrier.console.input;

/** Somebody has changed it since it was read. Nothing was changed; the message says what to do. */
public final class StaleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was changed. */
  public StaleException(String message) {
    super(message);
  }
}
