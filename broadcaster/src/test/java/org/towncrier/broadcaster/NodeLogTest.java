package org.towncrier.broadcaster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeLogTest {
  private final NodeLog.Lines lines = new NodeLog.Lines(ZoneId.of("Europe/London"));

  @Test
  void a_line_has_the_time_in_utc_and_as_people_in_the_square_lived_it() {
    assertThat(line("2026-07-01T20:00:00.005Z", null))
        .isEqualTo(
            "2026-07-01T20:00:00.005Z 21:00:00+01:00 INFO  NodeStore: The node is \"1\"%n"
                .formatted());
    assertThat(line("2026-11-27T20:00:00Z", null))
        .startsWith("2026-11-27T20:00:00.000Z 20:00:00+00:00 INFO ");
  }

  @Test
  void what_was_thrown_follows_with_its_causes() {
    assertThat(
            line(
                "2026-11-27T20:00:00Z",
                new IllegalStateException("outer", new IllegalArgumentException("inner"))))
        .contains(
            "IllegalStateException: outer", "Caused by: ", "inner", "at " + getClass().getName());
  }

  private String line(String at, @Nullable Throwable thrown) {
    Logger logger = new LoggerContext().getLogger("org.towncrier.broadcaster.store.NodeStore");
    LoggingEvent event =
        new LoggingEvent("", logger, Level.INFO, "The node is \"{}\"", thrown, new Object[] {1});
    event.setInstant(Instant.parse(at));
    return lines.doLayout(event);
  }
}
