package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
  private final SettableClock clock = new SettableClock();
  private final SignInThrottle throttle = new SignInThrottle(clock);

  private void fail(int times, String username, String address) {
    for (int i = 0; i < times; i++) {
      throttle.failed(username, address);
    }
  }

  @Test
  void five_wrong_passwords_lock_the_account_for_that_address() {
    fail(4, "ann", "10.0.0.1");
    assertThat(throttle.refuses("ann", "10.0.0.1")).isFalse();
    fail(1, "ann", "10.0.0.1");
    assertThat(throttle.refuses("ann", "10.0.0.1")).isTrue();
    assertThat(throttle.refuses(" ANN ", "10.0.0.1")).isTrue();
  }

  @Test
  void a_crowd_of_guesses_at_once_is_no_larger_than_one_after_the_other() {
    for (int i = 0; i < SignInThrottle.PER_ACCOUNT; i++) {
      assertThat(throttle.admits("ann", "10.0.0.1")).isTrue();
    }
    assertThat(throttle.admits("ann", "10.0.0.1")).isFalse();
  }

  @Test
  void an_office_that_signs_in_all_day_is_not_locked_out() {
    for (int i = 0; i < 10 * SignInThrottle.PER_ADDRESS; i++) {
      assertThat(throttle.admits("person" + i, "10.0.0.1")).isTrue();
      throttle.succeeded("person" + i, "10.0.0.1");
    }
  }

  @Test
  void nobody_elsewhere_can_lock_somebody_out() {
    fail(5, "ann", "10.0.0.1");
    assertThat(throttle.refuses("ann", "10.0.0.2")).isFalse();
    assertThat(throttle.refuses("bob", "10.0.0.1")).isFalse();
  }

  @Test
  void the_lock_ends_with_the_window() {
    fail(5, "ann", "10.0.0.1");
    clock.pass(SignInThrottle.WINDOW.minus(Duration.ofMillis(1)));
    assertThat(throttle.refuses("ann", "10.0.0.1")).isTrue();
    clock.pass(Duration.ofMillis(1));
    assertThat(throttle.refuses("ann", "10.0.0.1")).isFalse();
    fail(1, "ann", "10.0.0.1");
    assertThat(throttle.refuses("ann", "10.0.0.1")).isFalse();
  }

  @Test
  void a_right_password_forgets_the_wrong_ones() {
    fail(4, "ann", "10.0.0.1");
    throttle.succeeded("ann", "10.0.0.1");
    fail(4, "ann", "10.0.0.1");
    assertThat(throttle.refuses("ann", "10.0.0.1")).isFalse();
  }

  @Test
  void one_address_cannot_try_every_account() {
    for (int i = 0; i < SignInThrottle.PER_ADDRESS; i++) {
      throttle.failed("person" + i, "10.0.0.1");
    }
    assertThat(throttle.refuses("somebody-new", "10.0.0.1")).isTrue();
  }

  @Test
  void endless_made_up_names_do_not_fill_the_memory() {
    for (int i = 0; i < 30_000; i++) {
      throttle.failed("x".repeat(5_000) + i, "10.0." + i);
    }
    assertThat(throttle.refuses("ann", "10.0.0.1")).isFalse();
  }
}
