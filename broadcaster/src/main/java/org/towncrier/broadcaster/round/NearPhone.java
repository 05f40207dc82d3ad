package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Sighting;
import org.towncrier.protocol.ScheduledMessage;

/** A phone that answered lately, and what was decided about it. In memory only. */
final class NearPhone {
  /** No signal strength known: weaker than any that is. */
  private static final int UNKNOWN_RSSI = -128;

  private record Heard(Instant at, int rssi) {}

  private final BluetoothAddress address;
  private final Map<AdapterId, Heard> heardBy = new HashMap<>();
  private Instant lastHeard = Instant.MIN;
  private @Nullable Verdict verdict;

  /**
   * What may be offered to it.
   *
   * @param age of the state of things in which it was decided
   * @param message the best that may be offered; null for none
   * @param until when to decide anew
   */
  record Verdict(long age, @Nullable ScheduledMessage message, Instant until) {}

  NearPhone(BluetoothAddress address) {
    this.address = address;
  }

  BluetoothAddress address() {
    return address;
  }

  void heard(Sighting sighting, Instant at) {
    heardBy.put(sighting.by(), new Heard(at, sighting.rssi().orElse(UNKNOWN_RSSI)));
    lastHeard = at;
  }

  boolean heardBetween(Instant from, Instant to) {
    return !lastHeard.isBefore(from) && !lastHeard.isAfter(to);
  }

  boolean heardBy(AdapterId adapter, Instant now, Duration within) {
    Heard heard = heardBy.get(adapter);
    return heard != null && !heard.at().isBefore(now.minus(within));
  }

  int rssi(AdapterId adapter) {
    Heard heard = heardBy.get(adapter);
    return heard == null ? UNKNOWN_RSSI : heard.rssi();
  }

  /** The verdict, if nothing has changed since. */
  @Nullable Verdict verdict(long age, Instant now) {
    Verdict known = verdict;
    return known != null && known.age() == age && now.isBefore(known.until()) ? known : null;
  }

  void decide(Verdict next) {
    verdict = next;
  }

  /** What was decided no longer holds: an offer to it begins. */
  void judgeAnew() {
    verdict = null;
  }
}
