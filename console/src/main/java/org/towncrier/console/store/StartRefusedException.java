package org.towncrier.console.store;

import org.jspecify.annotations.Nullable;

/** Why the console will not start, and what the person at the machine can do about it. */
public final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String reason;
  private final String action;

  /**
   * Says both.
   *
   * @param reason a sentence
   * @param action a sentence that names the setting
   */
  public StartRefusedException(String reason, String action, @Nullable Throwable cause) {
    super(reason + " " + action, cause);
    this.reason = reason;
    this.action = action;
  }

  /** What is wrong. */
  public String reason() {
    return reason;
  }

  /** What to do. */
  public String action() {
    return action;
  }
}
