package org.towncrier.broadcaster.round;

import org.towncrier.broadcaster.contact.OpenOffer;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.Offer;
import org.towncrier.protocol.ScheduledMessage;

/** An offer under way. */
final class RunningOffer {
  private final OpenOffer written;
  private final ScheduledMessage message;
  private final AdapterId adapter;
  private final Offer offer;
  private boolean withdrawn;

  RunningOffer(OpenOffer written, ScheduledMessage message, AdapterId adapter, Offer offer) {
    this.written = written;
    this.message = message;
    this.adapter = adapter;
    this.offer = offer;
  }

  OpenOffer written() {
    return written;
  }

  ScheduledMessage message() {
    return message;
  }

  AdapterId adapter() {
    return adapter;
  }

  /** Its end comes as any other does. */
  void withdraw() {
    if (!withdrawn) {
      withdrawn = true;
      offer.withdraw();
    }
  }
}
