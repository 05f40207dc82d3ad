package org.towncrier.broadcaster.report;

import java.time.Instant;
import java.util.List;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;

/** Counts acceptances in the node's store, as the real log does: taken in a transaction, or not. */
final class Tally implements Unreported {
  private static final MessageId MESSAGE = new MessageId("getting-home-safely");
  private static final Instant HOUR = Instant.parse("2026-11-27T22:00:00Z");

  private final NodeStore store;

  Tally(NodeStore store) {
    this.store = store;
    store.run(sql -> sql.update("CREATE TABLE IF NOT EXISTS tally (count INTEGER NOT NULL)"));
  }

  void accepted(int count) {
    store.run(sql -> sql.update("INSERT INTO tally (count) VALUES (?)", count));
  }

  @Override
  public Counts take() {
    return store.inTransaction(
        sql -> {
          long count = sql.number("SELECT coalesce(sum(count), 0) FROM tally");
          sql.update("DELETE FROM tally");
          return new Counts(
              count == 0
                  ? List.of()
                  : List.of(new OutcomeCount(MESSAGE, HOUR, Outcome.ACCEPTED, null, false, count)),
              List.of(),
              List.of());
        });
  }
}
