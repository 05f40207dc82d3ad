package org.towncrier.town.air;

/**
 * Chance that depends on what is drawn, not on when: the same phone's third page fails or succeeds
 * alike whoever makes it, so that policies are compared on the very same street.
 */
final class Chance {
  private final long seed;

  Chance(long seed) {
    this.seed = seed;
  }

  /** Of what is drawn. */
  enum Draw {
    SCAN_PHASE,
    BACKOFF,
    ANSWER_LOST,
    TRAIN_OF_PAIR,
    FIRST_TRAIN,
    HEARD_FIRST,
    STRENGTH,
    PAGE_LOST,
    PAGE_TIME,
    WRONG_TRAIN,
    SET_UP,
    SDP,
    OBEX,
    BREAK
  }

  /** From 0 to 1, even; the same for the same keys. */
  double of(Draw what, long a, long b, long c) {
    long mixed = mix(seed + what.ordinal());
    mixed = mix(mixed ^ a);
    mixed = mix(mixed ^ b);
    mixed = mix(mixed ^ c);
    return (mixed >>> 11) * 0x1p-53;
  }

  /** Even between two bounds. */
  double between(double from, double to, Draw what, long a, long b) {
    return from + (to - from) * of(what, a, b, 0);
  }

  /** SplitMix64's finalizer (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
