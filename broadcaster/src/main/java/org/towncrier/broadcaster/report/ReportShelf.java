package org.towncrier.broadcaster.report;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.Sql;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.WireJson;

/** The reports in the node's store: written once, kept until well after the console has them. */
final class ReportShelf {
  /** How long a console that was restored from a backup can get its history back. */
  static final Duration KEEP_ACKNOWLEDGED = Duration.ofDays(30);

  /** A node that starts every minute has many boots; the latest matter. */
  private static final int BOOTS_ASKED_ABOUT = 100;

  private final SiteId site;
  private final NodeId node;
  private final UUID boot;
  private final NodeStore store;

  /** One report, by the start of the node it belongs to and its number there. */
  record Key(long ordinal, long seq) {}

  /** A report as it travels. */
  record Kept(Key key, byte[] payload) {}

  ReportShelf(SiteId site, NodeId node, UUID boot, NodeStore store) {
    this.site = site;
    this.node = node;
    this.boot = boot;
    this.store = store;
  }

  /** Begins the numbering of this start of the node. */
  void open() {
    store.run(sql -> sql.update("INSERT INTO report_boot (boot) VALUES (?)", boot.toString()));
  }

  /** Makes a report of what was counted, if anything was; all in one transaction. */
  boolean cut(Unreported unreported, Instant now) {
    return store.inTransaction(
        sql -> {
          Unreported.Counts counts = unreported.take();
          if (counts.isEmpty()) {
            return false;
          }
          long ordinal = ordinal(sql, boot);
          long seq = 1 + sql.number("SELECT last_seq FROM report_boot WHERE ordinal = ?", ordinal);
          DeliveryReport report =
              new DeliveryReport(
                  site,
                  node,
                  boot,
                  seq,
                  now,
                  counts.outcomes(),
                  counts.coverage(),
                  counts.phonesSeen());
          sql.update("UPDATE report_boot SET last_seq = ? WHERE ordinal = ?", seq, ordinal);
          insert(sql, ordinal, report);
          return true;
        });
  }

  /** The oldest reports that the console has not confirmed, in order. */
  List<Kept> unacknowledged(int most) {
    return store.inTransaction(
        sql ->
            sql.list(
                "SELECT ordinal, seq, payload FROM report WHERE acked_at_s IS NULL"
                    + " ORDER BY ordinal, seq LIMIT ?",
                row -> new Kept(new Key(row.getLong(1), row.getLong(2)), row.getBytes(3)),
                most));
  }

  long countUnacknowledged() {
    return store.inTransaction(
        sql -> sql.number("SELECT count(*) FROM report WHERE acked_at_s IS NULL"));
  }

  /** The last report of each of the latest boots, where the console has confirmed it. */
  Map<UUID, Kept> lastConfirmedOfEachBoot() {
    Map<UUID, Kept> last = new TreeMap<>();
    store.run(
        sql ->
            sql.list(
                "SELECT b.boot, r.ordinal, r.seq, r.payload FROM report r"
                    + " JOIN report_boot b ON b.ordinal = r.ordinal AND b.last_seq = r.seq"
                    + " WHERE r.acked_at_s IS NOT NULL ORDER BY r.ordinal DESC LIMIT ?",
                row ->
                    last.put(
                        UUID.fromString(row.getString(1)),
                        new Kept(new Key(row.getLong(2), row.getLong(3)), row.getBytes(4))),
                BOOTS_ASKED_ABOUT));
    return last;
  }

  /**
   * Takes the console's word for what it has of one boot: up to that sequence, and no further.
   *
   * @return whether anything changed
   */
  boolean acknowledge(UUID of, long seq, Instant now) {
    return store.inTransaction(
        sql -> {
          if (sql.number("SELECT count(*) FROM report_boot WHERE boot = ?", of.toString()) == 0) {
            return false; // Of a store that is gone, or of nobody: nothing here to confirm.
          }
          long ordinal = ordinal(sql, of);
          int gained =
              sql.update(
                  "UPDATE report SET acked_at_s = ?"
                      + " WHERE ordinal = ? AND seq <= ? AND acked_at_s IS NULL",
                  now.getEpochSecond(),
                  ordinal,
                  seq);
          int lost =
              sql.update(
                  "UPDATE report SET acked_at_s = NULL"
                      + " WHERE ordinal = ? AND seq > ? AND acked_at_s IS NOT NULL",
                  ordinal,
                  seq);
          return gained + lost + fillGap(sql, of, ordinal, seq, now) > 0;
        });
  }

  /** Deletes what the console has had for long. */
  void forgetOld(Instant now) {
    store.run(
        sql -> {
          long before = now.minus(KEEP_ACKNOWLEDGED).getEpochSecond();
          sql.update("DELETE FROM report WHERE acked_at_s < ?", before);
          sql.update(
              "DELETE FROM report_boot WHERE boot <> ?"
                  + " AND NOT EXISTS (SELECT 1 FROM report r WHERE r.ordinal = report_boot.ordinal)",
              boot.toString());
        });
  }

  /**
   * A console that lost more than is kept here would wait for ever for the first of what it lost,
   * and confirm nothing after it. It gets empty reports in place of the deleted ones.
   */
  private int fillGap(Sql sql, UUID of, long ordinal, long seq, Instant now) throws SQLException {
    long last = sql.number("SELECT last_seq FROM report_boot WHERE ordinal = ?", ordinal);
    long lowest =
        sql.number("SELECT coalesce(min(seq), ?) FROM report WHERE ordinal = ?", last + 1, ordinal);
    int filled = 0;
    for (long missing = seq + 1; missing < lowest; missing++, filled++) {
      insert(
          sql,
          ordinal,
          new DeliveryReport(site, node, of, missing, now, List.of(), List.of(), List.of()));
    }
    return filled;
  }

  private static void insert(Sql sql, long ordinal, DeliveryReport report) throws SQLException {
    sql.update(
        "INSERT INTO report (ordinal, seq, payload, made_at_s) VALUES (?, ?, ?, ?)",
        ordinal,
        report.seq(),
        WireJson.write(report),
        report.at().getEpochSecond());
  }

  private static long ordinal(Sql sql, UUID of) throws SQLException {
    return sql.number("SELECT ordinal FROM report_boot WHERE boot = ?", of.toString());
  }
}
