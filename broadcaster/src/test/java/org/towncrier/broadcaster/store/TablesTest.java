package org.towncrier.broadcaster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
  @TempDir Path folder;

  @Test
  void every_script_of_the_folder_is_run_in_the_order_of_its_number() throws Exception {
    Path scripts = Path.of(Objects.requireNonNull(Tables.class.getResource("/db/node")).toURI());
    try (Stream<Path> files = Files.list(scripts)) {
      assertThat(Tables.SCRIPTS)
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
    for (int i = 0; i < Tables.SCRIPTS.size(); i++) {
      assertThat(Tables.SCRIPTS.get(i)).startsWith("V" + (i + 1) + "__");
    }
  }

  @Test
  void a_file_is_made_once_and_then_left_as_it_is() {
    try (NodeStore store = open()) {
      assertThat(store.pragma("user_version")).isEqualTo("" + Tables.SCRIPTS.size());
      store.run(sql -> sql.update("INSERT INTO command_done VALUES ('a', 1)"));
    }
    try (NodeStore store = open()) {
      assertThat(rows(store, "command_done")).isEqualTo(1);
    }
  }

  @Test
  void a_file_that_flyway_made_is_taken_over_with_what_is_in_it() throws SQLException {
    Flyway.configure()
        .dataSource(url(), null, null)
        .locations("classpath:db/node")
        .load()
        .migrate();
    statement("INSERT INTO command_done VALUES ('a', 1)");

    try (NodeStore store = open()) {
      assertThat(rows(store, "command_done")).isEqualTo(1);
      assertThat(rows(store, "sqlite_master WHERE name LIKE 'flyway%'")).isZero();
      assertThat(store.pragma("user_version")).isEqualTo("" + Tables.SCRIPTS.size());
    }
  }

  @Test
  void a_file_of_a_newer_version_is_refused_and_left_alone() throws SQLException {
    open().close();
    statement("PRAGMA user_version = 99");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("a newer version of the broadcaster made them (99, this one knows");
    statement("DELETE FROM command_done"); // Nobody holds it.
  }

  @Test
  void a_step_that_fails_is_taken_back_whole() throws SQLException {
    statement("CREATE TABLE asked (something TEXT)"); // In the way of the first script.

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be brought up to date: ")
        .hasMessageContaining("asked");

    statement("DROP TABLE asked");
    open().close();
  }

  private NodeStore open() {
    NodeStore store = new NodeStore(folder.resolve("node.db"));
    store.open();
    return store;
  }

  private static long rows(NodeStore store, String table) {
    return store.inTransaction(sql -> sql.number("SELECT count(*) FROM " + table));
  }

  private void statement(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("node.db");
  }
}
