package org.towncrier.console.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.store.TestStore;

/** The totals that pages show are the sums of the hourly rows, however those are written. */
class TotalsTest {
  private static final List<String> WAYS =
      List.of(
          "INSERT INTO outcome_count (message, hour, site, node, outcome, reason, training, count)"
              + " VALUES (?1, ?2, 'square', 'n', ?3, '', ?4, ?5)"
              + " ON CONFLICT DO UPDATE SET count = count + excluded.count",
          "INSERT OR IGNORE INTO outcome_count (message, hour, site, node, outcome, reason, training, count)"
              + " VALUES (?1, ?2, 'square', 'n', ?3, '', ?4, ?5)",
          "UPDATE outcome_count SET count = ?5 WHERE message = ?1 AND hour = ?2 AND outcome = ?3"
              + " AND training = ?4",
          "DELETE FROM outcome_count WHERE message = ?1 AND hour = ?2 AND outcome = ?3"
              + " AND training = ?4 AND count < ?5");

  @Test
  void totals_follow_every_way_of_writing_a_count(@TempDir Path folder) {
    try (TestStore store = new TestStore(folder)) {
      JdbcClient db = store.db();
      Random random = new Random(5);
      for (int step = 0; step < 400; step++) {
        db.sql(WAYS.get(random.nextInt(WAYS.size())))
            .params(
                "m" + random.nextInt(3),
                "2026-11-2" + random.nextInt(5) + "T20:00:00Z",
                random.nextBoolean() ? "ACCEPTED" : "WITHHELD",
                random.nextInt(2),
                1 + random.nextInt(40))
            .update();
        db.sql(
                "INSERT INTO coverage VALUES ('square', 'n', ?, 'hci0', ?)"
                    + " ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds")
            .params("hour " + random.nextInt(4), random.nextInt(60))
            .update();
      }
      assertThat(
              rows(
                  db,
                  "SELECT message, training, outcome, reason, count FROM outcome_total"
                      + " WHERE count > 0 ORDER BY 1, 2, 3, 4"))
          .isNotEmpty()
          .isEqualTo(
              rows(
                  db,
                  "SELECT message, training, outcome, reason, sum(count) AS count"
                      + " FROM outcome_count GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"));
      assertThat(rows(db, "SELECT site, node, seconds FROM coverage_total"))
          .isEqualTo(rows(db, "SELECT site, node, sum(seconds) AS seconds FROM coverage"));
    }
  }

  private static List<Map<String, Object>> rows(JdbcClient db, String sql) {
    return db.sql(sql).query().listOfRows();
  }
}
