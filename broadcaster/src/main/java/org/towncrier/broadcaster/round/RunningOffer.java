package org.towncrier.broadcaster.round;

import java.time.Instant;
import java.util.function.Consumer;
import org.towncrier.broadcaster.contact.OpenOffer;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.Offer;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;

/** An offer under way: the phone is called, a few times if need be, and once it answers, asked. */
final class RunningOffer {
  private final OpenOffer written;
  private final Instant began;
  private AdapterId adapter;
  private Offer offer;
  private int calls = 1;
  private final Kind kind;
  private boolean withdrawn;

  /**
   * Why it is made.
   *
   * @param test whether on command, to a phone of the test list, whatever the windows say
   * @param whenEnded told how it ended
   */
  record Kind(boolean test, Consumer<Outcome> whenEnded) {
    /** As the schedule says. */
    static final Kind SCHEDULED = new Kind(false, outcome -> {});
  }

  RunningOffer(OpenOffer written, Kind kind, Instant began, AdapterId adapter, Offer offer) {
    this.kind = kind;
    this.written = written;
    this.began = began;
    this.adapter = adapter;
    this.offer = offer;
  }

  /** The phone is called once more. */
  void calledAgain(AdapterId with, Offer next) {
    adapter = with;
    offer = next;
    calls++;
  }

  Kind kind() {
    return kind;
  }

  Instant began() {
    return began;
  }

  int calls() {
    return calls;
  }

  boolean isWithdrawn() {
    return withdrawn;
  }

  OpenOffer written() {
    return written;
  }

  /** Whether that message still says what this phone is being offered. */
  boolean isOf(ScheduledMessage message) {
    return message.id().equals(written.message())
        && message.wordings().stream()
            .anyMatch(wording -> wording.object().equals(written.wording().object()));
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
