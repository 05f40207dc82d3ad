package org.towncrier.broadcaster.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RealEventLoopTest {
  private final AtomicReference<Instant> clock =
      new AtomicReference<>(Instant.parse("2026-11-26T19:00:00Z"));
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final RealEventLoop loop =
      new RealEventLoop("test-loop", (InstantSource) clock::get, failure::complete);

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void tasks_run_one_after_another_on_one_thread() throws Exception {
    List<String> threads = new CopyOnWriteArrayList<>();
    CompletableFuture<Boolean> inLoop = new CompletableFuture<>();
    for (int i = 0; i < 10; i++) {
      loop.execute(() -> threads.add(Thread.currentThread().getName()));
    }
    loop.execute(() -> inLoop.complete(loop.inLoop()));
    assertThat(inLoop.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(threads).hasSize(10).containsOnly("test-loop");
    assertThat(loop.inLoop()).isFalse();
  }

  @Test
  void a_task_that_throws_is_reported_and_the_loop_goes_on() throws Exception {
    CompletableFuture<String> after = new CompletableFuture<>();
    loop.execute(
        () -> {
          throw new IllegalStateException("a defect");
        });
    loop.execute(() -> after.complete("still here"));
    assertThat(after.get(30, TimeUnit.SECONDS)).isEqualTo("still here");
    assertThat(failure.get(30, TimeUnit.SECONDS)).hasMessage("a defect");
  }

  @Test
  void an_error_does_not_end_the_loop_either() throws Exception {
    CompletableFuture<String> after = new CompletableFuture<>();
    loop.after(
        Duration.ZERO,
        () -> {
          throw new StackOverflowError("deep");
        });
    assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(StackOverflowError.class);
    loop.execute(() -> after.complete("still here"));
    assertThat(after.get(30, TimeUnit.SECONDS)).isEqualTo("still here");
  }

  @Test
  void a_clock_that_is_set_forward_makes_a_moment_due() throws Exception {
    CompletableFuture<Instant> fired = new CompletableFuture<>();
    loop.at(clock.get().plusSeconds(86_400), () -> fired.complete(loop.now()));
    Instant later = clock.get().plusSeconds(90_000);
    clock.set(later);
    assertThat(fired.get(30, TimeUnit.SECONDS)).isEqualTo(later);
  }

  @Test
  void what_was_handed_over_before_the_end_is_done() {
    List<Integer> done = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      loop.execute(() -> done.add(number));
    }
    loop.close();
    assertThat(done).hasSize(100).isSorted();
    loop.execute(() -> done.add(-1));
    assertThat(done).doesNotContain(-1);
  }

  @Test
  void a_moment_called_off_never_comes() {
    List<String> done = new CopyOnWriteArrayList<>();
    Cancellable task = loop.at(clock.get().plusSeconds(5), () -> done.add("never"));
    task.cancel();
    clock.set(clock.get().plusSeconds(10));
    loop.close();
    assertThat(done).isEmpty();
  }
}
