package org.towncrier.broadcaster.round;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Sighting;

/** The wait for a phone that somebody holds next to the node, to be left alone from then on. */
final class LeaveAlone {
  private final ContactBook contacts;
  private final int strongDbm;
  private @Nullable Wait wait;

  private record Wait(HeldPhone held, Instant until, Ending ending) {}

  LeaveAlone(ContactBook contacts, int strongDbm) {
    this.contacts = contacts;
    this.strongDbm = strongDbm;
  }

  /** Begins to wait; another wait ends without a phone. */
  void begin(Instant until, Ending ending) {
    Wait before = wait;
    wait = new Wait(new HeldPhone(strongDbm), until, ending);
    if (before != null) {
      before.ending().ended(false, "It was begun anew.");
    }
  }

  void heard(Sighting sighting, Instant now) {
    Wait open = wait;
    if (open != null) {
      open.held().heard(sighting, now);
    }
  }

  /** Whether a phone is looked out for. */
  boolean isOpen() {
    return wait != null;
  }

  /** Whether the phone may be the one that is held; it is offered nothing meanwhile. */
  boolean mayBe(BluetoothAddress phone, Instant now) {
    Wait open = wait;
    return open != null && open.held().mayBe(phone, now);
  }

  /**
   * Looks whether it is over.
   *
   * @param silentBecause why the node does not look, worded to follow "The node"
   * @return whether phones have to be judged anew
   */
  boolean look(Instant now, Supplier<Optional<String>> silentBecause) {
    Wait open = wait;
    if (open == null) {
      return false;
    }
    Optional<BluetoothAddress> found = open.held().found(now);
    if (found.isPresent()) {
      int campaigns = contacts.neverAsk(found.get());
      wait = null;
      open.ending()
          .ended(
              true,
              campaigns > 0
                  ? "One phone was added. It is not asked again in any campaign of now."
                  : "The phone that was held is left alone already.");
      return true;
    }
    if (!now.isBefore(open.until())) {
      wait = null;
      open.ending().ended(false, why(open.held(), silentBecause.get()));
      return true;
    }
    return false;
  }

  private static String why(HeldPhone held, Optional<String> silentBecause) {
    if (silentBecause.isPresent()) {
      return "No phone was added: the node did not look, since it " + silentBecause.get() + ".";
    }
    return held.canTell()
        ? "No phone was added: none was held next to the node for a minute, visible and with no"
            + " other within a metre."
        : "No phone was added: this node's radio does not say how near a phone is.";
  }
}
