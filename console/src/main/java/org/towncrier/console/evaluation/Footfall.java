package org.towncrier.console.evaluation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.protocol.SiteId;

/** How many phones a site sees at an hour of the day, going by the last weeks. */
@Component
public class Footfall {
  /** Long enough for every day of the week four times. */
  private static final int DAYS = 28;

  private final JdbcClient db;
  private final ConsoleSettings settings;
  private final InstantSource clock;

  Footfall(JdbcClient db, ConsoleSettings settings, InstantSource clock) {
    this.db = db;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The mean number of phones in this local hour over those of the last four weeks in which the
   * site looked for any. Each phone counts once an hour, whichever nodes saw it.
   *
   * @return nothing when the site has not looked at this hour yet
   */
  public OptionalLong phonesAtThisHour(SiteId site) {
    LocalDateTime hour =
        LocalDateTime.ofInstant(clock.instant(), settings.zone()).truncatedTo(ChronoUnit.HOURS);
    Map<String, List<byte[]>> byHour = new HashMap<>();
    for (int day = 1; day <= DAYS; day++) {
      Instant at = hour.minusDays(day).atZone(settings.zone()).toInstant();
      List<byte[]> seen =
          db.sql("SELECT sketch FROM phones_seen WHERE site = ? AND hour = ? AND training = 0")
              .params(site.value(), at.toString())
              .query((row, n) -> row.getBytes(1))
              .list();
      if (!seen.isEmpty()) {
        byHour.computeIfAbsent(at.toString(), key -> new ArrayList<>()).addAll(seen);
      }
    }
    return byHour.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            Math.round(byHour.values().stream().mapToLong(Sketches::estimate).average().orElse(0)));
  }
}
