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
            SELECT message, outcome, sum(count) AS n,
              sum(CASE WHEN hour >= ? THEN count ELSE 0 END) AS tonight
            FROM outcome_count WHERE training = 0 GROUP BY message, outcome
            """)
        .param(nightBegan().toString())
        .query(
            row -> {
              String outcome = row.getString("outcome");
              counts.put(row.getString("message") + "/" + outcome, row.getLong("n"));
              counts.merge("tonight/" + outcome, row.getLong("tonight"), Long::sum);
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
