package org.towncrier.console.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.util.MultiValueMap;
import org.towncrier.console.message.Target;
import org.towncrier.console.page.Problems;
import org.towncrier.protocol.ScheduledMessage.Priority;

/**
 * Where and when a message is on air, as somebody typed it. It keeps what was typed, right or
 * wrong.
 *
 * @param places site ids, or {@code site/node}
 */
record ScheduleForm(List<String> places, List<TimesForm> times, String priority) {
  /** More sets of times than this are a campaign file's business. */
  static final int MOST = 12;

  ScheduleForm {
    places = List.copyOf(places);
    times = List.copyOf(times);
  }

  static ScheduleForm of(List<String> places, List<Times> sets, Priority priority) {
    List<TimesForm> times = new ArrayList<>();
    for (Times set : sets) {
      times.add(TimesForm.of(times.size() + 1, set));
    }
    return new ScheduleForm(places, times, priority.name());
  }

  /** What a browser sent. Sets that are to be removed are not in it any more. */
  static ScheduleForm read(MultiValueMap<String, String> typed) {
    int sets = 1;
    while (sets < MOST && typed.containsKey(TimesForm.name("from", sets + 1))) {
      sets++;
    }
    String removed = Objects.requireNonNullElse(typed.getFirst("remove"), "");
    List<TimesForm> times = new ArrayList<>();
    for (int n = 1; n <= sets; n++) {
      if (sets == 1 || !removed.equals(String.valueOf(n))) {
        TimesForm read = TimesForm.read(n, typed);
        times.add(read.as(times.size() + 1));
      }
    }
    return new ScheduleForm(
        Objects.requireNonNullElse(typed.get("places"), List.<String>of()),
        times,
        Objects.requireNonNullElse(typed.getFirst("priority"), ""));
  }

  /** With one more set, which begins as the last one is. */
  ScheduleForm withOneMore() {
    List<TimesForm> more = new ArrayList<>(times);
    if (more.size() < MOST) {
      more.add(more.get(more.size() - 1).as(more.size() + 1));
    }
    return new ScheduleForm(places, more, priority);
  }

  /**
   * With one more set, for an event: its days, every night, at the hours of the last set.
   *
   * @param first the event's first day
   * @param last its last day
   */
  ScheduleForm withEvent(LocalDate first, LocalDate last) {
    List<TimesForm> more = new ArrayList<>(times);
    if (more.size() < MOST) {
      TimesForm before = more.get(more.size() - 1);
      more.add(
          new TimesForm(
              more.size() + 1,
              first.toString(),
              last.toString(),
              Arrays.stream(DayOfWeek.values()).map(DayOfWeek::name).toList(),
              before.opens(),
              before.closes(),
              ""));
    }
    return new ScheduleForm(places, more, priority);
  }

  /** With these sets in place of those it has. */
  ScheduleForm withTimes(List<Times> sets) {
    List<TimesForm> fresh = new ArrayList<>();
    for (Times set : sets) {
      fresh.add(TimesForm.of(fresh.size() + 1, set));
    }
    return new ScheduleForm(places, fresh, priority);
  }

  /** The places, unless something is wrong with them. */
  List<Target> targets(Problems problems) {
    List<Target> targets = new ArrayList<>();
    for (String place : places) {
      try {
        targets.add(Target.parse(place.strip()));
      } catch (IllegalArgumentException notOne) {
        problems.add("places", "Select places from the list");
      }
    }
    if (targets.isEmpty()) {
      problems.add("places", "Select at least one place");
    }
    return targets;
  }

  /** The priority, unless it is none. */
  Optional<Priority> chosenPriority(Problems problems) {
    try {
      return Optional.of(Priority.valueOf(priority));
    } catch (IllegalArgumentException notOne) {
      problems.add("priority", "Select a priority");
      return Optional.empty();
    }
  }
}
