package org.towncrier.broadcaster.contact;

/** A site's seed that cannot be used; the message says what to do. */
public final class SeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SeedException(String message) {
    super(message);
  }

  SeedException(String message, Throwable cause) {
    super(message, cause);
  }
}
