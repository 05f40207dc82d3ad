package org.towncrier.console.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Keeps guesses at passwords few: after {@value #PER_ACCOUNT} failures for one account from one
 * address, or {@value #PER_ADDRESS} from one address, that pair or address is refused until {@link
 * #WINDOW} after its first failure. Nobody waits in a thread, and nobody elsewhere can lock an
 * account's owner out. Kept in memory: a restart forgives.
 */
final class SignInThrottle {
  static final int PER_ACCOUNT = 5;
  static final int PER_ADDRESS = 50;
  static final Duration WINDOW = Duration.ofMinutes(15);

  /** Enough for every honest office; beyond it the oldest is forgotten. */
  private static final int MOST_KEYS = 10_000;

  private final InstantSource clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST_KEYS;
        }
      };

  SignInThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Lets an attempt go on to its password, and counts it as a failure until it has succeeded:
   * bcrypt is slow, and a crowd of guesses at once must not slip in before the first is judged.
   */
  synchronized boolean admits(String username, String address) {
    if (refuses(username, address)) {
      return false;
    }
    failed(username, address);
    return true;
  }

  synchronized boolean refuses(String username, String address) {
    return count(pair(username, address)) >= PER_ACCOUNT || count(address) >= PER_ADDRESS;
  }

  synchronized void failed(String username, String address) {
    add(pair(username, address));
    add(address);
  }

  synchronized void succeeded(String username, String address) {
    failures.remove(pair(username, address));
    failures.computeIfPresent(
        address,
        (key, found) -> found.count() > 1 ? new Failures(found.count() - 1, found.first()) : null);
  }

  private int count(String key) {
    Failures found = failures.get(key);
    return found == null || found.over(clock.instant()) ? 0 : found.count();
  }

  private void add(String key) {
    Instant now = clock.instant();
    failures.compute(
        key,
        (k, found) ->
            found == null || found.over(now)
                ? new Failures(1, now)
                : new Failures(found.count() + 1, found.first()));
  }

  private static String pair(String username, String address) {
    String name = username.strip().toLowerCase(Locale.ROOT);
    return address + ' ' + (name.length() > 100 ? name.substring(0, 100) : name);
  }

  private record Failures(int count, Instant first) {
    boolean over(Instant now) {
      return !now.isBefore(first.plus(WINDOW));
    }
  }
}
