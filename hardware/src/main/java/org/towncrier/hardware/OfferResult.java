package org.towncrier.hardware;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What the radio knows of one finished offer: facts, not judgements. What they mean for counts and
 * contact rules is the broadcaster's to say.
 *
 * @param end how it ended
 * @param finalPacketSent whether the last packet of the object had been written to the link. When
 *     it had, and no answer came, nobody can know whether the phone kept the object.
 * @param response the last OBEX response code, such as 0xA0 or 0xC3, when there was one
 * @param took from the call to the end
 * @param detail for the log: what happened, without any address
 */
public record OfferResult(
    End end, boolean finalPacketSent, OptionalInt response, Duration took, String detail) {

  /** How an offer can end. */
  public enum End {
    /** The phone answered 0xA0 (success) to the final packet. */
    ACCEPTED,
    /** The phone answered with any other final code, at connect, headers or body. */
    REFUSED,
    /** The deadline passed while a link was open. */
    DEADLINE,
    /** The phone has no Object Push service. */
    NO_OBJECT_PUSH,
    /** No link could be made: out of range, off, or the page timed out. */
    NOT_REACHED,
    /** The link broke after it had been made. */
    LINK_LOST,
    /** The adapter or the stack below it failed. */
    ADAPTER_FAILED,
    /** {@link Offer#withdraw()} was called before it ended. */
    WITHDRAWN
  }
}
