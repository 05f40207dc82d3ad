package org.towncrier.console.trail;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.page.Problems;

/**
 * What somebody looks for, as they typed it, right or wrong.
 *
 * @param words in who, what, to what or the detail; empty for anything
 * @param from first day, local; empty for the beginning
 * @param to last day, local; empty for today
 */
public record TrailSearch(String words, String from, String to) {

  /** What was typed, as far as it makes sense; the rest is a problem by its field. */
  public AuditTrail.Search read(ZoneId zone, Problems problems) {
    LocalDate first = day("from", from, problems);
    LocalDate last = day("to", to, problems);
    if (first != null && last != null && last.isBefore(first)) {
      problems.add("to", "The last day must be the first day or later");
    }
    return new AuditTrail.Search(
        words.strip(), start(first, zone), start(last == null ? null : last.plusDays(1), zone));
  }

  private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
    return day == null ? null : day.atStartOfDay(zone).toInstant();
  }

  private static @Nullable LocalDate day(String field, String typed, Problems problems) {
    if (typed.isBlank()) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(typed.strip());
      if (day.getYear() >= 2000 && day.getYear() < 3000) {
        return day;
      }
    } catch (DateTimeParseException notOne) {
      // Said below.
    }
    problems.add(field, "Enter a day such as 2026-11-27, or leave it empty");
    return null;
  }
}
