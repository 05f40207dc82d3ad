package org.towncrier.broadcaster.round;

import java.time.Duration;
import org.towncrier.protocol.Window;

/**
 * How a node looks for phones and offers.
 *
 * @param look how long one look lasts
 * @param pause between two looks of one adapter
 * @param offerDeadline for the whole of an offer; Android's owner has 50 s to answer
 * @param forgetAfter how long after it was last heard a phone still counts as near
 * @param phonesOnly whether devices that do not call themselves phones are left alone
 * @param permittedHours outside which it neither looks nor offers, whatever the console says
 */
public record RoundSettings(
    Duration look,
    Duration pause,
    Duration offerDeadline,
    Duration forgetAfter,
    boolean phonesOnly,
    Window permittedHours) {
  /** A phone is not heard in every look: some four looks' worth. */
  public static final Duration FORGET_AFTER = Duration.ofSeconds(60);

  public RoundSettings {
    check("a look", look);
    check("the deadline of an offer", offerDeadline);
    check("the time until a phone is forgotten", forgetAfter);
    if (pause.isNegative()) {
      throw new IllegalArgumentException("the pause between looks cannot be negative");
    }
  }

  private static void check(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " takes some time, not " + duration);
    }
  }
}
