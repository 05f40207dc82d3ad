package org.towncrier.protocol.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Publications of one connection, at most {@value #IN_FLIGHT} of them without a PUBACK at a time
 * and the rest waiting in order. Nothing in it outlives the connection. Belongs to the link's
 * thread.
 */
final class Outgoing {
  /** Measured: enough for 1,000 messages a second on one machine. */
  static final int IN_FLIGHT = 100;

  /** More than this waiting means that the caller does not wait for answers. */
  static final int WAITING = 1000;

  private final Queue<Publication> waiting = new ArrayDeque<>();
  private final Set<Publication> inFlight = new LinkedHashSet<>();

  void offer(Publication publication, Connection to) {
    if (waiting.size() >= WAITING) {
      publication.fail(WAITING + " publications are waiting already");
      return;
    }
    waiting.add(publication);
    pump(to);
  }

  void acknowledged(Publication publication, Connection to) {
    inFlight.remove(publication);
    publication.done.complete(null);
    pump(to);
  }

  void refused(Publication publication, String why, Connection to) {
    inFlight.remove(publication);
    publication.fail(why);
    pump(to);
  }

  /** Nanoseconds that the oldest unanswered publication has waited for its PUBACK. */
  long oldestWaitNanos(long nowNanos) {
    return inFlight.isEmpty() ? 0 : nowNanos - inFlight.iterator().next().sentNanos;
  }

  void failAll(String why) {
    List<Publication> all = new ArrayList<>(inFlight);
    all.addAll(waiting);
    inFlight.clear();
    waiting.clear();
    all.forEach(publication -> publication.fail(why));
  }

  private void pump(Connection to) {
    while (inFlight.size() < IN_FLIGHT) {
      Publication next = waiting.poll();
      if (next == null) {
        return;
      }
      next.sentNanos = System.nanoTime();
      inFlight.add(next);
      to.send(next);
    }
  }
}
