package org.towncrier.broadcaster.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.towncrier.broadcaster.config.BroadcasterConfig.StateSettings;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.SiteId;

class StateTellerTest {
  private static final UUID BOOT = UUID.randomUUID();

  private final VirtualEventLoop loop = new VirtualEventLoop(Instant.parse("2026-11-27T22:40:00Z"));
  private final List<NodeState> told = new ArrayList<>();
  private final StateTeller teller =
      new StateTeller(loop, StateSettings.DEFAULT, this::state, told::add);
  private @Nullable String silentBecause;
  private int phonesNear;

  @Test
  void the_console_is_told_at_once_with_each_connection() {
    teller.connected();
    teller.disconnected();
    teller.connected();
    assertThat(told).hasSize(2);
  }

  @Test
  void then_every_minute() {
    teller.connected();
    loop.advance(Duration.ofMinutes(10));
    assertThat(told).hasSize(11);
  }

  @Test
  void changes_are_told_within_a_moment_and_together() {
    teller.connected();
    for (int i = 0; i < 5; i++) {
      silentBecause = "has no schedule " + i;
      teller.changed();
    }
    loop.advance(Duration.ofMillis(100));
    assertThat(told).hasSize(2);
    assertThat(told.get(1).silentBecause()).isEqualTo("has no schedule 4");
  }

  @Test
  void changes_that_nobody_announced_are_told_within_a_second() {
    teller.connected();
    silentBecause = "has only 3 MB left";
    loop.advance(Duration.ofSeconds(1));
    assertThat(told).hasSize(2);
  }

  @Test
  void what_changes_all_the_time_waits_for_the_minute() {
    teller.connected();
    for (int second = 0; second < 59; second++) {
      phonesNear++;
      teller.changed();
      loop.advance(Duration.ofSeconds(1));
    }
    assertThat(told).hasSize(1);
    loop.advance(Duration.ofSeconds(1));
    assertThat(told.get(1).phonesNear()).isEqualTo(59);
  }

  @Test
  void while_the_broker_is_away_nothing_is_told() {
    teller.changed();
    teller.connected();
    teller.disconnected();
    silentBecause = "has no schedule";
    teller.changed();
    loop.advance(Duration.ofMinutes(10));
    assertThat(told).hasSize(1);
  }

  @Test
  void a_clock_that_was_set_back_does_not_silence_it() {
    teller.connected();
    loop.setClock(Instant.parse("1970-01-01T00:00:00Z"));
    loop.advance(Duration.ofMinutes(2));
    assertThat(told).hasSizeGreaterThanOrEqualTo(3);
  }

  private NodeState state() {
    return new NodeState(
        new SiteId("marlborough-square"),
        new NodeId("clock-tower"),
        BOOT,
        loop.now(),
        "0.1.0",
        1,
        null,
        silentBecause,
        false,
        false,
        List.of(),
        new NodeState.Clock(true, "set"),
        List.of(),
        new NodeState.Disk(1_000_000, true),
        0,
        phonesNear);
  }
}
