package org.towncrier.console.plan;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.towncrier.console.message.PlannedMessage;
import org.towncrier.console.plan.Night.Stretch;

/**
 * When messages are on air, each worked out once: a page asks the same of every site and of every
 * node of it, and the calendar's arithmetic is what such a page costs.
 */
final class AirTimes {
  private record Asked(PlannedMessage message, Instant from, Instant to) {}

  private final Map<Asked, List<Stretch>> known = new HashMap<>();

  /** Between two moments. */
  List<Stretch> of(PlannedMessage message, Instant from, Instant to) {
    return known.computeIfAbsent(
        new Asked(message, from, to), asked -> Night.stretches(message, from, to));
  }

  /** Whether it is on air at a moment of that time. */
  boolean isDue(PlannedMessage message, Instant from, Instant to, Instant at) {
    return of(message, from, to).stream()
        .anyMatch(stretch -> !at.isBefore(stretch.from()) && at.isBefore(stretch.to()));
  }
}
