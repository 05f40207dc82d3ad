package org.towncrier.console.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many in a span of time, for each of many keys. Nobody waits in a thread. Kept in memory: a
 * restart forgives.
 */
final class Quota {
  /** Beyond it the oldest is forgotten. */
  private static final int MOST_KEYS = 10_000;

  private final int most;
  private final Duration span;
  private final InstantSource clock;
  private final Map<String, Spent> spent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Spent> eldest) {
          return size() > MOST_KEYS;
        }
      };

  Quota(int most, Duration span, InstantSource clock) {
    this.most = most;
    this.span = span;
    this.clock = clock;
  }

  /** Takes one, unless there is none left. */
  synchronized boolean take(String key) {
    if (isSpent(key)) {
      return false;
    }
    Instant now = clock.instant();
    spent.compute(
        key,
        (k, had) ->
            had == null || had.isOver(now, span)
                ? new Spent(1, now)
                : new Spent(had.count() + 1, had.since()));
    return true;
  }

  /** Whether there is none left. */
  synchronized boolean isSpent(String key) {
    Spent had = spent.get(key);
    return had != null && !had.isOver(clock.instant(), span) && had.count() >= most;
  }

  /** Seconds until there are some again; 0 when there are now. */
  synchronized long secondsLeft(String key) {
    Spent had = spent.get(key);
    return had == null
        ? 0
        : Math.max(0, Duration.between(clock.instant(), had.since().plus(span)).toSeconds() + 1);
  }

  private record Spent(int count, Instant since) {
    /** A clock that was set back begins anew, too. */
    boolean isOver(Instant now, Duration span) {
      return now.isBefore(since) || !now.isBefore(since.plus(span));
    }
  }
}
