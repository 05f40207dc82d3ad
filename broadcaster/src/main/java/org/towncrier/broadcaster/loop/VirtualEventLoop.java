package org.towncrier.broadcaster.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A loop whose clock stands still until it is moved: a night passes in the time its tasks take. Not
 * for use by several threads.
 *
 * <p>A task that throws ends the call that moved the clock, so that a test or a simulation fails
 * there.
 */
public final class VirtualEventLoop implements EventLoop {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::number));
  private Instant now;
  private long numbers;

  /** A loop that starts at that moment. */
  public VirtualEventLoop(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void execute(Runnable task) {
    add(new Task(now, numbers++, null, task));
  }

  @Override
  public Cancellable at(Instant moment, Runnable task) {
    return add(new Task(moment.isAfter(now) ? moment : now, numbers++, moment, task));
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    return add(
        new Task(now.plus(delay.isNegative() ? Duration.ZERO : delay), numbers++, null, task));
  }

  /** Lets time pass, doing what falls due on the way, each task at its own moment. */
  public void advance(Duration by) {
    advanceTo(now.plus(by));
  }

  /** Lets time pass until that moment, which must not lie behind. */
  public void advanceTo(Instant moment) {
    if (moment.isBefore(now)) {
      throw new IllegalArgumentException("Time passes forwards; setClock sets a clock back");
    }
    for (Task next = tasks.peek();
        next != null && !next.due().isAfter(moment);
        next = tasks.peek()) {
      tasks.remove();
      now = next.due();
      next.work().run();
    }
    now = moment;
  }

  /** Does what is due now, and what that makes due. */
  public void runDue() {
    advanceTo(now);
  }

  /**
   * Sets the wall clock, as when a node learns the time: no time passes. What waits for a delay
   * still waits as long; what waits for a moment does so by the new clock.
   */
  public void setClock(Instant to) {
    Duration jump = Duration.between(now, to);
    Task[] waiting = tasks.toArray(new Task[0]);
    tasks.clear();
    now = to;
    for (Task task : waiting) {
      tasks.add(task.afterJump(jump, to));
    }
  }

  private Cancellable add(Task task) {
    tasks.add(task);
    return () -> tasks.removeIf(each -> each.number() == task.number());
  }

  /**
   * @param number keeps the order of tasks due at one moment
   * @param moment of the wall clock it waits for; null when it waits for a delay
   */
  private record Task(Instant due, long number, @Nullable Instant moment, Runnable work) {
    Task afterJump(Duration jump, Instant to) {
      if (moment == null) {
        return new Task(due.plus(jump), number, null, work);
      }
      return new Task(moment.isAfter(to) ? moment : to, number, moment, work);
    }
  }
}
