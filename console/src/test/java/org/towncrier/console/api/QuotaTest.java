package org.towncrier.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private Instant now = Instant.parse("2026-11-27T20:00:00Z");
  private final Quota quota = new Quota(2, Duration.ofMinutes(1), () -> now);

  @Test
  void so_many_are_given_in_each_span_and_no_more() {
    assertThat(quota.take("a")).isTrue();
    assertThat(quota.take("a")).isTrue();
    assertThat(quota.take("a")).isFalse();
    assertThat(quota.take("b")).as("another's").isTrue();
    now = now.plusSeconds(59);
    assertThat(quota.take("a")).isFalse();
    assertThat(quota.secondsLeft("a")).isEqualTo(2);
    now = now.plusSeconds(1);
    assertThat(quota.take("a")).isTrue();
  }

  @Test
  void a_clock_that_was_set_back_shuts_nobody_out() {
    quota.take("a");
    quota.take("a");
    now = now.minus(Duration.ofDays(1));
    assertThat(quota.take("a")).isTrue();
  }
}
