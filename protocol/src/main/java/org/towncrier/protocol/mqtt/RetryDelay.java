package org.towncrier.protocol.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long each time, and never quite the same, so that
 * a town of nodes does not come back as one wave.
 */
final class RetryDelay {
  private final long firstMillis;
  private final long mostMillis;
  private final RandomGenerator random;
  private long next;

  RetryDelay(Duration first, Duration most, RandomGenerator random) {
    this.firstMillis = first.toMillis();
    this.mostMillis = most.toMillis();
    this.random = random;
    this.next = firstMillis;
  }

  /** Between half of the wait and the whole, milliseconds. */
  long nextMillis() {
    long whole = next;
    next = Math.min(next * 2, mostMillis);
    return whole - random.nextLong(whole / 2 + 1);
  }

  /** After a connection that lived. */
  void reset() {
    next = firstMillis;
  }
}
