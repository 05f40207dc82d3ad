package org.towncrier.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.TestConsole;
import org.towncrier.console.audit.AuditTrail;

class TransactionsTest {
  @TempDir Path folder;
  private TestConsole console;
  private JdbcClient db;
  private Transactions transactions;
  private AuditTrail audit;

  @BeforeEach
  void start() {
    console = new TestConsole(folder);
    db = console.bean(JdbcClient.class);
    transactions = console.bean(Transactions.class);
    audit = console.bean(AuditTrail.class);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void what_follows_a_commit_does_not_follow_a_rollback() {
    List<String> done = new ArrayList<>();
    transactions.run(() -> Transactions.afterCommit(() -> done.add("committed")));
    assertThatThrownBy(
            () ->
                transactions.run(
                    () -> {
                      audit.add("ada", "tried", "nothing", "");
                      Transactions.afterCommit(() -> done.add("rolled back"));
                      throw new IllegalStateException("changed my mind");
                    }))
        .hasMessage("changed my mind");
    assertThat(done).containsExactly("committed");
    assertThat(audit.of("nothing")).isEmpty();
  }

  @Test
  void a_full_disk_is_said_in_words_that_help_and_nothing_is_saved() {
    transactions.run(() -> audit.add("ada", "filled", "the disk", "before"));
    // SQLite's own limit fails as a full disk does, at the same place and with the same code.
    int pages = db.sql("PRAGMA page_count").query(Integer.class).single();
    assertThatThrownBy(
            () ->
                transactions.run(
                    () -> {
                      db.sql("PRAGMA max_page_count = " + (pages + 2))
                          .query(Integer.class)
                          .single();
                      for (int i = 0; i < 100; i++) {
                        audit.add("ada", "filled", "the disk", "x".repeat(4000));
                      }
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("disk is full")
        .hasMessageContaining("Free some space");
    assertThat(audit.of("the disk")).extracting(AuditTrail.Entry::detail).containsExactly("before");
    // Once there is room again, the same connections serve on.
    for (int i = 0; i < 20; i++) {
      transactions.run(
          () -> {
            db.sql("PRAGMA max_page_count = 1000000").query(Integer.class).single();
            audit.add("ada", "filled", "the disk", "x".repeat(4000));
          });
    }
    assertThat(audit.of("the disk")).hasSize(21);
  }

  @Test
  void the_audit_trail_is_only_added_to() {
    transactions.run(() -> audit.add("ada", "approved", "message m", "version 1"));
    assertThatThrownBy(() -> db.sql("UPDATE audit SET who = 'bob'").update())
        .hasMessageContaining("only added to");
    assertThatThrownBy(() -> db.sql("DELETE FROM audit").update())
        .hasMessageContaining("only added to");
    assertThat(audit.of("message m"))
        .singleElement()
        .extracting(AuditTrail.Entry::who)
        .isEqualTo("ada");
  }

  @Test
  void a_record_that_was_committed_survives_a_power_cut_and_only_its_owner_reads_it()
      throws Exception {
    assertThat(db.sql("PRAGMA synchronous").query(Integer.class).single()).isEqualTo(2);
    assertThat(db.sql("PRAGMA journal_mode").query(String.class).single()).isEqualTo("wal");
    assertThat(db.sql("PRAGMA foreign_keys").query(Integer.class).single()).isEqualTo(1);
    assertThat(db.sql("PRAGMA secure_delete").query(Integer.class).single()).isEqualTo(1);
    for (String file : List.of("console.db", "console.db-wal")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_console_that_can_write_is_healthy() {
    StoreHealth health = console.bean(StoreHealth.class);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThat(health.health().getDetails()).containsKey("freeBytes");
  }
}
