package org.towncrier.console.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.towncrier.console.page.Problems;
import org.towncrier.protocol.Window;

/**
 * One set of times as somebody typed it. It keeps what was typed, right or wrong.
 *
 * @param number from 1; the fields of the first have plain names, of the others {@code from-2}
 * @param except days on which it is not on air, with commas between
 */
record TimesForm(
    int number,
    String from,
    String to,
    List<String> days,
    String opens,
    String closes,
    String except) {

  static TimesForm of(int number, Times times) {
    Window window = times.window();
    return new TimesForm(
        number,
        window.from().toString(),
        window.to().toString(),
        window.days().stream().map(DayOfWeek::name).toList(),
        window.start().toString(),
        window.end().toString(),
        times.except().stream().map(LocalDate::toString).collect(Collectors.joining(", ")));
  }

  static TimesForm read(int number, MultiValueMap<String, String> typed) {
    return new TimesForm(
        number,
        text(typed, name("from", number)),
        text(typed, name("to", number)),
        Objects.requireNonNullElse(typed.get(name("days", number)), List.<String>of()),
        text(typed, name("opens", number)),
        text(typed, name("closes", number)),
        text(typed, name("except", number)));
  }

  /** The same as another set. */
  TimesForm as(int other) {
    return new TimesForm(other, from, to, days, opens, closes, except);
  }

  /** The field's name in this set. */
  public String name(String field) {
    return name(field, number);
  }

  static String name(String field, int number) {
    return number == 1 ? field : field + "-" + number;
  }

  /** The times, unless something is wrong with them. */
  Optional<Times> times(ZoneId zone, Problems problems) {
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
      problems.add(name("days"), "Select at least one day of the week");
    }
    LocalTime start =
        read(opens, TimesForm::time, "opens", "Enter the time it starts, such as 19:00", problems);
    LocalTime end =
        read(closes, TimesForm::time, "closes", "Enter the time it ends, such as 04:00", problems);
    SortedSet<LocalDate> leftOut = leftOut(problems);
    boolean backwards = first != null && last != null && last.isBefore(first);
    if (backwards) {
      problems.add(name("to"), "The last day must be the first day or later");
    }
    if (first == null
        || last == null
        || backwards
        || chosen.isEmpty()
        || start == null
        || end == null) {
      return Optional.empty();
    }
    Times times = new Times(new Window(first, last, chosen, start, end, zone), leftOut);
    if (times.windows().isEmpty()) {
      problems.add(
          name("days"), "None of these days of the week lies between the first day and the last");
      return Optional.empty();
    }
    return Optional.of(times);
  }

  private SortedSet<LocalDate> leftOut(Problems problems) {
    SortedSet<LocalDate> leftOut = new TreeSet<>();
    for (String day : except.split("[,;\\s]+", -1)) {
      if (!day.isEmpty()) {
        LocalDate known =
            read(
                day,
                LocalDate::parse,
                "except",
                "Enter days such as 2026-12-25, with commas between",
                problems);
        if (known != null) {
          leftOut.add(known);
        }
      }
    }
    return leftOut;
  }

  private static LocalTime time(String typed) {
    return LocalTime.parse(typed, DateTimeFormatter.ofPattern("H:mm[:ss]"));
  }

  private <T> @Nullable T read(
      String typed, Function<String, T> parse, String field, String message, Problems problems) {
    try {
      return parse.apply(typed.strip());
    } catch (DateTimeParseException | IllegalArgumentException notOne) {
      problems.add(name(field), message);
      return null;
    }
  }

  private static String text(MultiValueMap<String, String> typed, String name) {
    return Objects.requireNonNullElse(typed.getFirst(name), "");
  }
}
