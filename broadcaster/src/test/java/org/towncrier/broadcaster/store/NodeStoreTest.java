package org.towncrier.broadcaster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeStoreTest {
  @TempDir Path folder;
  private Path file;
  private NodeStore store;

  @BeforeEach
  void open() {
    file = folder.resolve("data/node.db");
    store = new NodeStore(file);
    store.open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void what_was_committed_is_there_after_a_restart() {
    addCampaign("a");
    store.close();
    store = new NodeStore(file);
    store.open();
    assertThat(campaigns()).isEqualTo(1);
  }

  @Test
  void nobody_but_its_owner_reads_the_keys() throws IOException {
    addCampaign("a");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    for (String name : List.of("node.db", "node.db-wal")) {
      Path made = file.resolveSibling(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .as(name)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void work_that_throws_leaves_nothing_behind() {
    assertThatThrownBy(
            () ->
                store.run(
                    sql -> {
                      sql.update(
                          "INSERT INTO campaign (id, first_seen, ends_at) VALUES ('a', 0, 0)");
                      throw new IllegalStateException("midway");
                    }))
        .hasMessage("midway");
    assertThat(campaigns()).isZero();
    assertThat(store.trouble()).isEmpty();
  }

  @Test
  void work_within_work_is_written_with_it_or_not_at_all() {
    assertThatThrownBy(
            () ->
                store.run(
                    sql -> {
                      addCampaign("a");
                      throw new IllegalStateException("after the inner work");
                    }))
        .hasMessage("after the inner work");
    assertThat(campaigns()).isZero();
  }

  @Test
  void memory_follows_the_file_only_once_it_is_committed() {
    List<String> done = new ArrayList<>();
    assertThatThrownBy(
            () ->
                store.run(
                    sql -> {
                      store.afterCommit(() -> done.add("rolled back"));
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    store.run(sql -> store.afterCommit(() -> done.add("committed")));
    assertThat(done).containsExactly("committed");
    assertThatThrownBy(() -> store.afterCommit(() -> {})).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void every_pragma_that_the_promises_rest_on_is_set() {
    assertThat(pragma("journal_mode")).isEqualTo("wal");
    assertThat(pragma("synchronous")).isEqualTo("2");
    assertThat(pragma("foreign_keys")).isEqualTo("1");
    assertThat(pragma("secure_delete")).isEqualTo("1");
    assertThat(pragma("busy_timeout")).isEqualTo("5000");
  }

  @Test
  void a_full_disk_is_reported_and_over_once_there_is_room() {
    pragma("max_page_count = " + (Long.parseLong(pragma("page_count")) + 2));
    assertThatThrownBy(this::fillUp)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot write its records: the disk is full");
    assertThat(store.trouble())
        .hasValueSatisfying(why -> assertThat(why).contains("the disk is full"));
    assertThat(store.probe()).isFalse();
    assertThat(store.trouble()).isPresent();
    pragma("max_page_count = 1000000");
    assertThat(store.probe()).isTrue();
    assertThat(store.trouble()).isEmpty();
    addCampaign("after");
  }

  @Test
  void a_wrong_statement_is_a_defect_and_not_a_full_disk() {
    assertThatThrownBy(() -> store.run(sql -> sql.update("INSERT INTO nowhere VALUES (1)")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nowhere");
    assertThat(store.trouble()).isEmpty();
  }

  @Test
  void a_second_broadcaster_on_the_same_file_is_refused() {
    try (NodeStore second = new NodeStore(file)) {
      assertThatThrownBy(second::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Another broadcaster is using");
    }
  }

  @Test
  void a_damaged_file_is_refused_with_what_to_do() throws Exception {
    store.close();
    Files.writeString(file, "this is not a database, but it is long enough to be read as one ...");
    assertThatThrownBy(() -> new NodeStore(file).open())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("add-node");
  }

  @Test
  void a_data_folder_that_is_a_file_is_refused() throws Exception {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new NodeStore(notAFolder.resolve("node.db")).open())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be made");
  }

  @Test
  void an_overwritten_secret_is_gone_from_every_file_once_the_log_is_emptied() throws Exception {
    byte[] secret =
        "a secret of thirty-two bytes ...".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    store.run(
        sql ->
            sql.update(
                "INSERT INTO site_keys VALUES (1, 'square', '2026-11-26', ?, ?)", secret, secret));
    store.run(
        sql ->
            sql.update("UPDATE site_keys SET night_key = zeroblob(32), campaign_secret = x'00'"));
    store.truncateWal();
    try (var files = Files.list(file.getParent())) {
      for (Path each : files.toList()) {
        String content = Files.readString(each, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(content).as(each.toString()).doesNotContain("a secret of thirty-two");
      }
    }
  }

  private void fillUp() {
    for (int i = 0; i < 1_000; i++) {
      addCampaign("campaign-" + i);
    }
  }

  private void addCampaign(String id) {
    store.run(
        sql ->
            sql.update(
                "INSERT INTO campaign (id, first_seen, ends_at) VALUES (?, ?, ?)",
                id,
                0L,
                Long.MAX_VALUE));
  }

  private long campaigns() {
    return store.inTransaction(sql -> sql.number("SELECT count(*) FROM campaign"));
  }

  /** Outside a transaction, where SQLite allows it. */
  private String pragma(String pragma) {
    return store.pragma(pragma);
  }
}
