package org.towncrier.protocol;

/** An envelope that no trusted key signed, for this use and with these bytes. */
public final class UntrustedException extends Exception {
  private static final long serialVersionUID = 1L;

  UntrustedException(String message) {
    super(message);
  }
}
