package org.towncrier.protocol;

/** A payload that is not what its topic promises; the message names the field and says why. */
public final class MalformedPayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedPayloadException(String message, Throwable cause) {
    super(message, cause);
  }

  MalformedPayloadException(String message) {
    super(message);
  }
}
