package org.towncrier.broadcaster.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.WithheldReason;

/** A node's file that an earlier version left behind. */
class EarlierFileTest {
  private static final Instant EIGHT = Instant.parse("2026-11-26T20:00:00Z");
  private static final MessageId TAXIS = new MessageId("taxis");

  @TempDir Path folder;

  @Test
  void what_was_under_way_and_unreported_before_there_were_wordings_is_reported()
      throws SQLException {
    Path file = folder.resolve("node.db");
    String url = "jdbc:sqlite:" + file;
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/node")
        .target("4")
        .load()
        .migrate();
    long hour = EIGHT.getEpochSecond();
    try (Connection before = DriverManager.getConnection(url);
        Statement sql = before.createStatement()) {
      sql.executeUpdate(
          "INSERT INTO open_offer (message, training, hour) VALUES ('taxis', 0, " + hour + ")");
      sql.executeUpdate(
          "INSERT INTO unreported_outcome VALUES"
              + " ('taxis', %1$d, 'ACCEPTED', '', 0, 7), ('taxis', %1$d, 'ACCEPTED', '', 1, 2),"
                  .formatted(hour)
              + " ('taxis', %d, 'WITHHELD', 'BUDGET_SPENT', 0, 3)".formatted(hour));
    }

    try (NodeStore store = new NodeStore(file)) {
      store.open();
      DeliveryLog deliveries = new DeliveryLog(store);
      ContactBook contacts =
          new ContactBook(
              store,
              new SiteKeys(store, new SiteId("square"), ZoneId.of("Europe/London")),
              deliveries,
              new NodeId("clock-tower"),
              Set.of());
      assertThat(contacts.settleCutOff()).isEqualTo(1);
      deliveries.count(TAXIS, null, EIGHT, Outcome.ACCEPTED, null, false);
      assertThat(deliveries.takeUnreported(EIGHT).outcomes())
          .containsExactlyInAnyOrder(
              new OutcomeCount(TAXIS, EIGHT, Outcome.ACCEPTED, null, false, 8),
              new OutcomeCount(TAXIS, EIGHT, Outcome.ACCEPTED, null, true, 2),
              new OutcomeCount(
                  TAXIS, EIGHT, Outcome.WITHHELD, WithheldReason.BUDGET_SPENT, false, 3),
              new OutcomeCount(TAXIS, EIGHT, Outcome.UNRESOLVED, null, false, 1));
      assertThat(contacts.settleCutOff()).isZero();
    }
  }
}
