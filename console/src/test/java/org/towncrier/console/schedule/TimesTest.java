package org.towncrier.console.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.towncrier.protocol.Window;

class TimesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 12, 1);
  private static final LocalDate LAST = LocalDate.of(2026, 12, 31);

  private static Window window(LocalDate from, LocalDate to, DayOfWeek... days) {
    return new Window(
        from,
        to,
        days.length == 0 ? EnumSet.allOf(DayOfWeek.class) : Set.of(days),
        LocalTime.of(19, 0),
        LocalTime.of(4, 0),
        ZoneId.of("Europe/London"));
  }

  private static Times times(Window window, LocalDate... except) {
    return new Times(window, new TreeSet<>(List.of(except)));
  }

  @Test
  void a_day_left_out_cuts_the_span_and_comes_back_as_a_day_left_out() {
    Times times =
        times(window(FIRST, LAST), LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 25));
    assertThat(times.windows())
        .containsExactly(
            window(FIRST, LocalDate.of(2026, 12, 23)), window(LocalDate.of(2026, 12, 26), LAST));
    assertThat(Times.of(times.windows())).containsExactly(times);
  }

  @Test
  void a_day_left_out_at_an_end_or_outside_cuts_nothing_in_two() {
    assertThat(times(window(FIRST, LAST), FIRST).windows())
        .containsExactly(window(FIRST.plusDays(1), LAST));
    assertThat(times(window(FIRST, LAST), LAST, LAST.plusDays(3)).windows())
        .containsExactly(window(FIRST, LAST.minusDays(1)));
    assertThat(times(window(FIRST, FIRST), FIRST).windows()).isEmpty();
  }

  @Test
  void parts_that_would_never_open_are_not_sent_to_nodes() {
    Times fridays = times(window(FIRST, LAST, DayOfWeek.FRIDAY), LocalDate.of(2026, 12, 4));
    assertThat(fridays.windows())
        .containsExactly(window(LocalDate.of(2026, 12, 5), LAST, DayOfWeek.FRIDAY));
  }

  @Test
  void other_hours_and_other_days_stay_sets_of_their_own() {
    Window evening = window(FIRST, LAST, DayOfWeek.FRIDAY);
    Window event = window(LAST, LAST, DayOfWeek.THURSDAY);
    assertThat(Times.of(List.of(event, evening))).containsExactly(times(evening), times(event));
    Window january = window(LAST.plusDays(40), LAST.plusDays(60), DayOfWeek.FRIDAY);
    assertThat(Times.of(List.of(evening, january))).hasSize(2);
  }

  @Test
  void no_night_is_gained_or_lost_on_the_way_there_and_back() {
    Times times =
        times(
            window(FIRST, LAST, DayOfWeek.FRIDAY, DayOfWeek.SATURDAY),
            LocalDate.of(2026, 12, 11),
            LocalDate.of(2026, 12, 25));
    Times again = Times.of(times.windows()).get(0);
    assertThat(again.windows()).isEqualTo(times.windows());
    assertThat(nights(again.windows())).isEqualTo(nights(List.of(times.window())) - 2);
  }

  private static long nights(List<Window> windows) {
    return windows.stream()
        .flatMap(
            w ->
                w.from()
                    .datesUntil(w.to().plusDays(1))
                    .filter(d -> w.days().contains(d.getDayOfWeek())))
        .distinct()
        .count();
  }
}
