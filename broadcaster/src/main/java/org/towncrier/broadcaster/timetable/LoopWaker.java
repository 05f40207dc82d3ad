package org.towncrier.broadcaster.timetable;

import java.time.Instant;
import java.util.Optional;
import org.towncrier.broadcaster.loop.Cancellable;
import org.towncrier.broadcaster.loop.EventLoop;

/** Wakes by the event loop's own clock, so also in virtual time. */
public final class LoopWaker implements Waker {
  private final EventLoop loop;
  private final Runnable task;
  private Cancellable armed = () -> {};

  /** A waker of that task. */
  public LoopWaker(EventLoop loop, Runnable task) {
    this.loop = loop;
    this.task = task;
  }

  @Override
  public void wakeAt(Optional<Instant> moment) {
    armed.cancel();
    armed = moment.map(at -> loop.at(at, task)).orElse(() -> {});
  }

  @Override
  public void close() {
    armed.cancel();
  }
}
