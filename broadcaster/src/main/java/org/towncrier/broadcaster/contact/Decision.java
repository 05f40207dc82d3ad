package org.towncrier.broadcaster.contact;

import java.time.Instant;
import org.towncrier.protocol.WithheldReason;

/** Whether a phone may be offered a message now. */
public sealed interface Decision {
  /** It may. */
  record MayOffer() implements Decision {}

  /** A rule forbids it; this counts, once per phone, message and night. */
  record Withheld(WithheldReason reason) implements Decision {}

  /** The phone is for another node of the site to ask. */
  record NotOurs() implements Decision {}

  /** The phone is another node's, which may give it to this one: see {@link ContactBook#claim}. */
  record MayClaim() implements Decision {}

  /** Not before that moment: it could not be reached, or not be asked at all, a while ago. */
  record Later(Instant at) implements Decision {}
}
