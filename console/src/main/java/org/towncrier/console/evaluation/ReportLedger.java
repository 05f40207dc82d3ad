package org.towncrier.console.evaluation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.towncrier.console.publish.RefusedPayloadException;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;
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

  /** The weeks of nights about any hour between these lie in 2000 to 2999, as our calendars do. */
  private static final Instant FIRST_HOUR = Instant.parse("2001-01-01T00:00:00Z");

  private static final Instant LAST_HOUR = Instant.parse("2998-12-31T23:00:00Z");

  private static final Logger log = LoggerFactory.getLogger(ReportLedger.class);

  /** A month and more of a node's reports, at one a minute and some 4 KB: nobody fills the disk. */
  private static final long MOST_PARKED = 50_000;

  private static final int MOST_PARKED_BYTES = 64 * 1024;

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
    REPEATED,
    /** It could not be read, and is kept for a newer console. */
    PARKED
  }

  /** What names a report, whatever else is in it. */
  private record Name(SiteId site, NodeId node, UUID boot, long seq) {}

  /**
   * Counts a report, unless it was counted before. One that can't be read is kept as it is, as long
   * as it says which it is: a node newer than this console must not wait for ever to be confirmed.
   * When it returns, that is committed.
   *
   * @throws MalformedPayloadException if it is no report at all
   * @throws RefusedPayloadException if it cannot be right, or its node is not known here
   * @throws org.towncrier.console.store.StoreException if nothing could be written
   */
  public Taken take(Topic topic, byte[] payload)
      throws MalformedPayloadException, RefusedPayloadException {
    Name name = WireJson.read(payload, Name.class);
    RefusedPayloadException.requireOwn(topic, name.site(), name.node());
    requireKnown(name);
    DeliveryReport report;
    try {
      report = WireJson.read(payload, DeliveryReport.class);
    } catch (MalformedPayloadException unreadable) {
      return park(name, payload, unreadable);
    }
    check(report);
    return transactions.write(() -> enter(report));
  }

  /**
   * Counts what was kept and can be read by now.
   *
   * @return how many reports
   */
  public int countParked() {
    List<Name> parked =
        db.sql("SELECT site, node, boot, seq FROM report_parked ORDER BY boot, seq")
            .query(
                (row, n) ->
                    new Name(
                        new SiteId(row.getString("site")),
                        new NodeId(row.getString("node")),
                        UUID.fromString(row.getString("boot")),
                        row.getLong("seq")))
            .list();
    int counted = 0;
    for (Name name : parked) {
      // One at a time: together they can be more than the memory holds.
      Optional<byte[]> payload = payload(name);
      if (payload.isEmpty()) {
        continue;
      }
      try {
        DeliveryReport report = WireJson.read(payload.get(), DeliveryReport.class);
        check(report);
        transactions.run(
            () -> {
              // Whoever deletes the row counts it.
              if (delete(name)) {
                count(report);
              }
            });
        counted++;
      } catch (MalformedPayloadException | RefusedPayloadException stillNot) {
        log.warn("A report is still kept unread: {}", stillNot.getMessage());
      }
    }
    return counted;
  }

  private Optional<byte[]> payload(Name name) {
    return db.sql(
            "SELECT payload FROM report_parked WHERE site = ? AND node = ? AND boot = ? AND seq = ?")
        .params(name.site().value(), name.node().value(), name.boot().toString(), name.seq())
        .query((row, n) -> row.getBytes(1))
        .optional();
  }

  private void requireKnown(Name name) throws RefusedPayloadException {
    boolean known =
        db.sql("SELECT count(*) FROM node WHERE site = ? AND id = ?")
                .params(name.site().value(), name.node().value())
                .query(Long.class)
                .single()
            > 0;
    if (!known) {
      throw new RefusedPayloadException(
          "this console has no node %s/%s; add it with add-node"
              .formatted(name.site(), name.node()));
    }
  }

  private Taken park(Name name, byte[] payload, MalformedPayloadException why)
      throws MalformedPayloadException {
    if (name.seq() < 1 || payload.length > MOST_PARKED_BYTES || parked(name) >= MOST_PARKED) {
      throw why;
    }
    return transactions.write(
        () -> {
          String now = clock.instant().toString();
          boolean fresh = insert(name, now, now);
          if (fresh) {
            db.sql(
                    "INSERT INTO report_parked (site, node, boot, seq, payload, received_at, why)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(
                    name.site().value(),
                    name.node().value(),
                    name.boot().toString(),
                    name.seq(),
                    payload,
                    now,
                    String.valueOf(why.getMessage()))
                .update();
          }
          closeGap(name, now);
          return fresh ? Taken.PARKED : Taken.REPEATED;
        });
  }

  private long parked(Name name) {
    return db.sql("SELECT count(*) FROM report_parked WHERE site = ? AND node = ?")
        .params(name.site().value(), name.node().value())
        .query(Long.class)
        .single();
  }

  private boolean delete(Name name) {
    return db.sql("DELETE FROM report_parked WHERE site = ? AND node = ? AND boot = ? AND seq = ?")
            .params(name.site().value(), name.node().value(), name.boot().toString(), name.seq())
            .update()
        > 0;
  }

  private boolean insert(Name name, String madeAt, String now) {
    return db.sql(
                "INSERT INTO report (site, node, boot, seq, made_at, received_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .params(
                name.site().value(),
                name.node().value(),
                name.boot().toString(),
                name.seq(),
                madeAt,
                now)
            .update()
        > 0;
  }

  private Taken enter(DeliveryReport report) {
    String now = clock.instant().toString();
    Name name = new Name(report.site(), report.node(), report.boot(), report.seq());
    boolean fresh = insert(name, report.at().toString(), now);
    if (fresh) {
      count(report);
    }
    closeGap(name, now);
    return fresh ? Taken.COUNTED : Taken.REPEATED;
  }

  private void count(DeliveryReport report) {
    report.outcomes().forEach(count -> add(report, count));
    report.coverage().forEach(coverage -> add(report, coverage));
    report.phonesSeen().forEach(seen -> unite(report, seen));
    ReportCommitted committed =
        new ReportCommitted(
            report.site(),
            report.node(),
            report.outcomes().stream()
                .map(DeliveryReport.OutcomeCount::message)
                .collect(Collectors.toSet()));
    Transactions.afterCommit(() -> events.publishEvent(committed));
  }

  /** A message that nobody here knows is counted too: history outlives messages. */
  private void add(DeliveryReport report, DeliveryReport.OutcomeCount count) {
    db.sql(
            "INSERT INTO outcome_count"
                + " (message, variant, hour, site, node, outcome, reason, training, count)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET count = count + excluded.count")
        .params(
            count.message().value(),
            count.variant() == null ? "" : count.variant().value(),
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
  private void closeGap(Name name, String now) {
    String site = name.site().value();
    String node = name.node().value();
    String boot = name.boot().toString();
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
    if (hour.isBefore(FIRST_HOUR) || hour.isAfter(LAST_HOUR)) {
      throw new RefusedPayloadException(where + ": " + hour + " lies where no calendar reaches");
    }
  }
}
