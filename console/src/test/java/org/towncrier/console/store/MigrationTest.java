package org.towncrier.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A console that was in use comes out of an upgrade with all it knew. */
class MigrationTest {
  @TempDir Path data;
  private SQLiteDataSource source;
  private JdbcClient db;

  @BeforeEach
  void open() {
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + data.resolve("console.db"));
    db = JdbcClient.create(source);
  }

  private void migrate(String target) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/console")
        .target(target)
        .load()
        .migrate();
  }

  private void run(String sql, Object... params) {
    assertThat(db.sql(sql).params(params).update()).isPositive();
  }

  private List<Map<String, Object>> rows(String sql) {
    return db.sql(sql).query().listOfRows();
  }

  @Test
  void every_table_holds_its_columns_to_their_types() {
    migrate("latest");
    assertThat(
            rows(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                    + " AND NOT strict AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'flyway%'"))
        .isEmpty();
  }

  private void message(String id, String kind, String text, byte[] image, String contact) {
    run("INSERT INTO message (id, campaign, created_at) VALUES (?, 'safer', '2026-11-01')", id);
    for (int number = 1; number <= 2; number++) {
      run(
          """
          INSERT INTO message_version (message, number, status, title, kind, text, contact, image,
            object_name, priority, author, created_at)
          VALUES (?1, ?2, 'DRAFT', 'Title of ' || ?1, ?3, ?4 || ' v' || ?2, ?5, ?6, ?1 || '.txt',
            'HIGH', 'ann', '2026-11-01')
          """,
          Arrays.asList(id, number, kind, text, contact, image).toArray());
      run("INSERT INTO version_editor VALUES (?, ?, 'ann')", id, number);
      run("INSERT INTO version_target VALUES (?, ?, 'square', 'north')", id, number);
      run(
          "INSERT INTO version_window VALUES"
              + " (?, ?, '2026-11-01', '2026-12-01', '5,6', '22:00', '03:00', 'Europe/London')",
          id,
          number);
      run(
          "UPDATE message_version SET status = 'SUBMITTED' WHERE message = ? AND number = ?",
          id,
          number);
      run(
          "UPDATE message_version SET status = 'APPROVED', decided_by = 'bob'"
              + " WHERE message = ? AND number = ?",
          id,
          number);
      run(
          "UPDATE message_version SET status = ? WHERE message = ? AND number = ?",
          number == 1 ? "REPLACED" : "LIVE",
          id,
          number);
    }
  }

  private void fill(byte[] picture, byte[] payload) {
    run(
        "INSERT INTO site (id, name, night, night_key, campaign_secret)"
            + " VALUES ('square', 'The square', '2026-11-01', zeroblob(32), zeroblob(32))");
    run("INSERT INTO node (site, id, added_at) VALUES ('square', 'north', '2026-11-01')");
    run(
        "INSERT INTO campaign (id, title, sender, contact, starts_on, ends_on)"
            + " VALUES ('safer', 'Safer', 'Team', 'Objections: 1', '2026-11-01', '2026-12-01')");
    message("bus", "TEXT", "Take the bus – caf\u00e9, \u591c", null, null);
    message("map", "IMAGE", "A map", picture, null);
    message("card", "VCARD", "", null, "{\"name\":\"Police\"}");
    run("INSERT INTO message (id, campaign, created_at) VALUES ('draft', 'safer', '2026-11-02')");
    run(
        "INSERT INTO message_version (message, number, edit, status, title, kind, text,"
            + " object_name, priority, author, created_at) VALUES"
            + " ('draft', 1, 7, 'DRAFT', 'T', 'TEXT', 'In work', 'd.txt', 'NORMAL', 'ann', 'x')");
    for (int hour = 10; hour < 24; hour++) {
      for (String outcome : List.of("ACCEPTED", "WITHHELD")) {
        for (int training = 0; training < 2; training++) {
          run(
              "INSERT INTO outcome_count VALUES ('bus', ?, 'square', 'north', ?, ?, ?, ?)",
              "2026-11-01T" + hour + ":00:00Z",
              outcome,
              outcome.equals("WITHHELD") ? "BUDGET" : "",
              training,
              hour * 3 + training);
        }
      }
      run(
          "INSERT INTO coverage VALUES ('square', 'north', ?, 'hci0', ?)",
          "2026-11-01T" + hour + ":00:00Z",
          hour);
      run(
          "INSERT INTO phones_seen VALUES ('square', 'north', ?, 0, ?)",
          "2026-11-01T" + hour + ":00:00Z",
          payload);
    }
    run(
        "INSERT INTO report_parked VALUES ('square', 'north', 'b', 9, ?, '2026-11-01', 'newer')",
        payload);
    run("INSERT INTO report VALUES ('square', 'north', 'b', 1, '2026-11-01', '2026-11-01')");
    for (String name : List.of("ann@example.org", "bob")) {
      run(
          "INSERT INTO person (username, display_name, password_hash, stamp, created_at, totp_secret)"
              + " VALUES (?, 'Name', 'hash of ' || ?1, 4, '2026-11-01', 'SECRET')",
          name);
      run(
          "INSERT INTO person_role SELECT id, 'SENIOR_APPROVER' FROM person WHERE username = ?",
          name);
    }
    run(
        "INSERT INTO audit (at, who, what, subject, detail)"
            + " VALUES ('2026-11-01', 'bob', 'approved', 'message bus', 'version 1')");
  }

  @Test
  void words_pictures_counts_reports_people_and_the_trail_outlive_every_migration() {
    migrate("7");
    byte[] picture = new byte[70_000];
    new Random(3).nextBytes(picture);
    byte[] payload = "a report of tomorrow".getBytes(StandardCharsets.UTF_8);
    fill(picture, payload);
    String words = "SELECT message, number, %s AS words, %s AS file, %s AS contact FROM %s";
    List<Map<String, Object>> said =
        rows(
            words.formatted("text", "object_name", "contact", "message_version")
                + " ORDER BY message, number");
    List<String> kept =
        List.of(
            "SELECT message, number, edit, status, title, kind, priority, author, decided_by,"
                + " paused_at, discarded_at FROM message_version ORDER BY message, number",
            "SELECT * FROM version_editor",
            "SELECT * FROM version_target ORDER BY rowid",
            "SELECT * FROM version_window ORDER BY rowid",
            "SELECT message, hour, site, node, outcome, reason, training, count FROM outcome_count"
                + " ORDER BY message, hour, site, node, outcome, reason, training",
            "SELECT * FROM coverage",
            "SELECT site, node, hour, training, hex(sketch) FROM phones_seen ORDER BY hour",
            "SELECT site, node, boot, seq, hex(payload), received_at, why FROM report_parked",
            "SELECT * FROM report",
            "SELECT id, username, display_name, password_hash, enabled, stamp, totp_secret"
                + " FROM person ORDER BY id",
            "SELECT * FROM person_role",
            "SELECT id, at, who, what, subject, detail FROM audit",
            "SELECT id, name, hold, hex(night_key) FROM site",
            "SELECT id, title, sender, contact, starts_on, ends_on FROM campaign");
    List<List<Map<String, Object>>> before = kept.stream().map(this::rows).toList();
    assertThat(before).allSatisfy(table -> assertThat(table).isNotEmpty());
    List<Map<String, Object>> sums =
        rows(
            "SELECT message, training, outcome, reason, sum(count) AS count FROM outcome_count"
                + " GROUP BY message, training, outcome, reason"
                + " ORDER BY message, training, outcome, reason");

    migrate("latest");

    for (int table = 0; table < kept.size(); table++) {
      assertThat(rows(kept.get(table))).as(kept.get(table)).isEqualTo(before.get(table));
    }
    assertThat(
            rows(
                words
                        .formatted("t.words", "w.file_name", "w.contact", "")
                        .replace("SELECT message, number", "SELECT w.message, w.number")
                    + "version_wording w JOIN wording_text t USING (message, number, place)"
                    + " ORDER BY w.message, w.number"))
        .isEqualTo(said);
    assertThat(rows("SELECT DISTINCT place, variant FROM version_wording")).hasSize(1);
    assertThat(db.sql("SELECT edit FROM campaign").query(Integer.class).list()).containsExactly(1);
    assertThat(
            db.sql("SELECT image FROM version_wording WHERE image IS NOT NULL")
                .query((row, n) -> row.getBytes(1))
                .list())
        .hasSize(2)
        .allSatisfy(image -> assertThat(image).isEqualTo(picture));
    assertThat(
            rows(
                "SELECT message, training, outcome, reason, count FROM outcome_total"
                    + " ORDER BY message, training, outcome, reason"))
        .isEqualTo(sums);
    assertThat(rows("SELECT seconds FROM coverage_total").get(0).values())
        .singleElement()
        .isEqualTo(rows("SELECT sum(seconds) AS s FROM coverage").get(0).get("s"));
    assertThat(rows("SELECT email FROM person ORDER BY id").get(0))
        .containsEntry("email", "ann@example.org");
    assertThat(rows("SELECT email FROM person ORDER BY id").get(1)).containsEntry("email", null);
    assertThat(rows("PRAGMA foreign_key_check")).isEmpty();
    assertThat(rows("PRAGMA integrity_check").get(0).values()).containsExactly("ok");
  }

  @Test
  void a_database_that_was_at_17_before_the_tokens_came_gets_their_table() throws IOException {
    Path before = Files.createDirectory(data.resolve("before"));
    Path migrations = Path.of("src", "main", "resources", "db", "console");
    for (int number : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 17}) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(migrations, "V" + number + "__*.sql")) {
        for (Path file : files) {
          Files.copy(file, before.resolve(file.getFileName()));
        }
      }
    }
    Flyway.configure().dataSource(source).locations("filesystem:" + before).load().migrate();
    assertThat(rows("SELECT * FROM sqlite_schema WHERE name = 'api_token'")).isEmpty();
    migrate("latest");
    assertThat(rows("SELECT * FROM sqlite_schema WHERE name = 'api_token'")).hasSize(1);
  }
}
