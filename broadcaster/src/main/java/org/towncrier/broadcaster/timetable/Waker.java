package org.towncrier.broadcaster.timetable;

import java.time.Instant;
import java.util.Optional;

/** Wakes the node at the one moment at which its timetable changes next. */
public interface Waker extends AutoCloseable {
  /**
   * Calls the task on the event loop at that moment, instead of any set before; never, if there is
   * none.
   */
  void wakeAt(Optional<Instant> moment);

  @Override
  void close();
}
