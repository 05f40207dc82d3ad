package org.towncrier.town.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.towncrier.town.stage.NodePlan;

/**
 * What a console has written down after two years: {@linkplain PastMessages what was said},
 * {@linkplain PastNights what came of it}, and who did what. Written into the file of a console
 * that is not running, through the schema's own rules. The same every time.
 */
final class TwoYears {
  private static final int AUDIT_ROWS = 15_000;

  private final Seasons seasons;
  private final List<NodePlan> nodes;
  private final List<String> authors;
  private final List<String> approvers;

  TwoYears(Instant now, List<NodePlan> nodes, List<String> authors, List<String> approvers) {
    this.seasons = new Seasons(now);
    this.nodes = nodes;
    this.authors = authors;
    this.approvers = approvers;
  }

  /** How much of everything there is now, in words. */
  String write(Path database) throws IOException, SQLException {
    Random random = new Random(2);
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    try (Connection db = config.createConnection("jdbc:sqlite:" + database)) {
      db.setAutoCommit(false);
      new PastMessages(seasons, nodes, authors, approvers, random).write(db);
      new PastNights(seasons, nodes, random).write(db);
      audit(db);
      db.commit();
      return "%d nodes, %d people, %d messages in %d versions, %d of them with a picture, %d hourly counts, %d sketches of phones, %d entries in the audit trail"
          .formatted(
              rows(db, "node"),
              rows(db, "person"),
              rows(db, "message"),
              rows(db, "message_version"),
              rows(db, "version_wording WHERE image IS NOT NULL"),
              rows(db, "outcome_count"),
              rows(db, "phones_seen"),
              rows(db, "audit"));
    }
  }

  private void audit(Connection db) throws SQLException {
    try (PreparedStatement row =
        db.prepareStatement(
            "INSERT INTO audit (at, who, what, subject, detail) VALUES (?, ?, ?, ?, ?)")) {
      for (int i = 0; i < AUDIT_ROWS; i++) {
        NodePlan node = nodes.get(i % nodes.size());
        int c = i * Seasons.CAMPAIGNS / AUDIT_ROWS;
        row.setString(
            1, seasons.now().minus(Duration.ofMinutes((AUDIT_ROWS - i) * 70L)).toString());
        row.setString(2, i % 2 == 0 ? authors.get(i % authors.size()) : approvers.get(0));
        row.setString(3, List.of("edited", "submitted", "approved", "held", "resumed").get(i % 5));
        row.setString(
            4,
            i % 5 < 3 ? "message " + Seasons.messageId(c, i % Seasons.MESSAGES) : "node " + node);
        row.setString(5, i % 5 < 3 ? "version " + (1 + i % 5) : "");
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  private static long rows(Connection db, String table) throws SQLException {
    try (Statement statement = db.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  static void update(Connection db, String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
