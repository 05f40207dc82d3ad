package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Sighting;

/**
 * Finds the phone that somebody holds next to the node: heard very strongly by one adapter, look
 * after look for a minute, while nobody else's came close. In doubt it finds none: to leave the
 * wrong phone alone would leave its owner without messages that nobody asked to be without, and go
 * on asking the one who did.
 */
final class HeldPhone {
  /** How long it must be held: some six looks. Nobody who walks by stays that long. */
  static final Duration HELD = Duration.ofSeconds(60);

  /** Two looks and their pauses: one that was missed doesn't count against it. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(25);

  private static final int FEWEST_SIGHTINGS = 4;

  /** A phone twice as far away is heard some 6 dB weaker; the rest is for how it is held. */
  private static final int ALONE_BY_DB = 8;

  private final int strongDbm;
  private final Map<Heard, Streak> streaks = new HashMap<>();
  private final Map<BluetoothAddress, Instant> closeAt = new HashMap<>();
  private boolean anyStrength;

  /**
   * Nothing heard yet.
   *
   * @param strongDbm what a phone within a hand's breadth is heard with at least
   */
  HeldPhone(int strongDbm) {
    this.strongDbm = strongDbm;
  }

  private record Heard(BluetoothAddress phone, AdapterId by) {}

  private record Streak(Instant from, Instant to, int sightings) {}

  void heard(Sighting sighting, Instant at) {
    if (sighting.rssi().isEmpty()) {
      return;
    }
    anyStrength = true;
    int rssi = sighting.rssi().getAsInt();
    if (rssi >= strongDbm - ALONE_BY_DB) {
      closeAt.put(sighting.address(), at);
    }
    Heard heard = new Heard(sighting.address(), sighting.by());
    if (rssi < strongDbm) {
      streaks.remove(heard);
      return;
    }
    Streak before = streaks.get(heard);
    streaks.put(
        heard,
        before == null || isOver(before, at)
            ? new Streak(at, at, 1)
            : new Streak(before.from(), at, before.sightings() + 1));
  }

  /** The phone that has been held for long enough, and alone. */
  Optional<BluetoothAddress> found(Instant now) {
    return streaks.entrySet().stream()
        .filter(entry -> isLongEnough(entry.getKey().phone(), entry.getValue(), now))
        .map(entry -> entry.getKey().phone())
        .findFirst();
  }

  /** Whether the phone may be the one, so that it is better not asked anything now. */
  boolean mayBe(BluetoothAddress phone, Instant now) {
    return streaks.entrySet().stream()
        .anyMatch(entry -> entry.getKey().phone().equals(phone) && !isOver(entry.getValue(), now));
  }

  /** Whether the radio says how strongly it hears phones at all. */
  boolean canTell() {
    return anyStrength;
  }

  private boolean isLongEnough(BluetoothAddress phone, Streak streak, Instant now) {
    Instant alone =
        closeAt.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(phone))
            .map(Map.Entry::getValue)
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    Instant from = streak.from().isAfter(alone) ? streak.from() : alone;
    return !isOver(streak, now)
        && streak.sightings() >= FEWEST_SIGHTINGS
        && Duration.between(from, streak.to()).compareTo(HELD) >= 0;
  }

  private static boolean isOver(Streak streak, Instant now) {
    return Duration.between(streak.to(), now).compareTo(LONGEST_GAP) > 0
        || now.isBefore(streak.to());
  }
}
