package org.towncrier.broadcaster.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of a running node: one thread, which starts with the first task. */
public final class RealEventLoop implements EventLoop, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RealEventLoop.class);

  /** How soon a clock that was set is noticed by tasks that wait for a moment. */
  private static final Duration LOOK_AT_CLOCK = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Consumer<Throwable> onFailure;
  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  /**
   * A loop of its own thread.
   *
   * @param clock the wall clock
   * @param onFailure told of each task that threw, on the loop, after it has been logged: a defect
   *     that whoever watches the node's health should hear of
   */
  public RealEventLoop(String name, InstantSource clock, Consumer<Throwable> onFailure) {
    this.clock = clock;
    this.onFailure = onFailure;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, name);
              thread = made;
              return made;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public void execute(Runnable task) {
    submit(Duration.ZERO, task);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    return submit(delay, task)::cancel;
  }

  @Override
  public Cancellable at(Instant moment, Runnable task) {
    Wait wait = new Wait(moment, task);
    wait.arm();
    return wait;
  }

  /** Whether the caller is on the loop. */
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /** Does what is due, drops what is not, and returns when the loop has ended. */
  @Override
  public void close() {
    if (inLoop()) {
      executor.shutdown();
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    execute(done::countDown);
    try {
      if (!executor.isShutdown() && !done.await(10, TimeUnit.SECONDS)) {
        log.error("A task has held up the end of the event loop for 10 s; it is interrupted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      executor.shutdownNow();
    }
  }

  private Submitted submit(Duration delay, Runnable task) {
    try {
      return new Submitted(
          executor.schedule(() -> run(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException closed) {
      // A radio or a broker may call back after the end: there is nobody left to tell.
      log.debug("The event loop has ended; a late task is dropped");
      return new Submitted(null);
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      log.error("A task of the event loop failed; the loop goes on", failure);
      try {
        onFailure.accept(failure);
      } catch (RuntimeException twice) {
        log.error("So did telling of it", twice);
      }
    }
  }

  private record Submitted(@Nullable Future<?> future) {
    void cancel() {
      if (future != null) {
        future.cancel(false);
      }
    }
  }

  /** A task for a moment of the wall clock, which looks at the clock often since it may be set. */
  private final class Wait implements Cancellable {
    private final Instant moment;
    private final Runnable task;
    private volatile boolean off;
    private volatile @Nullable Submitted next;

    Wait(Instant moment, Runnable task) {
      this.moment = moment;
      this.task = task;
    }

    void arm() {
      Instant now = now();
      Duration left =
          moment.isAfter(now.plus(LOOK_AT_CLOCK)) ? LOOK_AT_CLOCK : Duration.between(now, moment);
      next = submit(left, this::look);
    }

    private void look() {
      if (off) {
        return;
      }
      if (now().isBefore(moment)) {
        arm();
      } else {
        off = true;
        task.run();
      }
    }

    @Override
    public void cancel() {
      off = true;
      Submitted armed = next;
      if (armed != null) {
        armed.cancel();
      }
    }
  }
}
