package org.towncrier.broadcaster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.hardware.AdapterId;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.VariantId;
import org.towncrier.protocol.WithheldReason;

/**
 * What came of the offers since the last report. Outcomes are in the store, written in the
 * transaction of whatever follows from them; coverage and sketches are in memory, where a crash
 * costs the time since the last report and no offer.
 */
public final class DeliveryLog {
  private final NodeStore store;
  private final Coverage coverage = new Coverage();
  private final PhonesSeen phonesSeen = new PhonesSeen();
  private Runnable onCount = () -> {};

  /** A log in that store. */
  public DeliveryLog(NodeStore store) {
    this.store = store;
  }

  /**
   * What a report is made of.
   *
   * @param phonesSeen of the hours in which more phones were seen; cumulative, as the report says
   */
  public record Unreported(
      List<DeliveryReport.OutcomeCount> outcomes,
      List<DeliveryReport.Coverage> coverage,
      List<DeliveryReport.PhonesSeen> phonesSeen) {
    /** Whether there is nothing to tell. */
    public boolean isEmpty() {
      return outcomes.isEmpty() && coverage.isEmpty() && phonesSeen.isEmpty();
    }
  }

  /** Tells the listener, on the loop, of each outcome that has been committed. */
  public void onCount(Runnable listener) {
    this.onCount = listener;
  }

  /**
   * Counts one outcome. Belongs in the transaction that writes what follows from it.
   *
   * @param variant the wording that was offered; null where the message has one, and for what was
   *     withheld
   * @param at when the offer ended
   */
  public void count(
      MessageId message,
      @Nullable VariantId variant,
      Instant at,
      Outcome outcome,
      @Nullable WithheldReason reason,
      boolean training) {
    store.run(
        sql -> {
          sql.update(
              "INSERT INTO unreported_outcome"
                  + " (message, variant, hour, outcome, reason, training, count)"
                  + " VALUES (?, ?, ?, ?, ?, ?, 1)"
                  + " ON CONFLICT (message, variant, hour, outcome, reason, training)"
                  + " DO UPDATE SET count = count + 1",
              message.value(),
              variant == null ? "" : variant.value(),
              hourOf(at).getEpochSecond(),
              outcome.name(),
              reason == null ? "" : reason.name(),
              training);
          store.afterCommit(() -> onCount.run());
        });
  }

  /** An adapter has looked for phones from that moment on, for that long, and finished. */
  public void looked(AdapterId adapter, Instant from, Duration length) {
    coverage.add(adapter, from, length);
  }

  /**
   * A phone was seen.
   *
   * @param nightPseudonym under tonight's key
   */
  public void saw(long nightPseudonym, boolean training, Instant at) {
    phonesSeen.add(nightPseudonym, training, hourOf(at));
  }

  /**
   * Takes what no report holds yet. Called inside the transaction that writes the report: if that
   * fails, nothing has been taken.
   */
  public Unreported takeUnreported(Instant now) {
    return store.inTransaction(
        sql -> {
          List<DeliveryReport.OutcomeCount> outcomes =
              sql.list(
                  "SELECT message, variant, hour, outcome, reason, training, count"
                      + " FROM unreported_outcome"
                      + " ORDER BY hour, message, variant, outcome, reason, training",
                  row ->
                      new DeliveryReport.OutcomeCount(
                          new MessageId(row.getString("message")),
                          variant(row.getString("variant")),
                          Instant.ofEpochSecond(row.getLong("hour")),
                          Outcome.valueOf(row.getString("outcome")),
                          reason(row.getString("reason")),
                          row.getBoolean("training"),
                          row.getLong("count")));
          sql.update("DELETE FROM unreported_outcome");
          Unreported taken =
              new Unreported(outcomes, coverage.unreported(), phonesSeen.unreported());
          Instant hour = hourOf(now);
          store.afterCommit(
              () -> {
                coverage.reported(hour);
                phonesSeen.reported(hour);
              });
          return taken;
        });
  }

  static Instant hourOf(Instant at) {
    return at.truncatedTo(ChronoUnit.HOURS);
  }

  private static @Nullable VariantId variant(String id) {
    return id.isEmpty() ? null : new VariantId(id);
  }

  private static @Nullable WithheldReason reason(String name) {
    return name.isEmpty() ? null : WithheldReason.valueOf(name);
  }
}
