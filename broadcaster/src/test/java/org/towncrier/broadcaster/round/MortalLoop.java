package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import org.towncrier.broadcaster.loop.Cancellable;
import org.towncrier.broadcaster.loop.EventLoop;

/** The loop of one life of a node, by a clock that may be a little wrong. */
final class MortalLoop implements EventLoop {
  private final EventLoop time;
  private final Duration skew;
  private boolean dead;

  MortalLoop(EventLoop time, Duration skew) {
    this.time = time;
    this.skew = skew;
  }

  void die() {
    dead = true;
  }

  @Override
  public Instant instant() {
    return time.instant().plus(skew);
  }

  @Override
  public void execute(Runnable task) {
    time.execute(whileAlive(task));
  }

  @Override
  public Cancellable at(Instant moment, Runnable task) {
    return time.at(moment.minus(skew), whileAlive(task));
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    return time.after(delay, whileAlive(task));
  }

  private Runnable whileAlive(Runnable task) {
    return () -> {
      if (!dead) {
        task.run();
      }
    };
  }
}
