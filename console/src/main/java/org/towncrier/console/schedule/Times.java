package org.towncrier.console.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.towncrier.protocol.Window;

/**
 * One set of times as people think of it: a span of days, hours, and days on which it is not on
 * air. Nodes know spans alone, so a day that is left out makes two of one.
 *
 * @param window the whole span
 * @param except days within it on which it does not start
 */
record Times(Window window, SortedSet<LocalDate> except) {

  /** As nodes are told: the span cut where days are left out. Empty when nothing is left. */
  List<Window> windows() {
    List<Window> parts = new ArrayList<>();
    LocalDate begin = window.from();
    for (LocalDate day : except) {
      if (!day.isBefore(begin) && !day.isAfter(window.to())) {
        addPart(parts, begin, day.minusDays(1));
        begin = day.plusDays(1);
      }
    }
    addPart(parts, begin, window.to());
    return parts;
  }

  private void addPart(List<Window> parts, LocalDate from, LocalDate to) {
    // A part without any of its days of the week would never open.
    boolean opens =
        !to.isBefore(from)
            && from.datesUntil(min(to, from.plusDays(6)).plusDays(1))
                .anyMatch(day -> window.days().contains(day.getDayOfWeek()));
    if (opens) {
      parts.add(new Window(from, to, window.days(), window.start(), window.end(), window.zone()));
    }
  }

  /** Sets of times again, from what nodes are told: the other way round. */
  static List<Times> of(List<Window> windows) {
    List<Times> sets = new ArrayList<>();
    List<Window> left =
        new ArrayList<>(windows.stream().sorted(Comparator.comparing(Window::from)).toList());
    while (!left.isEmpty()) {
      Window first = left.remove(0);
      SortedSet<LocalDate> except = new TreeSet<>();
      LocalDate end = first.to();
      for (Window next : List.copyOf(left)) {
        if (isSameHours(first, next) && next.from().isAfter(end) && isNear(end, next.from())) {
          end.plusDays(1)
              .datesUntil(next.from())
              .filter(day -> first.days().contains(day.getDayOfWeek()))
              .forEach(except::add);
          end = next.to();
          left.remove(next);
        }
      }
      sets.add(
          new Times(
              new Window(first.from(), end, first.days(), first.start(), first.end(), first.zone()),
              except));
    }
    return sets;
  }

  /** What lies further apart reads better as two sets than as one with a list of days left out. */
  private static boolean isNear(LocalDate end, LocalDate next) {
    return next.isBefore(end.plusDays(22));
  }

  private static boolean isSameHours(Window one, Window other) {
    Set<DayOfWeek> days = one.days();
    LocalTime start = one.start();
    ZoneId zone = one.zone();
    return days.equals(other.days())
        && start.equals(other.start())
        && one.end().equals(other.end())
        && zone.equals(other.zone());
  }

  private static LocalDate min(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
