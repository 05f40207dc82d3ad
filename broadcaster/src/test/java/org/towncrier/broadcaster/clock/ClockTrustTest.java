package org.towncrier.broadcaster.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.store.NodeStore;

class ClockTrustTest {
  private static final Instant BUILT = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant FRIDAY = Instant.parse("2026-11-27T22:40:00Z");

  @TempDir Path folder;
  private final VirtualEventLoop loop = new VirtualEventLoop(FRIDAY);
  private NodeStore store;
  private ClockTrust trust;
  private Synchronisation.Finding finding =
      new Synchronisation.Finding(true, "boot-1", "set by systemd-timesyncd");

  @BeforeEach
  void openStore() {
    store = new NodeStore(folder.resolve("node.db"));
    store.open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void a_clock_that_was_set_is_believed() {
    start();
    assertThat(trust.state().trusted()).isTrue();
    assertThat(trust.state().detail()).isEqualTo("set by systemd-timesyncd");
  }

  @Test
  void until_the_first_answer_the_clock_is_not_believed() {
    trust = new ClockTrust(store, loop, task -> {}, BUILT, () -> finding);
    trust.start();
    loop.runDue();
    assertThat(trust.trusted()).isFalse();
  }

  @Test
  void a_clock_before_the_build_date_is_not_believed() {
    loop.setClock(Instant.parse("1970-01-01T00:00:10Z"));
    start();
    assertThat(trust.distrust()).get().asString().contains("before this program was built");
  }

  @Test
  void a_clock_behind_the_nodes_own_record_is_not_believed_until_it_is_set() {
    start();
    loop.advance(Duration.ofMinutes(90));
    trust.close();
    // A power cut: the machine wakes an hour earlier than it went.
    loop.setClock(FRIDAY.plusSeconds(1800));
    start();
    assertThat(trust.distrust()).get().asString().contains("already lived through");
    loop.setClock(FRIDAY.plus(Duration.ofHours(2)));
    assertThat(trust.trusted()).isTrue();
  }

  @Test
  void a_clock_that_jumps_back_while_the_node_runs_is_not_believed() {
    start();
    assertThat(trust.trusted()).isTrue();
    loop.setClock(FRIDAY.minus(Duration.ofHours(3)));
    assertThat(trust.trusted()).isFalse();
  }

  @Test
  void a_small_step_back_is_what_time_services_do() {
    start();
    assertThat(trust.trusted()).isTrue();
    loop.setClock(FRIDAY.minusSeconds(20));
    assertThat(trust.trusted()).isTrue();
  }

  @Test
  void a_clock_that_nobody_set_is_not_believed_and_says_why_until_somebody_does() {
    finding = new Synchronisation.Finding(false, "boot-1", "connect it");
    start();
    assertThat(trust.distrust()).contains("connect it");
    finding = new Synchronisation.Finding(true, "boot-1", "set");
    loop.advance(Duration.ofSeconds(10));
    assertThat(trust.trusted()).isTrue();
  }

  @Test
  void a_clock_that_is_not_believed_leaves_no_record() {
    finding = new Synchronisation.Finding(false, "boot-1", "connect it");
    loop.setClock(Instant.parse("2040-01-01T00:00:00Z"));
    start();
    loop.advance(Duration.ofMinutes(10));
    trust.record();
    trust.close();
    loop.setClock(FRIDAY);
    finding = new Synchronisation.Finding(true, "boot-2", "set");
    start();
    assertThat(trust.trusted()).isTrue();
  }

  @Test
  void a_node_restarted_without_a_network_believes_a_clock_set_earlier_in_the_machines_run() {
    start();
    loop.advance(Duration.ofMinutes(2));
    trust.close();
    finding = new Synchronisation.Finding(false, "boot-1", "connect it");
    start();
    assertThat(trust.trusted()).isTrue();
  }

  @Test
  void a_machine_restarted_without_a_network_does_not() {
    start();
    loop.advance(Duration.ofMinutes(2));
    trust.close();
    finding = new Synchronisation.Finding(false, "boot-2", "connect it");
    start();
    assertThat(trust.trusted()).isFalse();
  }

  @Test
  void a_machine_that_cannot_tell_its_starts_apart_is_asked_each_time() {
    finding = new Synchronisation.Finding(true, "", "set");
    start();
    loop.advance(Duration.ofMinutes(2));
    trust.close();
    finding = new Synchronisation.Finding(false, "", "connect it");
    start();
    assertThat(trust.trusted()).isFalse();
  }

  @Test
  void the_build_says_when_it_was_made() {
    BuildInfo info = BuildInfo.read();
    assertThat(info.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(info.built()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
  }

  private void start() {
    trust = new ClockTrust(store, loop, Runnable::run, BUILT, () -> finding);
    trust.start();
    loop.runDue();
  }
}
