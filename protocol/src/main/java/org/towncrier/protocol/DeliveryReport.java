package org.towncrier.protocol;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a node's offers since its report before. Counts are increments; each report counts
 * once, by {@code (site, node, boot, seq)}, however often it arrives.
 *
 * @param seq from 1 in each boot, without gaps
 * @param at when the report was made
 */
public record DeliveryReport(
    SiteId site,
    NodeId node,
    UUID boot,
    long seq,
    Instant at,
    List<OutcomeCount> outcomes,
    List<Coverage> coverage,
    List<PhonesSeen> phonesSeen) {

  public DeliveryReport {
    outcomes = List.copyOf(outcomes);
    coverage = List.copyOf(coverage);
    phonesSeen = List.copyOf(phonesSeen);
    if (seq < 1) {
      throw new IllegalArgumentException("seq starts at 1, not " + seq);
    }
  }

  /**
   * Offers of one message, or of one wording of it, that ended one way in one hour.
   *
   * @param variant which wording was offered; null where the message has one, and for {@link
   *     Outcome#WITHHELD}, which is no offer
   * @param hour the start of the hour in which they ended, UTC
   * @param reason for {@link Outcome#WITHHELD}, and only for it
   * @param training whether they were made in training mode
   */
  public record OutcomeCount(
      MessageId message,
      @Nullable VariantId variant,
      Instant hour,
      Outcome outcome,
      @Nullable WithheldReason reason,
      boolean training,
      long count) {

    public OutcomeCount {
      if ((outcome == Outcome.WITHHELD) != (reason != null)) {
        throw new IllegalArgumentException(
            "outcome WITHHELD, and only it, carries a reason; this is " + outcome);
      }
      if (outcome == Outcome.WITHHELD && variant != null) {
        throw new IllegalArgumentException(
            "outcome WITHHELD has no variant, since nothing was offered; this names " + variant);
      }
      if (count < 1) {
        throw new IllegalArgumentException("count is 1 or more, not " + count);
      }
    }

    /** Of a message with one wording. */
    public OutcomeCount(
        MessageId message,
        Instant hour,
        Outcome outcome,
        @Nullable WithheldReason reason,
        boolean training,
        long count) {
      this(message, null, hour, outcome, reason, training, count);
    }
  }

  /**
   * Seconds an adapter spent looking for phones in one hour: without it a zero says nothing.
   *
   * @param hour the start of the hour, UTC
   */
  public record Coverage(String adapter, Instant hour, long seconds) {
    public Coverage {
      if (seconds < 0 || seconds > 3600) {
        throw new IllegalArgumentException("an hour has 0 to 3600 seconds, not " + seconds);
      }
    }
  }

  /**
   * The phones seen so far in one hour, as a mergeable sketch of pseudonyms (Apache DataSketches
   * HLL, lgK 12). Not an increment: union them.
   *
   * @param hour the start of the hour, UTC
   */
  public record PhonesSeen(Instant hour, boolean training, byte[] sketch) {
    @Override
    public boolean equals(Object other) {
      return other instanceof PhonesSeen that
          && hour.equals(that.hour)
          && training == that.training
          && Arrays.equals(sketch, that.sketch);
    }

    @Override
    public int hashCode() {
      return 31 * hour.hashCode() + Arrays.hashCode(sketch);
    }

    @Override
    public String toString() {
      return "PhonesSeen[" + hour + ", " + sketch.length + " bytes]";
    }
  }
}
