package org.towncrier.console.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.input.StaleException;
import org.towncrier.console.publish.NodeLeft;
import org.towncrier.console.store.TestStore;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.WireJson;

/** When a node may leave: once it is silent and the others have its word, or in the end. */
class TakeOutTest {
  private static final SiteId SITE = new SiteId("square");
  private static final NodeId CLOCK = new NodeId("clock");
  private static final Instant NOW = Instant.parse("2026-11-23T21:00:00Z");
  private static final Instant OVER = NOW.plus(Duration.ofMinutes(5));

  @TempDir Path folder;
  private final List<Object> events = new ArrayList<>();
  private Instant now = NOW;
  private TestStore store;
  private TakeOut takeOut;
  private NodeOverview overview;
  private AuditTrail audit;

  @BeforeEach
  void open() {
    store = new TestStore(folder);
    store.site("square", "clock", "memorial");
    audit = new AuditTrail(store.db(), () -> now);
    overview = new NodeOverview(store.db());
    takeOut =
        new TakeOut(
            store.db(),
            store.transactions(),
            audit,
            () -> now,
            overview,
            events::add,
            new NodeNews(() -> now));
    for (String node : List.of("clock", "memorial")) {
      store
          .db()
          .sql(
              "INSERT INTO broker_account (username, password_hash, site, node, created_at)"
                  + " VALUES ('square.' || ?1, 'x', 'square', ?1, '2026-11-01T00:00:00Z')")
          .param(node)
          .update();
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void it_leaves_once_it_is_silent_and_no_other_node_waits_for_its_word() {
    takeOut.begin(SITE, CLOCK, "ada");
    told("clock", 7, OVER);
    told("memorial", 3, NOW.plus(Duration.ofDays(14)));
    said("clock", 7, true, NOW);
    said("memorial", 3, false, NOW, CLOCK);
    looksAt(OVER.minusSeconds(1), false);
    looksAt(OVER.plusSeconds(10), false);
    said("memorial", 3, false, OVER.plusSeconds(20), CLOCK);
    looksAt(OVER.plusSeconds(30), false);
    said("memorial", 2, false, OVER.plusSeconds(40));
    looksAt(OVER.plusSeconds(50), false);
    said("memorial", 3, false, OVER.plusSeconds(60));
    looksAt(OVER.plusSeconds(70), true);
    assertThat(accounts()).containsExactly("square.memorial");
    assertThat(events).contains(new NodeLeft(SITE, CLOCK));
    assertThat(audit.of("node square/clock"))
        .anySatisfy(entry -> assertThat(entry.detail()).contains("handed over"));
  }

  @Test
  void one_that_has_not_applied_its_last_schedule_stays_until_all_it_was_told_has_run_out() {
    takeOut.begin(SITE, CLOCK, "ada");
    told("clock", 7, OVER);
    said("clock", 6, false, NOW);
    looksAt(NOW.plus(Duration.ofDays(14)), false);
    looksAt(NOW.plus(Duration.ofDays(15)), true);
  }

  @Test
  void a_site_s_only_node_leaves_once_it_is_silent() {
    store
        .db()
        .sql("UPDATE node SET left_at = '2026-01-01T00:00:00Z' WHERE id = 'memorial'")
        .update();
    takeOut.begin(SITE, CLOCK, "ada");
    told("clock", 7, OVER);
    said("clock", 7, true, NOW);
    looksAt(OVER, true);
  }

  @Test
  void one_that_never_connected_has_nothing_to_hand_over() {
    takeOut.begin(SITE, CLOCK, "ada");
    looksAt(NOW, true);
  }

  @Test
  void it_can_be_kept_until_it_has_left() {
    takeOut.begin(SITE, CLOCK, "ada");
    assertThatThrownBy(() -> takeOut.begin(SITE, CLOCK, "ada")).isInstanceOf(StaleException.class);
    takeOut.keep(SITE, CLOCK, "ada");
    assertThat(overview.one("square", "clock").orElseThrow().retiring()).isFalse();
    takeOut.atOnce(SITE, CLOCK, "ada");
    assertThatThrownBy(() -> takeOut.keep(SITE, CLOCK, "ada")).isInstanceOf(StaleException.class);
  }

  @Test
  void a_lost_node_s_account_is_shut_at_once_and_its_history_stays() {
    store
        .db()
        .sql("INSERT INTO coverage VALUES ('square', 'clock', '2026-11-22T21:00:00Z', 'hci0', 60)")
        .update();
    takeOut.atOnce(SITE, CLOCK, "ada");
    assertThat(accounts()).containsExactly("square.memorial");
    assertThat(overview.one("square", "clock")).isEmpty();
    assertThat(store.db().sql("SELECT count(*) FROM coverage").query(Long.class).single())
        .isEqualTo(1);
    assertThat(audit.of("node square/clock"))
        .anySatisfy(entry -> assertThat(entry.who()).isEqualTo("ada"));
  }

  private void looksAt(Instant at, boolean leaves) {
    now = at;
    takeOut.look();
    assertThat(overview.one("square", "clock").isEmpty()).isEqualTo(leaves);
  }

  private List<String> accounts() {
    return store.db().sql("SELECT username FROM broker_account").query(String.class).list();
  }

  private void told(String node, long revision, Instant validUntil) {
    store
        .db()
        .sql(
            "INSERT INTO node_schedule (site, node, revision, issued_at, valid_until)"
                + " VALUES ('square', ?, ?, ?, ?)")
        .params(node, revision, NOW.toString(), validUntil.toString())
        .update();
  }

  private void said(String node, long revision, boolean hold, Instant at, NodeId... waitsFor) {
    NodeState state =
        new NodeState(
            SITE,
            new NodeId(node),
            UUID.randomUUID(),
            at,
            "0.1.0",
            revision,
            null,
            null,
            hold,
            false,
            List.of(),
            new NodeState.Clock(true, "set"),
            List.of(),
            new NodeState.Disk(5_000_000_000L, true),
            0,
            0,
            null,
            List.of(waitsFor),
            null,
            null);
    store
        .db()
        .sql(
            "INSERT OR REPLACE INTO node_heard (site, node, presence, presence_since, state,"
                + " state_at) VALUES ('square', ?, 'ONLINE', ?, ?, ?)")
        .params(
            Arrays.asList(
                node,
                at.toString(),
                new String(WireJson.write(state), StandardCharsets.UTF_8),
                at.toString()))
        .update();
  }
}
