package org.towncrier.broadcaster.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualEventLoopTest {
  private static final Instant START = Instant.parse("2026-11-26T19:00:00Z");

  private final VirtualEventLoop loop = new VirtualEventLoop(START);
  private final List<String> done = new ArrayList<>();

  @Test
  void tasks_run_in_order_each_at_its_own_moment() {
    loop.after(Duration.ofSeconds(2), () -> done.add("second at " + loop.now()));
    loop.at(START.plusSeconds(1), () -> done.add("first at " + loop.now()));
    loop.execute(() -> done.add("now"));
    loop.advance(Duration.ofSeconds(3));
    assertThat(done)
        .containsExactly("now", "first at 2026-11-26T19:00:01Z", "second at 2026-11-26T19:00:02Z");
    assertThat(loop.now()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void what_a_task_makes_due_is_done_in_the_same_advance() {
    loop.execute(() -> loop.execute(() -> done.add("inner")));
    loop.runDue();
    assertThat(done).containsExactly("inner");
  }

  @Test
  void a_task_that_was_called_off_does_not_run() {
    Cancellable task = loop.after(Duration.ofSeconds(1), () -> done.add("never"));
    task.cancel();
    loop.advance(Duration.ofMinutes(1));
    assertThat(done).isEmpty();
  }

  @Test
  void a_clock_that_is_set_moves_moments_but_not_delays() {
    loop.at(START.plusSeconds(3600), () -> done.add("moment"));
    loop.after(Duration.ofSeconds(10), () -> done.add("delay"));
    loop.setClock(START.plusSeconds(7200));
    loop.runDue();
    assertThat(done).containsExactly("moment");
    loop.advance(Duration.ofSeconds(10));
    assertThat(done).containsExactly("moment", "delay");
  }

  @Test
  void a_clock_that_is_set_back_makes_moments_wait_longer() {
    loop.at(START.plusSeconds(10), () -> done.add("moment"));
    loop.setClock(START.minusSeconds(60));
    loop.advance(Duration.ofSeconds(69));
    assertThat(done).isEmpty();
    loop.advance(Duration.ofSeconds(1));
    assertThat(done).containsExactly("moment");
  }

  @Test
  void a_task_that_throws_fails_whoever_moved_the_clock() {
    loop.execute(
        () -> {
          throw new IllegalStateException("a defect");
        });
    assertThatThrownBy(loop::runDue).hasMessage("a defect");
  }

  @Test
  void time_does_not_pass_backwards() {
    assertThatThrownBy(() -> loop.advanceTo(START.minusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
