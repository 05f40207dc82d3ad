package org.towncrier.console.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.towncrier.protocol.Window;

/**
 * The times of one week once more in the week after it: what is on air then already stays as it is.
 */
public final class WeekCopy {
  private WeekCopy() {}

  /**
   * What has to be added.
   *
   * @param windows all that the message has
   * @param monday of the week that is copied
   * @param last no window begins later than that day
   */
  public static List<Window> of(List<Window> windows, LocalDate monday, LocalDate last) {
    List<Window> added = new ArrayList<>();
    for (Window window : windows) {
      LocalDate first = null;
      LocalDate to = null;
      Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
      for (LocalDate day = monday; day.isBefore(monday.plusWeeks(1)); day = day.plusDays(1)) {
        LocalDate copy = day.plusWeeks(1);
        if (begins(window, day)
            && !copy.isAfter(last)
            && windows.stream().noneMatch(other -> isSame(other, window) && begins(other, copy))
            && added.stream().noneMatch(other -> isSame(other, window) && begins(other, copy))) {
          first = first == null ? copy : first;
          to = copy;
          days.add(copy.getDayOfWeek());
        }
      }
      if (first != null && to != null) {
        added.add(new Window(first, to, days, window.start(), window.end(), window.zone()));
      }
    }
    return added;
  }

  /** Monday of the last week in which any of the windows begins. */
  static LocalDate lastWeek(List<Window> windows) {
    LocalDate last =
        windows.stream().map(WeekCopy::lastDay).max(LocalDate::compareTo).orElseThrow();
    return last.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static LocalDate lastDay(Window window) {
    LocalDate day = window.to();
    while (!window.days().contains(day.getDayOfWeek()) && day.isAfter(window.from())) {
      day = day.minusDays(1);
    }
    return day;
  }

  private static boolean begins(Window window, LocalDate day) {
    return !day.isBefore(window.from())
        && !day.isAfter(window.to())
        && window.days().contains(day.getDayOfWeek());
  }

  private static boolean isSame(Window one, Window other) {
    return one.start().equals(other.start())
        && one.end().equals(other.end())
        && one.zone().equals(other.zone());
  }
}
