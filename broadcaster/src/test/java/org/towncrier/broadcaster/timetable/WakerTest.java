package org.towncrier.broadcaster.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.towncrier.broadcaster.loop.RealEventLoop;
import org.towncrier.broadcaster.loop.VirtualEventLoop;

class WakerTest {
  private static final Instant START = Instant.parse("2026-11-26T19:00:00Z");

  @Test
  void the_loops_waker_wakes_at_the_last_moment_set_and_only_then() {
    VirtualEventLoop loop = new VirtualEventLoop(START);
    List<Instant> woken = new ArrayList<>();
    try (LoopWaker waker = new LoopWaker(loop, () -> woken.add(loop.now()))) {
      waker.wakeAt(Optional.of(START.plusSeconds(10)));
      waker.wakeAt(Optional.of(START.plusSeconds(20)));
      loop.advance(Duration.ofMinutes(1));
      waker.wakeAt(Optional.of(START.plusSeconds(90)));
      waker.wakeAt(Optional.empty());
      loop.advance(Duration.ofMinutes(1));
    }
    assertThat(woken).containsExactly(START.plusSeconds(20));
  }

  @Test
  void quartz_wakes_the_loop_at_the_moment_again_and_again() throws Exception {
    try (RealEventLoop loop =
        new RealEventLoop("test-loop", InstantSource.system(), failure -> {})) {
      BlockingQueue<Boolean> woken = new LinkedBlockingQueue<>();
      try (QuartzWaker waker = new QuartzWaker(loop, () -> woken.add(loop.inLoop()))) {
        for (int i = 0; i < 3; i++) {
          waker.wakeAt(Optional.of(loop.now().plusMillis(50)));
          assertThat(woken.poll(30, TimeUnit.SECONDS)).isTrue();
        }
      }
    }
  }

  @Test
  void quartz_forgets_a_moment_that_was_replaced_or_called_off() throws Exception {
    try (RealEventLoop loop =
        new RealEventLoop("test-loop", InstantSource.system(), failure -> {})) {
      BlockingQueue<Boolean> woken = new LinkedBlockingQueue<>();
      try (QuartzWaker waker = new QuartzWaker(loop, () -> woken.add(true))) {
        waker.wakeAt(Optional.of(loop.now().plusSeconds(3600)));
        waker.wakeAt(Optional.of(loop.now().plusMillis(50)));
        assertThat(woken.poll(30, TimeUnit.SECONDS)).isTrue();
        waker.wakeAt(Optional.of(loop.now().plusSeconds(3600)));
        waker.wakeAt(Optional.empty());
        assertThat(woken).isEmpty();
      }
    }
  }

  @Test
  void a_moment_that_has_passed_wakes_at_once() throws Exception {
    try (RealEventLoop loop =
        new RealEventLoop("test-loop", InstantSource.system(), failure -> {})) {
      BlockingQueue<Boolean> woken = new LinkedBlockingQueue<>();
      try (QuartzWaker waker = new QuartzWaker(loop, () -> woken.add(true))) {
        waker.wakeAt(Optional.of(loop.now().minusSeconds(3600)));
        assertThat(woken.poll(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }
}
