package org.towncrier.console.evaluation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.towncrier.protocol.Outcome;

/** What the counted reports add up to. Only reads. Training is kept apart, always. */
@Component
public class EvaluationQuery {
  private final JdbcClient db;

  EvaluationQuery(JdbcClient db) {
    this.db = db;
  }

  /** One hour of one message at one node that ended one way: the finest there is. */
  public record HourCount(
      String message,
      String title,
      Instant hour,
      String site,
      String node,
      String outcome,
      String reason,
      boolean training,
      String variant,
      long count) {}

  /**
   * What came of one wording of a message that has several; live counts.
   *
   * @param file its file's name; empty when this console never had such a wording
   */
  record VariantCount(
      String message, String title, String variant, String file, String outcome, long count) {}

  /** The phones a node saw in one hour. */
  record Seen(String site, byte[] sketch) {}

  /** How long a node's adapters looked for phones. */
  public record Coverage(String site, String node, long seconds) {}

  /** Names of the sites there are, by id. */
  Map<String, String> siteNames() {
    Map<String, String> names = new HashMap<>();
    db.sql("SELECT id, name FROM site")
        .query((RowCallbackHandler) row -> names.put(row.getString("id"), row.getString("name")));
    return names;
  }

  /** Every live count, added up by message. */
  public Totals totals() {
    return new Totals(
        db.sql(
                """
            SELECT o.*, coalesce((SELECT v.title FROM message_version v
              WHERE v.message = o.message ORDER BY v.number DESC LIMIT 1), o.message) AS title
            FROM outcome_total o WHERE o.training = 0
            """)
            .query(
                (row, n) ->
                    new Totals.Total(
                        row.getString("message"),
                        row.getString("title"),
                        Outcome.valueOf(row.getString("outcome")),
                        row.getString("reason"),
                        row.getLong("count")))
            .list());
  }

  /**
   * Every count there is, training included and marked, for the download. One by one: there are
   * millions after years.
   */
  void each(Consumer<HourCount> count) {
    db.sql(
            """
            SELECT o.*, coalesce((SELECT v.title FROM message_version v
              WHERE v.message = o.message ORDER BY v.number DESC LIMIT 1), o.message) AS title
            FROM outcome_count o
            ORDER BY o.message, hour, site, node, outcome, reason, training, variant
            """)
        .query(
            row -> {
              count.accept(hourCount(row));
            });
  }

  /** Every comparison of wordings that was ever made. */
  public List<Comparison> comparisons() {
    return Comparison.of(byVariant());
  }

  /** What came of each wording that was compared with others. */
  private List<VariantCount> byVariant() {
    return db.sql(
            """
            SELECT o.message, o.variant, o.outcome, sum(o.count) AS count,
              coalesce((SELECT v.title FROM message_version v
                WHERE v.message = o.message ORDER BY v.number DESC LIMIT 1), o.message) AS title,
              coalesce((SELECT w.file_name FROM version_wording w
                WHERE w.message = o.message AND w.variant = o.variant
                ORDER BY w.number DESC LIMIT 1), '') AS file
            FROM outcome_count o WHERE o.variant <> '' AND o.training = 0
            GROUP BY o.message, o.variant, o.outcome ORDER BY title, o.message, o.variant
            """)
        .query(
            (row, n) ->
                new VariantCount(
                    row.getString("message"),
                    row.getString("title"),
                    row.getString("variant"),
                    row.getString("file"),
                    row.getString("outcome"),
                    row.getLong("count")))
        .list();
  }

  /**
   * The counts of some hours, the earliest first.
   *
   * @param from the first hour
   * @param before the hour after the last
   */
  public List<HourCount> between(Instant from, Instant before, int most, long leaveOut) {
    return db.sql(
            """
            SELECT o.*, coalesce((SELECT v.title FROM message_version v
              WHERE v.message = o.message ORDER BY v.number DESC LIMIT 1), o.message) AS title
            FROM outcome_count o WHERE hour >= ? AND hour < ?
            ORDER BY hour, o.message, site, node, outcome, reason, training LIMIT ? OFFSET ?
            """)
        .params(from.toString(), before.toString(), most, leaveOut)
        .query((row, n) -> hourCount(row))
        .list();
  }

  /** How long each node looked. */
  public List<Coverage> coverage() {
    return db.sql(
            """
            SELECT site, node, seconds FROM coverage_total ORDER BY site, node
            """)
        .query(
            (row, n) ->
                new Coverage(row.getString("site"), row.getString("node"), row.getLong("seconds")))
        .list();
  }

  /** The last hour in which a phone was seen, outside training. */
  Optional<Instant> lastSeen() {
    return hour("max");
  }

  /** The first one. */
  Optional<Instant> firstSeen() {
    return hour("min");
  }

  private Optional<Instant> hour(String which) {
    return db.sql("SELECT " + which + "(hour) FROM phones_seen WHERE training = 0")
        .query((row, n) -> Optional.ofNullable(row.getString(1)).map(Instant::parse))
        .single();
  }

  /** The live sketches of some time, each of a node and an hour. */
  List<Seen> seen(Instant from, Instant before) {
    return db.sql(
            "SELECT site, sketch FROM phones_seen"
                + " WHERE training = 0 AND hour >= ? AND hour < ?")
        .params(from.toString(), before.toString())
        .query((row, n) -> new Seen(row.getString("site"), row.getBytes("sketch")))
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
        row.getString("variant"),
        row.getLong("count"));
  }
}
