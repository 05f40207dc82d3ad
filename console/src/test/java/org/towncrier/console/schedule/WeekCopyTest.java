package org.towncrier.console.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.towncrier.protocol.Window;

class WeekCopyTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
  private static final LocalDate FRIDAY = MONDAY.plusDays(4);
  private static final LocalDate FAR = MONDAY.plusYears(1);

  private static Window window(LocalDate from, LocalDate to, DayOfWeek... days) {
    return new Window(
        from,
        to,
        days.length == 0 ? Set.of(DayOfWeek.values()) : Set.of(days),
        LocalTime.of(19, 0),
        LocalTime.of(4, 0),
        LONDON);
  }

  @Test
  void evenings_of_one_week_are_on_in_the_week_after_too() {
    List<Window> windows = List.of(window(FRIDAY, FRIDAY.plusDays(1)));
    assertThat(WeekCopy.of(windows, MONDAY, FAR))
        .containsExactly(
            window(FRIDAY.plusWeeks(1), FRIDAY.plusDays(8), DayOfWeek.FRIDAY, DayOfWeek.SATURDAY));
  }

  @Test
  void what_goes_on_by_itself_is_not_added_twice() {
    assertThat(WeekCopy.of(List.of(window(MONDAY, MONDAY.plusWeeks(3))), MONDAY, FAR)).isEmpty();
    List<Window> overlapping =
        List.of(window(FRIDAY, FRIDAY), window(MONDAY, FRIDAY, DayOfWeek.FRIDAY));
    assertThat(WeekCopy.of(overlapping, MONDAY, FAR)).hasSize(1);
  }

  @Test
  void nothing_is_copied_past_the_end_of_the_campaign() {
    List<Window> windows = List.of(window(FRIDAY, FRIDAY.plusDays(2)));
    assertThat(WeekCopy.of(windows, MONDAY, FRIDAY.plusWeeks(1)))
        .containsExactly(window(FRIDAY.plusWeeks(1), FRIDAY.plusWeeks(1), DayOfWeek.FRIDAY));
    assertThat(WeekCopy.of(windows, MONDAY, FRIDAY)).isEmpty();
  }

  @Test
  void the_copied_week_is_open_at_the_same_local_times_also_when_the_clocks_change_between() {
    LocalDate before = LocalDate.of(2026, 10, 19);
    List<Window> windows = List.of(window(before, before.plusDays(6)));
    List<Window> all = new ArrayList<>(windows);
    all.addAll(WeekCopy.of(windows, before, FAR));
    for (int day = 0; day < 7; day++) {
      for (int hour = 0; hour < 24; hour++) {
        Instant at = before.plusDays(day).atTime(hour, 30).atZone(LONDON).toInstant();
        Instant later = before.plusDays(day + 7L).atTime(hour, 30).atZone(LONDON).toInstant();
        boolean first = day == 0 && hour < 4;
        if (!first) {
          assertThat(open(all, later)).as("%s %s", day, hour).isEqualTo(open(all, at));
        }
      }
    }
  }

  @Test
  void the_last_week_is_the_one_of_the_last_night() {
    assertThat(
            WeekCopy.lastWeek(
                List.of(window(MONDAY.minusWeeks(5), MONDAY.plusDays(1), DayOfWeek.FRIDAY))))
        .isEqualTo(MONDAY.minusWeeks(1));
  }

  private static boolean open(List<Window> windows, Instant at) {
    return windows.stream().anyMatch(window -> window.isOpen(at));
  }
}
