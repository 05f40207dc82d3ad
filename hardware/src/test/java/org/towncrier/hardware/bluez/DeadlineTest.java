package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  @Test
  void one_that_lies_ahead_has_not_passed_and_leaves_time_to_wait() {
    Deadline deadline = Deadline.in(Duration.ofHours(1));

    assertThat(deadline.passed()).isFalse();
    assertThat(deadline.pollMillis()).isBetween(1, 3_600_000);
  }

  @Test
  void one_that_has_passed_leaves_none() {
    Deadline deadline = Deadline.in(Duration.ofNanos(-1));

    assertThat(deadline.passed()).isTrue();
    assertThat(deadline.pollMillis()).isZero();
  }

  @Test
  void never_is_for_ever() {
    assertThat(Deadline.NEVER.passed()).isFalse();
    assertThat(Deadline.NEVER.pollMillis()).isEqualTo(-1);
  }

  @Test
  void the_earlier_of_two_counts() {
    assertThat(Deadline.NEVER.butNoLaterThan(Duration.ofMinutes(1)).pollMillis())
        .isBetween(1, 60_000);
    assertThat(Deadline.in(Duration.ofMinutes(1)).butNoLaterThan(Duration.ofHours(1)).pollMillis())
        .isBetween(1, 60_000);
    assertThat(Deadline.in(Duration.ofHours(1)).butNoLaterThan(Duration.ofMinutes(1)).pollMillis())
        .isBetween(1, 60_000);
  }

  @Test
  void a_very_long_one_fits_into_poll() {
    assertThat(Deadline.in(Duration.ofDays(365)).pollMillis()).isEqualTo(Integer.MAX_VALUE);
  }
}
