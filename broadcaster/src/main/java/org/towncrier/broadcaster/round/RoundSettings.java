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
 * @param heldDbm how strongly a phone is heard at least that somebody holds next to the node
 * @param permittedHours outside which it neither looks nor offers, whatever the console says
 */
public record RoundSettings(
    Duration look,
    Duration pause,
    Duration offerDeadline,
    Duration forgetAfter,
    boolean phonesOnly,
    int heldDbm,
    Window permittedHours) {
  /** A phone is not heard in every look: some four looks' worth. */
  public static final Duration FORGET_AFTER = Duration.ofSeconds(60);

  /** Within a hand's breadth phones of class 2 are heard with -30 to -45 dBm; at a metre -55. */
  public static final int HELD_DBM = -48;

  /** With the usual strength for a phone that is held. */
  public RoundSettings(
      Duration look,
      Duration pause,
      Duration offerDeadline,
      Duration forgetAfter,
      boolean phonesOnly,
      Window permittedHours) {
    this(look, pause, offerDeadline, forgetAfter, phonesOnly, HELD_DBM, permittedHours);
  }

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
