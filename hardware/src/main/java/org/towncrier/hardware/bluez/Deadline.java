package org.towncrier.hardware.bluez;

import java.time.Duration;

/** When to stop waiting: a moment on the monotonic clock, or never. */
final class Deadline {
  static final Deadline NEVER = new Deadline(0, true);

  private final long at;
  private final boolean never;

  private Deadline(long at, boolean never) {
    this.at = at;
    this.never = never;
  }

  static Deadline in(Duration length) {
    return new Deadline(System.nanoTime() + length.toNanos(), false);
  }

  /** The earlier of this and another that ends so much from now. */
  Deadline butNoLaterThan(Duration length) {
    Deadline other = in(length);
    return never || at - other.at > 0 ? other : this;
  }

  boolean passed() {
    return !never && at - System.nanoTime() <= 0;
  }

  /**
   * What is left, for {@code poll}: rounded up, so that none is left before it passed; -1 for ever.
   */
  int pollMillis() {
    if (never) {
      return -1;
    }
    long left = at - System.nanoTime();
    return left <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
  }
}
