package org.towncrier.town.reach;

import java.time.Duration;
import java.time.Instant;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.town.air.PhoneTraits;

/**
 * Somebody who comes by with a device that can be seen for a while.
 *
 * @param traits of the device
 * @param comes into range
 * @param leaves for good
 * @param visibleFrom when it begins to answer inquiries
 * @param visibleUntil when it ceases to
 */
public record Passer(
    PhoneTraits traits, Instant comes, Instant leaves, Instant visibleFrom, Instant visibleUntil) {
  /** Its device's address. */
  public BluetoothAddress address() {
    return traits.address();
  }

  /** Whether it is a phone whose owner accepts if asked in time. */
  public boolean isWilling() {
    return traits.behaviour() instanceof PhoneBehaviour.Accepts;
  }

  /** From prompt to acceptance, for the willing. */
  public Duration answersAfter() {
    if (traits.behaviour() instanceof PhoneBehaviour.Accepts accepts) {
      return accepts.after();
    }
    throw new IllegalStateException("This owner does not accept");
  }
}
