package org.towncrier.console.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.message.Target;
import org.towncrier.console.page.Problems;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/**
 * When a message is on air, as somebody typed it. It keeps what was typed, right or wrong.
 *
 * @param places site ids, or {@code site/node}
 */
record ScheduleForm(
    List<String> places,
    String from,
    String to,
    List<String> days,
    String opens,
    String closes,
    String priority) {

  static ScheduleForm of(List<String> places, Window window, String priority) {
    return new ScheduleForm(
        places,
        window.from().toString(),
        window.to().toString(),
        window.days().stream().map(DayOfWeek::name).toList(),
        window.start().toString(),
        window.end().toString(),
        priority);
  }

  /** The window, unless something is wrong with it. */
  Optional<Window> window(ZoneId zone, Problems problems) {
    LocalDate first = read(from, LocalDate::parse, "from", "Enter the first day", problems);
    LocalDate last = read(to, LocalDate::parse, "to", "Enter the last day", problems);
    Set<DayOfWeek> chosen = EnumSet.noneOf(DayOfWeek.class);
    for (String day : days) {
      DayOfWeek known = read(day, DayOfWeek::valueOf, "days", "Select days of the week", problems);
      if (known != null) {
        chosen.add(known);
      }
    }
    if (chosen.isEmpty()) {
      problems.add("days", "Select at least one day of the week");
    }
    LocalTime start =
        read(
            opens,
            ScheduleForm::time,
            "opens",
            "Enter the time it starts, such as 19:00",
            problems);
    LocalTime end =
        read(
            closes,
            ScheduleForm::time,
            "closes",
            "Enter the time it ends, such as 04:00",
            problems);
    if (first != null && last != null && last.isBefore(first)) {
      problems.add("to", "The last day must be the first day or later");
    }
    if (first == null
        || last == null
        || last.isBefore(first)
        || chosen.isEmpty()
        || start == null
        || end == null) {
      return Optional.empty();
    }
    return Optional.of(new Window(first, last, chosen, start, end, zone));
  }

  /** The places, unless something is wrong with them. */
  List<Target> targets(Problems problems) {
    List<Target> targets = new ArrayList<>();
    for (String place : places) {
      Target target = read(place, Target::parse, "places", "Select places from the list", problems);
      if (target != null) {
        targets.add(target);
      }
    }
    if (targets.isEmpty()) {
      problems.add("places", "Select at least one place");
    }
    return targets;
  }

  /** The priority, unless it is none. */
  Optional<Priority> chosenPriority(Problems problems) {
    return Optional.ofNullable(
        read(priority, Priority::valueOf, "priority", "Select a priority", problems));
  }

  private static LocalTime time(String typed) {
    return LocalTime.parse(typed, DateTimeFormatter.ofPattern("H:mm[:ss]"));
  }

  private static <T> @Nullable T read(
      String typed, Function<String, T> parse, String field, String message, Problems problems) {
    try {
      return parse.apply(typed.strip());
    } catch (DateTimeParseException | IllegalArgumentException notOne) {
      problems.add(field, message);
      return null;
    }
  }
}
