package org.towncrier.console.node;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.SiteId;

/** What nodes of tests say of themselves. */
final class Heard {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private Heard() {}

  /** A node that is well, and has these permitted hours. */
  static NodeState state(LocalTime begins, LocalTime ends) {
    return new NodeState(
        new SiteId("square"),
        new NodeId("off"),
        UUID.randomUUID(),
        Instant.now(),
        "0.1.0",
        1,
        null,
        null,
        false,
        false,
        List.of(),
        new NodeState.Clock(true, "set"),
        List.of(),
        new NodeState.Disk(5_000_000_000L, true),
        0,
        0,
        null,
        null,
        new NodeState.PermittedHours(begins, ends, LONDON),
        0);
  }

  /** 19:00 to 04:00 in the night that begins on that day. */
  static long permittedSeconds(LocalDate night) {
    return Duration.between(
            night.atTime(19, 0).atZone(LONDON), night.plusDays(1).atTime(4, 0).atZone(LONDON))
        .toSeconds();
  }
}
