package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Sighting;

/** The phones that answered lately, first heard first. */
final class PhonesNear {
  private final Duration forgetAfter;
  private final Map<BluetoothAddress, NearPhone> phones = new LinkedHashMap<>();

  PhonesNear(Duration forgetAfter) {
    this.forgetAfter = forgetAfter;
  }

  /**
   * A phone has answered.
   *
   * @param leaveAlone whether its name says that its owner doesn't want to be asked
   */
  NearPhone heard(Sighting sighting, Instant at, boolean leaveAlone) {
    NearPhone phone = phones.computeIfAbsent(sighting.address(), NearPhone::new);
    phone.heard(sighting, at);
    if (leaveAlone) {
      phone.leaveAlone();
    }
    return phone;
  }

  /** Forgets phones not heard for a while, or, if the clock was set back, not heard yet. */
  void forget(Instant now) {
    phones.values().removeIf(phone -> !phone.heardBetween(now.minus(forgetAfter), now));
  }

  void forgetAll() {
    phones.clear();
  }

  /** What was decided about the phone no longer holds, if it is still near. */
  void judgeAnew(BluetoothAddress address) {
    NearPhone phone = phones.get(address);
    if (phone != null) {
      phone.judgeAnew();
    }
  }

  Collection<NearPhone> all() {
    return phones.values();
  }

  Optional<NearPhone> find(BluetoothAddress address) {
    return Optional.ofNullable(phones.get(address));
  }

  int count() {
    return phones.size();
  }
}
