package org.towncrier.protocol;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * When something is open: on chosen days of the week between two dates, from one local time to
 * another.
 *
 * <p>A window whose end is not after its start passes midnight and belongs to the day it starts on;
 * equal times mean a whole day. On the night the clocks go forward a time that does not exist means
 * the moment of the change; on the night they go back a time that exists twice means the first.
 *
 * @param from first day a window may start on
 * @param to last day a window may start on
 * @param days days of the week a window may start on
 * @param start local time it opens, included
 * @param end local time it closes, excluded
 * @param zone where those times are local
 */
public record Window(
    LocalDate from,
    LocalDate to,
    Set<DayOfWeek> days,
    LocalTime start,
    LocalTime end,
    ZoneId zone) {

  public Window {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "a window's last day (%s) is before its first (%s)".formatted(to, from));
    }
    if (days.isEmpty()) {
      throw new IllegalArgumentException("a window needs at least one day of the week");
    }
    days = Collections.unmodifiableSet(new TreeSet<>(days));
  }

  /** A window on every day of the week, without end. */
  public static Window daily(LocalTime start, LocalTime end, ZoneId zone) {
    return new Window(
        LocalDate.EPOCH, LocalDate.of(9999, 1, 1), Set.of(DayOfWeek.values()), start, end, zone);
  }

  /** Whether it is open at that moment. */
  public boolean isOpen(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, zone);
    return Stream.of(day.minusDays(1), day)
        .filter(this::startsOn)
        .anyMatch(d -> !at.isBefore(opens(d)) && at.isBefore(closes(d)));
  }

  /** The first moment after that one at which it opens or closes, if there is one. */
  public Optional<Instant> nextChange(Instant after) {
    LocalDate day = LocalDate.ofInstant(after, zone).minusDays(1);
    if (day.isBefore(from)) {
      day = from;
    }
    // Eight days hold every day of the week, and one more the window that began the day before.
    for (LocalDate last = min(to, day.plusDays(9)); !day.isAfter(last); day = day.plusDays(1)) {
      if (startsOn(day) && opens(day).isBefore(closes(day))) {
        if (opens(day).isAfter(after)) {
          return Optional.of(opens(day));
        }
        if (closes(day).isAfter(after)) {
          return Optional.of(closes(day));
        }
      }
    }
    return Optional.empty();
  }

  private boolean startsOn(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to) && days.contains(day.getDayOfWeek());
  }

  private Instant opens(LocalDate day) {
    return moment(day.atTime(start));
  }

  private Instant closes(LocalDate day) {
    return moment((end.isAfter(start) ? day : day.plusDays(1)).atTime(end));
  }

  private Instant moment(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  private static LocalDate min(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
