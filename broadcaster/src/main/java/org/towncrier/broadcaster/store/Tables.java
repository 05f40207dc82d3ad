package org.towncrier.broadcaster.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * Brings the tables of a node's file up to date: one script after the other, each in a transaction
 * with its number, which SQLite keeps as the file's {@code user_version}.
 */
final class Tables {
  /** In the folder {@code db/node}: the n-th leads to version n. Only ever added to. */
  static final List<String> SCRIPTS =
      List.of(
          "V1__contacts_and_deliveries.sql",
          "V2__schedule_and_reports.sql",
          "V3__site_contacts.sql",
          "V4__commands.sql",
          "V5__variants.sql");

  private Tables() {}

  /**
   * If it fails the connection is to be closed, which takes back the step that was under way.
   *
   * @throws StoreException if a newer program made the file
   */
  static void bringUpToDate(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      int version = number(sql, "PRAGMA user_version");
      if (version == 0) {
        version = takeOver(sql);
      }
      if (version > SCRIPTS.size()) {
        throw new StoreException(
            "a newer version of the broadcaster made them (%d, this one knows %d). Install that one."
                .formatted(version, SCRIPTS.size()));
      }
      for (; version < SCRIPTS.size(); version++) {
        atOnce(sql, read(SCRIPTS.get(version)), version + 1);
      }
    }
  }

  /** What Flyway, which did this in earlier versions, had done. */
  private static int takeOver(Statement sql) throws SQLException {
    String there = "SELECT count(*) FROM sqlite_master WHERE name = 'flyway_schema_history'";
    if (number(sql, there) == 0) {
      return 0;
    }
    int version =
        number(
            sql, "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success");
    atOnce(sql, "DROP TABLE flyway_schema_history;", version);
    return version;
  }

  private static void atOnce(Statement sql, String script, int version) throws SQLException {
    sql.executeUpdate(
        "BEGIN IMMEDIATE;\n%s\nPRAGMA user_version = %d;\nCOMMIT".formatted(script, version));
  }

  private static int number(Statement sql, String query) throws SQLException {
    try (ResultSet row = sql.executeQuery(query)) {
      return row.getInt(1);
    }
  }

  private static String read(String script) {
    try (InputStream in =
        Objects.requireNonNull(Tables.class.getResourceAsStream("/db/node/" + script), script)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
