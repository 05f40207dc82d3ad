package org.towncrier.broadcaster.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The one thread on which the whole node works, and its clock. Callbacks of the radio and of MQTT
 * hand their work over with {@link #execute}, so that no rule of the node needs a lock, and the
 * same code runs on the real clock and in simulated time.
 *
 * <p>A task that throws is reported and never ends the loop.
 */
public interface EventLoop extends InstantSource {
  /** The wall clock. It may jump: a Raspberry Pi learns the time some while after it starts. */
  default Instant now() {
    return instant();
  }

  /** Runs the task on the loop, after those handed over before it. From any thread. */
  void execute(Runnable task);

  /**
   * Runs the task on the loop once the wall clock shows that moment, at once if it already does. A
   * clock that is set forward past it makes it due within a second.
   */
  Cancellable at(Instant moment, Runnable task);

  /** Runs the task on the loop after that much time has passed, however the wall clock is set. */
  Cancellable after(Duration delay, Runnable task);
}
