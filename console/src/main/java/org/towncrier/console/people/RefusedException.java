package org.towncrier.console.people;

/** What a person asked for is not allowed. The message is theirs to read and says what to do. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String field;

  RefusedException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The name of the form field at fault. */
  public String field() {
    return field;
  }

  /** The message: always there. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
