package org.towncrier.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.towncrier.console.store.TestStore;

class AuditTrailTest {
  private static final Instant START = Instant.parse("2026-11-27T20:00:00Z");

  @TempDir Path data;
  private TestStore store;
  private AuditTrail trail;
  private Instant now = START;

  @BeforeEach
  void open() {
    store = new TestStore(data);
    trail = new AuditTrail(store.db(), () -> now);
    trail.add("ann", "wrote", "message home", "version 1");
    now = now.plus(Duration.ofHours(1));
    trail.add("bob", "approved", "message home", "100% sure_of it!");
    now = now.plus(Duration.ofHours(1));
    trail.add("console", "live", "message home", "");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> find(String words) {
    return trail.find(new AuditTrail.Search(words, null, null), 100, 0).stream()
        .map(AuditTrail.Entry::who)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit SET who = 'nobody'",
        "UPDATE OR REPLACE audit SET id = 1 WHERE id = 2",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 3",
        "INSERT OR REPLACE INTO audit VALUES (1, '2026', 'cat', 'wrote', 'message home', '', '')",
        "REPLACE INTO audit VALUES (3, '2026', 'cat', 'wrote', 'message home', '', '')",
        "INSERT INTO audit VALUES (2, '2026', 'cat', 'wrote', 'message home', '', '')"
      })
  void the_database_itself_refuses_every_way_of_changing_the_trail(String sql) {
    assertThatThrownBy(() -> store.db().sql(sql).update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("the audit trail is only added to");
    assertThat(find("")).containsExactly("console", "bob", "ann");
  }

  @Test
  void words_are_found_wherever_they_stand_and_signs_are_only_signs() {
    assertThat(find("HOME")).containsExactly("console", "bob", "ann");
    assertThat(find("bob")).containsExactly("bob");
    assertThat(find("version 1")).containsExactly("ann");
    assertThat(find("100% s")).containsExactly("bob");
    assertThat(find("sure_of it!")).containsExactly("bob");
    assertThat(find("%")).containsExactly("bob");
    assertThat(find("'; DROP TABLE audit")).isEmpty();
  }

  @Test
  void a_time_span_holds_its_first_moment_and_not_its_last() {
    assertThat(
            trail.find(new AuditTrail.Search("", START, START.plus(Duration.ofHours(1))), 100, 0))
        .extracting(AuditTrail.Entry::who)
        .containsExactly("ann");
  }

  @Test
  void long_trails_come_a_page_at_a_time() {
    AuditTrail.Search all = new AuditTrail.Search("", null, null);
    assertThat(trail.find(all, 2, 0)).hasSize(2);
    assertThat(trail.find(all, 2, 2)).extracting(AuditTrail.Entry::who).containsExactly("ann");
  }
}
