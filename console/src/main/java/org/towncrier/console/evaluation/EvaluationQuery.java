package org.towncrier.console.evaluation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the counted reports add up to. Only reads. Training is kept apart, always. */
@Component
class EvaluationQuery {
  private final JdbcClient db;

  EvaluationQuery(JdbcClient db) {
    this.db = db;
  }

  /** One hour of one message at one node that ended one way: the finest there is. */
  record HourCount(
      String message,
      String title,
      Instant hour,
      String site,
      String node,
      String outcome,
      String reason,
      boolean training,
      long count) {}

  /** The phones a node saw in one hour. */
  record Seen(String site, Instant hour, byte[] sketch) {}

  /** How long a node's adapters looked for phones. */
  record Coverage(String site, String node, long seconds) {}

  /** Every count there is, training included and marked, for the download. */
  List<HourCount> all() {
    return db.sql(
            """
            SELECT o.*, coalesce((SELECT v.title FROM message_version v
              WHERE v.message = o.message ORDER BY v.number DESC LIMIT 1), o.message) AS title
            FROM outcome_count o
            ORDER BY title, o.message, hour, site, node, outcome, reason
            """)
        .query((row, n) -> hourCount(row))
        .list();
  }

  List<Coverage> coverage() {
    return db.sql(
            """
            SELECT site, node, sum(seconds) AS seconds FROM coverage GROUP BY site, node
            ORDER BY site, node
            """)
        .query(
            (row, n) ->
                new Coverage(row.getString("site"), row.getString("node"), row.getLong("seconds")))
        .list();
  }

  /** Every live sketch, each of a node and an hour. */
  List<Seen> seen() {
    return db.sql("SELECT site, hour, sketch FROM phones_seen WHERE training = 0 ORDER BY hour")
        .query(
            (row, n) ->
                new Seen(
                    row.getString("site"),
                    Instant.parse(row.getString("hour")),
                    row.getBytes("sketch")))
        .list();
  }

  private static HourCount hourCount(ResultSet row) throws SQLException {
    return new HourCount(
        row.getString("message"),
        row.getString("title"),
        Instant.parse(row.getString("hour")),
        row.getString("site"),
        row.getString("node"),
        row.getString("outcome"),
        row.getString("reason"),
        row.getInt("training") == 1,
        row.getLong("count"));
  }
}
