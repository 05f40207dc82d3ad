package org.towncrier.console.evaluation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.towncrier.console.publish.RefusedPayloadException;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;

/**
 * Counts each report of each node once, however often and in whatever order they arrive. One
 * transaction holds a report and everything that follows from it.
 */
@Service
public class ReportLedger {
  /** More than a node could count in a year: a report that says so is damaged. */
  private static final long MOST = 1_000_000_000;

  private final JdbcClient db;
  private final Transactions transactions;
  private final InstantSource clock;
  private final ApplicationEventPublisher events;

  ReportLedger(
      JdbcClient db,
      Transactions transactions,
      InstantSource clock,
      ApplicationEventPublisher events) {
    this.db = db;
    this.transactions = transactions;
    this.clock = clock;
    this.events = events;
  }

  /** What became of a report that is in the ledger now. */
  public enum Taken {
    COUNTED,
    /** It was counted before. */
    REPEATED
  }

  /**
   * Counts a report, unless it was counted before. When it returns, that is committed.
   *
   * @throws MalformedPayloadException if it is no report
   * @throws RefusedPayloadException if it cannot be right, or its node is not known here
   * @throws org.towncrier.console.store.StoreException if nothing could be written
   */
  public Taken take(Topic topic, byte[] payload)
      throws MalformedPayloadException, RefusedPayloadException {
    DeliveryReport report = WireJson.read(payload, DeliveryReport.class);
    RefusedPayloadException.requireOwn(topic, report.site(), report.node());
    check(report);
    boolean known =
        db.sql("SELECT count(*) FROM node WHERE site = ? AND id = ?")
                .params(report.site().value(), report.node().value())
                .query(Long.class)
                .single()
            > 0;
    if (!known) {
      throw new RefusedPayloadException(
          "this console has no node %s/%s; add it with add-node"
              .formatted(report.site(), report.node()));
    }
    return transactions.write(() -> enter(report));
  }

  private Taken enter(DeliveryReport report) {
    String now = clock.instant().toString();
    int fresh =
        db.sql(
                "INSERT INTO report (site, node, boot, seq, made_at, received_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .params(
                report.site().value(),
                report.node().value(),
                report.boot().toString(),
                report.seq(),
                report.at().toString(),
                now)
            .update();
    if (fresh > 0) {
      report.outcomes().forEach(count -> add(report, count));
      report.coverage().forEach(coverage -> add(report, coverage));
      report.phonesSeen().forEach(seen -> unite(report, seen));
    }
    closeGap(report, now);
    if (fresh > 0) {
      ReportCommitted committed =
          new ReportCommitted(
              report.site(),
              report.node(),
              report.outcomes().stream()
                  .map(DeliveryReport.OutcomeCount::message)
                  .collect(Collectors.toSet()));
      Transactions.afterCommit(() -> events.publishEvent(committed));
    }
    return fresh > 0 ? Taken.COUNTED : Taken.REPEATED;
  }

  /** A message that nobody here knows is counted too: history outlives messages. */
  private void add(DeliveryReport report, DeliveryReport.OutcomeCount count) {
    db.sql(
            "INSERT INTO outcome_count"
                + " (message, hour, site, node, outcome, reason, training, count)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET count = count + excluded.count")
        .params(
            count.message().value(),
            count.hour().toString(),
            report.site().value(),
            report.node().value(),
            count.outcome().name(),
            count.reason() == null ? "" : count.reason().name(),
            count.training() ? 1 : 0,
            count.count())
        .update();
  }

  private void add(DeliveryReport report, DeliveryReport.Coverage coverage) {
    db.sql(
            "INSERT INTO coverage (site, node, hour, adapter, seconds) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds")
        .params(
            report.site().value(),
            report.node().value(),
            coverage.hour().toString(),
            coverage.adapter(),
            coverage.seconds())
        .update();
  }

  private void unite(DeliveryReport report, DeliveryReport.PhonesSeen seen) {
    byte[] sketch =
        db.sql(
                "SELECT sketch FROM phones_seen"
                    + " WHERE site = ? AND node = ? AND hour = ? AND training = ?")
            .params(
                report.site().value(),
                report.node().value(),
                seen.hour().toString(),
                seen.training() ? 1 : 0)
            .query((row, n) -> row.getBytes(1))
            .optional()
            .map(before -> Sketches.unite(before, seen.sketch()))
            .orElse(seen.sketch());
    db.sql(
            "INSERT INTO phones_seen (site, node, hour, training, sketch) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET sketch = excluded.sketch")
        .params(
            report.site().value(),
            report.node().value(),
            seen.hour().toString(),
            seen.training() ? 1 : 0,
            sketch)
        .update();
  }

  /** Moves on what is confirmed, as far as there is no gap. */
  private void closeGap(DeliveryReport report, String now) {
    String site = report.site().value();
    String node = report.node().value();
    String boot = report.boot().toString();
    long before =
        db.sql("SELECT gap_free FROM report_boot WHERE site = ? AND node = ? AND boot = ?")
            .params(site, node, boot)
            .query(Long.class)
            .optional()
            .orElse(0L);
    long gapFree = before;
    try (Stream<Long> beyond =
        db
            .sql(
                "SELECT seq FROM report WHERE site = ? AND node = ? AND boot = ? AND seq > ?"
                    + " ORDER BY seq")
            .params(site, node, boot, before)
            .query(Long.class)
            .stream()) {
      Iterator<Long> next = beyond.iterator();
      while (next.hasNext() && next.next() == gapFree + 1) {
        gapFree++;
      }
    }
    db.sql(
            "INSERT INTO report_boot (site, node, boot, gap_free, last_at) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET gap_free = excluded.gap_free,"
                + " last_at = excluded.last_at")
        .params(site, node, boot, gapFree, now)
        .update();
  }

  private static void check(DeliveryReport report) throws RefusedPayloadException {
    for (DeliveryReport.OutcomeCount count : report.outcomes()) {
      requireHour("outcomes", count.hour());
      if (count.count() > MOST) {
        throw new RefusedPayloadException("outcomes: nobody counts " + count.count());
      }
    }
    for (DeliveryReport.Coverage coverage : report.coverage()) {
      requireHour("coverage", coverage.hour());
    }
    for (DeliveryReport.PhonesSeen seen : report.phonesSeen()) {
      requireHour("phonesSeen", seen.hour());
      Sketches.check(seen.sketch());
    }
  }

  private static void requireHour(String where, Instant hour) throws RefusedPayloadException {
    if (!hour.truncatedTo(ChronoUnit.HOURS).equals(hour)) {
      throw new RefusedPayloadException(where + ": " + hour + " is not the start of an hour");
    }
  }
}
