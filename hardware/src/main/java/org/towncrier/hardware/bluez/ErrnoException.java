package org.towncrier.hardware.bluez;

import java.io.IOException;

/** A call of the kernel's that failed. No address is ever in its message. */
public final class ErrnoException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int number;

  /**
   * @param attempt what was tried, such as {@code "connect to the phone"}
   * @param number the error number
   */
  ErrnoException(String attempt, int number) {
    super("Could not " + attempt + ": " + Errno.of(number).words() + " [" + number + "]");
    this.number = number;
  }

  Errno errno() {
    return Errno.of(number);
  }
}
