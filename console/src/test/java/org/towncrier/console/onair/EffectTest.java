package org.towncrier.console.onair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.towncrier.console.node.NodeView;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.NodeState.MessageState;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.SiteId;

class EffectTest {
  private static final MessageId HOME = new MessageId("getting-home");
  private static final MessageState ON_AIR = new MessageState(HOME, MessageState.Status.ON_AIR);

  @Test
  void what_a_schedule_has_no_room_for_is_not_told() {
    assertThat(withoutRoom(Presence.Status.ONLINE))
        .isEqualTo("Not told: its schedule has no room for it");
    assertThat(withoutRoom(Presence.Status.OFFLINE))
        .isEqualTo("Not told: its schedule has no room for it");
  }

  @Test
  void a_node_that_has_it_of_an_older_schedule_may_still_offer_it() {
    assertThat(withoutRoom(Presence.Status.OFFLINE, ON_AIR))
        .isEqualTo("Not connected: it may still offer it, until it comes back");
    assertThat(withoutRoom(Presence.Status.ONLINE, ON_AIR))
        .isEqualTo("Still has it; it is being told");
  }

  private static String withoutRoom(Presence.Status presence, MessageState... has) {
    Instant now = Instant.parse("2026-11-23T21:00:00Z");
    NodeState state =
        new NodeState(
            new SiteId("square"),
            new NodeId("clock"),
            new UUID(0, 1),
            now,
            "1.0",
            1,
            null,
            null,
            false,
            false,
            List.of(has),
            new NodeState.Clock(true, ""),
            List.of(),
            new NodeState.Disk(1, true),
            0,
            0);
    NodeView node =
        new NodeView(
            "square",
            "Square",
            "clock",
            false,
            false,
            false,
            presence,
            now,
            2,
            now,
            now,
            now,
            "Too large",
            Map.of(HOME.value(), "Getting home"),
            state,
            now,
            false,
            0,
            null,
            null,
            null,
            null);
    Effect effect = Effect.of(HOME, true, true, node);
    assertThat(effect.settled()).isFalse();
    return effect.words();
  }
}
