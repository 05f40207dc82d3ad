package org.towncrier.console.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.NodeDouble;
import org.towncrier.console.TestConsole;
import org.towncrier.console.node.AddNode;
import org.towncrier.console.node.AddNodeRequest;
import org.towncrier.protocol.Acks;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;

/** What could not be written down is not confirmed, and said; the node sends it again. */
@Timeout(120)
final class DiskFullTest {
  /** Enough rows to need new pages. */
  private static final int MESSAGES = 400;

  @TempDir Path folder;

  @Test
  void a_report_that_finds_the_disk_full_is_not_confirmed_and_counts_once_there_is_room()
      throws Exception {
    try (TestConsole console = TestConsole.withBroker(folder.resolve("data"))) {
      Path file = addNode(console);
      try (NodeDouble node = new NodeDouble(file)) {
        node.acks(acks -> acks.boots().contains(new Acks.Boot(node.boot, 0)));
        HikariDataSource pool = console.bean(HikariDataSource.class);
        long pages =
            console.bean(JdbcClient.class).sql("PRAGMA page_count").query(Long.class).single();
        limit(pool, pages);
        node.say(Topic.Kind.REPORTS, large(node));
        ReportInbox inbox = console.bean(ReportInbox.class);
        while (inbox.health().getStatus().equals(Status.UP)) {
          Thread.onSpinWait();
        }
        assertThat(inbox.health().getDetails().get("reports").toString())
            .contains("disk is full", "Free some space");
        assertThat(counted(console)).isZero();

        limit(pool, 1_000_000);
        node.say(Topic.Kind.REPORTS, large(node));
        node.acks(acks -> acks.boots().contains(new Acks.Boot(node.boot, 1)));
        node.say(Topic.Kind.REPORTS, large(node));
        node.report(2, 1);
        node.acks(acks -> acks.boots().contains(new Acks.Boot(node.boot, 2)));
        assertThat(counted(console)).isEqualTo(MESSAGES + 1);
        assertThat(inbox.health().getStatus()).isEqualTo(Status.UP);
      }
    }
  }

  /** SQLite's own limit, which holds by connection, fails as a full disk does. */
  private static void limit(HikariDataSource pool, long pages) throws SQLException {
    List<Connection> all = new ArrayList<>();
    try {
      for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
        Connection connection = pool.getConnection();
        all.add(connection);
        try (Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA max_page_count = " + pages);
        }
      }
    } finally {
      for (Connection connection : all) {
        connection.close();
      }
    }
  }

  private static DeliveryReport large(NodeDouble node) {
    List<DeliveryReport.OutcomeCount> counts = new ArrayList<>();
    for (int n = 0; n < MESSAGES; n++) {
      counts.add(
          new DeliveryReport.OutcomeCount(
              new MessageId("a-message-with-a-name-that-takes-some-room-in-the-file-" + n),
              NodeDouble.HOUR,
              Outcome.ACCEPTED,
              null,
              false,
              1));
    }
    return new DeliveryReport(
        node.site, node.node, node.boot, 1, NodeDouble.HOUR, counts, List.of(), List.of());
  }

  private static long counted(TestConsole console) {
    return console
        .bean(JdbcClient.class)
        .sql("SELECT coalesce(sum(count), 0) FROM outcome_count")
        .query(Long.class)
        .single();
  }

  private Path addNode(TestConsole console) throws Exception {
    console
        .bean(AddNode.class)
        .add(
            new AddNodeRequest(
                new SiteId("square"),
                new NodeId("clock-tower"),
                "The square",
                folder,
                null,
                false,
                Map.of()));
    return folder.resolve("clock-tower.yaml");
  }
}
