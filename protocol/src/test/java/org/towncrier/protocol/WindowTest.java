package org.towncrier.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** When windows are open, on both nights of the year that have another number of hours too. */
class WindowTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  /** At 01:00 UTC on this Sunday 02:00 in London becomes 01:00. */
  private static final LocalDate BACK = LocalDate.of(2026, 10, 25);

  /** At 01:00 UTC on this Sunday 01:00 in London becomes 02:00. */
  private static final LocalDate FORWARD = LocalDate.of(2027, 3, 28);

  private static Window once(LocalDate day, String start, String end) {
    return new Window(
        day,
        day,
        EnumSet.allOf(DayOfWeek.class),
        LocalTime.parse(start),
        LocalTime.parse(end),
        LONDON);
  }

  private static void openFromTo(Window window, String opens, String closes) {
    Instant from = Instant.parse(opens);
    Instant to = Instant.parse(closes);
    assertThat(window.isOpen(from.minusMillis(1))).isFalse();
    assertThat(window.isOpen(from)).isTrue();
    assertThat(window.isOpen(to.minusMillis(1))).isTrue();
    assertThat(window.isOpen(to)).isFalse();
    assertThat(window.nextChange(from.minusMillis(1))).contains(from);
    assertThat(window.nextChange(from)).contains(to);
    assertThat(window.nextChange(to)).isEmpty();
  }

  @Example
  void a_window_that_passes_midnight_belongs_to_the_day_it_starts_on() {
    Window thursdays =
        new Window(
            LocalDate.of(2026, 11, 26),
            LocalDate.of(2026, 12, 3),
            Set.of(DayOfWeek.THURSDAY),
            LocalTime.of(19, 0),
            LocalTime.of(4, 0),
            LONDON);
    assertThat(thursdays.isOpen(Instant.parse("2026-11-26T03:59:00Z"))).isFalse();
    assertThat(thursdays.isOpen(Instant.parse("2026-11-26T19:00:00Z"))).isTrue();
    assertThat(thursdays.isOpen(Instant.parse("2026-11-27T03:59:59Z"))).isTrue();
    assertThat(thursdays.isOpen(Instant.parse("2026-11-27T04:00:00Z"))).isFalse();
    assertThat(thursdays.isOpen(Instant.parse("2026-11-27T19:00:00Z"))).isFalse();
    assertThat(thursdays.isOpen(Instant.parse("2026-12-04T03:00:00Z"))).isTrue();
    assertThat(thursdays.isOpen(Instant.parse("2026-12-10T20:00:00Z"))).isFalse();
    assertThat(thursdays.nextChange(Instant.parse("2026-12-04T04:00:00Z"))).isEmpty();
  }

  @Example
  void equal_times_mean_a_whole_day() {
    openFromTo(
        once(LocalDate.of(2026, 11, 26), "12:00", "12:00"),
        "2026-11-26T12:00:00Z",
        "2026-11-27T12:00:00Z");
  }

  @Example
  void a_night_out_has_an_hour_more_when_the_clocks_go_back() {
    openFromTo(
        once(BACK.minusDays(1), "19:00", "04:00"), "2026-10-24T18:00:00Z", "2026-10-25T04:00:00Z");
  }

  @Example
  void a_night_out_has_an_hour_less_when_the_clocks_go_forward() {
    openFromTo(
        once(FORWARD.minusDays(1), "19:00", "04:00"),
        "2027-03-27T19:00:00Z",
        "2027-03-28T03:00:00Z");
  }

  @Example
  void a_time_that_exists_twice_means_the_first() {
    openFromTo(once(BACK, "01:30", "03:00"), "2026-10-25T00:30:00Z", "2026-10-25T03:00:00Z");
    openFromTo(
        once(BACK.minusDays(1), "23:00", "01:30"), "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z");
  }

  @Example
  void a_time_that_does_not_exist_means_the_moment_of_the_change() {
    openFromTo(once(FORWARD, "01:30", "03:00"), "2027-03-28T01:00:00Z", "2027-03-28T02:00:00Z");
    openFromTo(
        once(FORWARD.minusDays(1), "23:00", "01:30"),
        "2027-03-27T23:00:00Z",
        "2027-03-28T01:00:00Z");
  }

  @Example
  void a_window_within_the_hour_that_does_not_exist_stays_shut() {
    Window window = once(FORWARD, "01:15", "01:45");
    for (int minute = 0; minute < 24 * 60; minute++) {
      assertThat(window.isOpen(FORWARD.atStartOfDay(LONDON).toInstant().plusSeconds(60L * minute)))
          .isFalse();
    }
    assertThat(window.nextChange(Instant.parse("2027-03-27T00:00:00Z"))).isEmpty();
  }

  @Property
  void nothing_changes_before_the_next_change(
      @ForAll("windows") Window window,
      @ForAll("moments") Instant at,
      @ForAll @LongRange(min = 0, max = 999) long thousandths) {
    Optional<Instant> next = window.nextChange(at);
    boolean open = window.isOpen(at);
    if (next.isEmpty()) {
      assertThat(open).isFalse();
      assertThat(window.isOpen(at.plus(Duration.ofHours(thousandths)))).isFalse();
      return;
    }
    assertThat(next.get()).isAfter(at);
    Duration until = Duration.between(at, next.get());
    Instant between = at.plus(until.multipliedBy(thousandths).dividedBy(1000));
    assertThat(window.isOpen(between)).isEqualTo(open);
    assertThat(window.isOpen(next.get().minusNanos(1))).isEqualTo(open);
    if (!open) {
      // One that is open may go on: the next day's window can begin as this one ends.
      assertThat(window.isOpen(next.get())).isTrue();
    }
  }

  @Property
  void on_days_without_a_change_of_clocks_it_is_open_as_its_local_times_say(
      @ForAll("windows") Window window, @ForAll("moments") Instant at) {
    ZonedDateTime local = at.atZone(window.zone());
    LocalDate today = local.toLocalDate();
    Duration around =
        Duration.between(
            today.minusDays(1).atStartOfDay(window.zone()),
            today.plusDays(2).atStartOfDay(window.zone()));
    if (!around.equals(Duration.ofDays(3))) {
      return;
    }
    LocalTime now = local.toLocalTime();
    boolean beganToday = starts(window, today) && !now.isBefore(window.start());
    boolean beganYesterday = starts(window, today.minusDays(1)) && now.isBefore(window.end());
    boolean passesMidnight = !window.end().isAfter(window.start());
    assertThat(window.isOpen(at))
        .isEqualTo(
            passesMidnight
                ? beganToday || beganYesterday
                : beganToday && now.isBefore(window.end()));
  }

  private static boolean starts(Window window, LocalDate day) {
    return !day.isBefore(window.from())
        && !day.isAfter(window.to())
        && window.days().contains(day.getDayOfWeek());
  }

  @Provide
  Arbitrary<Window> windows() {
    Arbitrary<LocalDate> from =
        Arbitraries.of(BACK, FORWARD)
            .flatMap(
                day -> Arbitraries.integers().between(-10, 5).map(shift -> day.plusDays(shift)));
    Arbitrary<LocalTime> time =
        Arbitraries.integers().between(0, 95).map(q -> LocalTime.of(q / 4, q % 4 * 15));
    return Combinators.combine(
            from,
            Arbitraries.integers().between(0, 12),
            Arbitraries.of(DayOfWeek.class).set().ofMinSize(1),
            time,
            time,
            Arbitraries.of(
                    "Europe/London", "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo")
                .map(ZoneId::of))
        .as(
            (first, length, days, start, end, zone) ->
                new Window(first, first.plusDays(length), days, start, end, zone));
  }

  @Provide
  Arbitrary<Instant> moments() {
    return Arbitraries.of(BACK, FORWARD)
        .flatMap(
            day ->
                Arbitraries.longs()
                    .between(-12 * 24 * 60, 20 * 24 * 60)
                    .map(m -> day.atStartOfDay(LONDON).toInstant().plusSeconds(m * 60)));
  }

  @Example
  void a_last_day_before_the_first_is_refused() {
    assertThatThrownBy(
            () ->
                new Window(
                    BACK,
                    BACK.minusDays(1),
                    Set.of(DayOfWeek.MONDAY),
                    LocalTime.NOON,
                    LocalTime.MIDNIGHT,
                    LONDON))
        .hasMessageContaining("before its first");
  }

  @Example
  void a_window_on_no_day_is_refused() {
    assertThatThrownBy(
            () -> new Window(BACK, BACK, Set.of(), LocalTime.NOON, LocalTime.MIDNIGHT, LONDON))
        .hasMessageContaining("at least one day");
  }
}
