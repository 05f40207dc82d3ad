package org.towncrier.console.live;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every live count by the name that pages know it by: {@code <message>/<outcome>} for all time,
 * {@code tonight/<outcome>} since noon. Training is not in them.
 */
public final class CountsNow implements LiveSource {
  private final JdbcClient db;
  private final InstantSource clock;
  private final ZoneId zone;

  CountsNow(JdbcClient db, InstantSource clock, ZoneId zone) {
    this.db = db;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public Map<String, Long> get() {
    Map<String, Long> counts = new TreeMap<>();
    db.sql(
            """
            SELECT message, outcome, sum(count) AS n FROM outcome_total
            WHERE training = 0 GROUP BY message, outcome
            """)
        .query(
            row -> {
              counts.put(
                  row.getString("message") + "/" + row.getString("outcome"), row.getLong("n"));
              counts.put("tonight/" + row.getString("outcome"), 0L);
            });
    tonight().forEach((outcome, count) -> counts.put("tonight/" + outcome, count));
    return counts;
  }

  /** What came of one message, by outcome. */
  public Map<String, Long> of(String message) {
    Map<String, Long> counts = new TreeMap<>();
    db.sql(
            """
            SELECT outcome, sum(count) AS n FROM outcome_total
            WHERE message = ? AND training = 0 GROUP BY outcome
            """)
        .param(message)
        .query(
            row -> {
              counts.put(row.getString("outcome"), row.getLong("n"));
            });
    return counts;
  }

  /** What came of all messages since noon, by outcome. */
  public Map<String, Long> tonight() {
    Map<String, Long> counts = new TreeMap<>();
    db.sql(
            """
            SELECT outcome, sum(count) AS n FROM outcome_count
            WHERE hour >= ? AND training = 0 GROUP BY outcome
            """)
        .param(nightBegan().toString())
        .query(
            row -> {
              counts.put(row.getString("outcome"), row.getLong("n"));
            });
    return counts;
  }

  /** A night runs noon to noon, local. */
  public Instant nightBegan() {
    ZonedDateTime now = clock.instant().atZone(zone);
    ZonedDateTime noon = now.with(LocalTime.NOON);
    return (now.isBefore(noon) ? noon.minusDays(1) : noon).toInstant();
  }
}
