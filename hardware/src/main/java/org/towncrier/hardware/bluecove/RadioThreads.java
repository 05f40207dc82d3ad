package org.towncrier.hardware.bluecove;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one radio: workers that may block, one timer that must not, and one that tells the
 * owner what changed, in order.
 */
final class RadioThreads {
  private static final Logger log = LoggerFactory.getLogger(RadioThreads.class);

  private final ExecutorService workers = Executors.newCachedThreadPool(daemons("radio-worker"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(daemons("radio-timer"));
  private final ExecutorService reports =
      Executors.newSingleThreadExecutor(daemons("radio-report"));

  Executor workers() {
    return workers;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /** Runs work on a worker; on this thread when the radio is closing, for it must be done. */
  void run(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException e) {
      work.run();
    }
  }

  /** Runs work on a worker, again and again. */
  ScheduledFuture<?> every(Duration period, Runnable work) {
    return timer.scheduleWithFixedDelay(
        () -> {
          if (!workers.isShutdown()) {
            workers.execute(work);
          }
        },
        period.toNanos(),
        period.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  /** Runs work on a worker, later; not at all once the radio is closed. */
  void after(Duration wait, Runnable work) {
    try {
      timer.schedule(() -> workers.execute(work), wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("The radio closed before a retry");
    }
  }

  /** Tells the owner something, after everything it was told before. */
  void report(Runnable telling) {
    try {
      reports.execute(
          () -> {
            try {
              telling.run();
            } catch (RuntimeException e) {
              log.warn("Whoever listens to the adapters' health failed", e);
            }
          });
    } catch (RejectedExecutionException e) {
      log.debug("The radio closed before a change of health was told");
    }
  }

  /** Ends the threads once what they are at has ended, or after the limit. */
  void close(Duration limit) {
    timer.shutdownNow();
    reports.shutdown();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
        log.warn("A Bluetooth stack did not let go of its threads within {}", limit);
      }
      if (!reports.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        reports.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
