package org.towncrier.hardware.emulator;

import java.time.Duration;

/**
 * What a phone (or its owner) does when it is offered something. All but the last two answer
 * Continue to the headers and ask their owner at the first body packet, as Android does.
 */
public sealed interface PhoneBehaviour {
  /** The owner accepts after a while. */
  record Accepts(Duration after) implements PhoneBehaviour {}

  /** The owner declines after a while: 0xC3. */
  record Declines(Duration after) implements PhoneBehaviour {}

  /**
   * The owner never looks; the phone says 0xC3 by itself after a while. On Android that is {@link
   * #ANDROID_PATIENCE}.
   */
  record Ignores(Duration until) implements PhoneBehaviour {
    public Ignores() {
      this(ANDROID_PATIENCE);
    }
  }

  /** The phone is busy with something else: 0xD3 to CONNECT. */
  record Busy() implements PhoneBehaviour {}

  /** The phone cuts the link. */
  record DropsLink(At at) implements PhoneBehaviour {
    /** Where in the transfer. */
    public enum At {
      CONNECT,
      HEADERS,
      /** At the first piece, where the owner would be asked. */
      FIRST_BODY,
      /** With the last packet read, the object kept and no answer given. */
      FINAL_KEPT,
      /** With the last packet read, the object thrown away and no answer given. */
      FINAL_LOST
    }
  }

  /** The phone goes silent and leaves the link open. */
  record Stalls(DropsLink.At at) implements PhoneBehaviour {}

  /** Refuses with a code of its own, such as 0xCF for a type it doesn't take, at the headers. */
  record Refuses(int code) implements PhoneBehaviour {}

  /** Seen, but has no Object Push service: iPhones, and much else. */
  record NoObjectPush() implements PhoneBehaviour {}

  /** Seen, but out of reach when called. */
  record OutOfReach() implements PhoneBehaviour {}

  /** How long Android waits for its owner before it refuses in their stead: 50 s. */
  Duration ANDROID_PATIENCE = Duration.ofSeconds(50);
}
