package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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
  private Instant firstHeard = Instant.MAX;
  private Instant lastHeard = Instant.MIN;
  private boolean listsObjectPush;
  private boolean listsOthers;
  private boolean saysNoObjectPush;
  private int tries;
  private @Nullable Verdict verdict;
  private boolean leftAlone;

  /**
   * What may be offered to it.
   *
   * @param age of the state of things in which it was decided
   * @param message the best that may be offered; null for none
   * @param toClaim when the phone is another node's to give: what to claim it for, the best first;
   *     empty when it may be offered the message as it is
   * @param until when to decide anew
   */
  record Verdict(
      long age,
      @Nullable ScheduledMessage message,
      List<ScheduledMessage> toClaim,
      Instant until) {}

  NearPhone(BluetoothAddress address) {
    this.address = address;
  }

  BluetoothAddress address() {
    return address;
  }

  void heard(Sighting sighting, Instant at) {
    heardBy.put(sighting.by(), new Heard(at, sighting.rssi().orElse(UNKNOWN_RSSI)));
    lastHeard = at;
    if (at.isBefore(firstHeard)) {
      firstHeard = at;
    }
    listsObjectPush |= sighting.listsObjectPush();
    listsOthers |= sighting.services() != null && !sighting.services().isEmpty();
    saysNoObjectPush |= sighting.saysNoObjectPush();
  }

  Instant firstHeard() {
    return firstHeard;
  }

  /** Whether it has listed services, and Object Push was never among them. */
  boolean seemsToLackObjectPush() {
    return listsOthers && !listsObjectPush;
  }

  /** Whether it has left no doubt that it takes no objects: there is no need to search it. */
  boolean saysNoObjectPush() {
    return saysNoObjectPush && !listsObjectPush;
  }

  /** How often it was tried since it came. */
  int tries() {
    return tries;
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

  /** As the adapter heard it that hears it best, in dBm. */
  int strength() {
    return heardBy.values().stream().mapToInt(Heard::rssi).max().orElse(UNKNOWN_RSSI);
  }

  /** Its name says that its owner doesn't want to be asked; also when it is heard without one. */
  void leaveAlone() {
    if (!leftAlone) {
      leftAlone = true;
      verdict = null;
    }
  }

  boolean isLeftAlone() {
    return leftAlone;
  }

  /** The verdict, if nothing has changed since. */
  @Nullable Verdict verdict(long age, Instant now) {
    Verdict known = verdict;
    return known != null && known.age() == age && now.isBefore(known.until()) ? known : null;
  }

  void decide(Verdict next) {
    verdict = next;
  }

  /** What was decided no longer holds. */
  void judgeAnew() {
    verdict = null;
  }

  /** An offer to it begins: what was decided no longer holds. */
  void tried() {
    tries++;
    verdict = null;
  }
}
