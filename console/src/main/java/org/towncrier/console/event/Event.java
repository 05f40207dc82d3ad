package org.towncrier.console.event;

import java.time.LocalDate;

/**
 * Days that people know by a name.
 *
 * @param first its first day, whose night belongs to it
 * @param last its last day, the same as the first for one evening
 */
public record Event(long id, String name, LocalDate first, LocalDate last) {
  /** Whether the night that begins on that day belongs to it. */
  public boolean contains(LocalDate day) {
    return !day.isBefore(first) && !day.isAfter(last);
  }
}
