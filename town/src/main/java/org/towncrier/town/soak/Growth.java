package org.towncrier.town.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Tells a leak from what comes and goes, by footprints taken at the same point of each round: the
 * first third is for growing warm, and of the rest the last half may not hold more than the first.
 */
final class Growth {
  /**
   * What a heap may differ by: caches of the JVM and of libraries that fill late. Little: a hundred
   * bytes of each phone of a night must be seen before the month is over.
   */
  private static final long HEAP_SLACK = 256 << 10;

  private Growth() {}

  /** What leaks, worded for people; empty when nothing does. */
  static List<String> leaks(List<Footprint> rounds) {
    if (rounds.size() < 6) {
      throw new IllegalArgumentException("six rounds tell a leak, not " + rounds.size());
    }
    List<Footprint> warm = rounds.subList(rounds.size() / 3, rounds.size());
    List<Footprint> before = warm.subList(0, warm.size() / 2);
    List<Footprint> after = warm.subList(warm.size() - warm.size() / 2, warm.size());
    List<String> leaks = new ArrayList<>();
    // The least of several: what a round happens to hold on to for a while is no leak.
    long heap = least(after, Footprint::heap) - least(before, Footprint::heap);
    if (heap > HEAP_SLACK) {
      leaks.add("the heap grew by " + heap / 1024 + " KiB");
    }
    long threads = least(after, Footprint::threads) - least(before, Footprint::threads);
    if (threads > 0) {
      leaks.add(threads + " threads were left over");
    }
    long descriptors = least(after, Footprint::descriptors) - least(before, Footprint::descriptors);
    if (descriptors > 0) {
      leaks.add(descriptors + " descriptors were left open");
    }
    return leaks;
  }

  private static long least(List<Footprint> rounds, ToLongFunction<Footprint> figure) {
    return rounds.stream().mapToLong(figure).min().orElseThrow();
  }
}
