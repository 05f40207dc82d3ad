package org.towncrier.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.Window;

/** Times as people in the town read them. Templates know it as {@code @times}. */
public final class LocalTimes {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm", Locale.UK);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.UK);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.UK);

  private final ZoneId zone;
  private final InstantSource clock;

  LocalTimes(ZoneId zone, InstantSource clock) {
    this.zone = zone;
    this.clock = clock;
  }

  /** Day and time, with the words "local time" left to the page's foot. */
  public String at(@Nullable Instant moment) {
    return moment == null ? "never" : MOMENT.format(moment.atZone(zone));
  }

  /** For tables that leave the console: the local time with its offset; empty for never. */
  public String iso(@Nullable Instant moment) {
    return moment == null
        ? ""
        : ISO.format(moment.atZone(zone).truncatedTo(ChronoUnit.SECONDS).toOffsetDateTime());
  }

  /** A day. */
  public String day(LocalDate day) {
    return DATE.format(day);
  }

  /** When something is on air. */
  public String window(Window window) {
    String days =
        window.days().size() == 7
            ? "Every day"
            : window.days().stream()
                .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.UK))
                .collect(Collectors.joining(", "));
    String hours =
        window.start().equals(LocalTime.MIDNIGHT) && window.end().equals(LocalTime.MIDNIGHT)
            ? "all day"
            : "%s to %s%s"
                .formatted(
                    time(window.start()),
                    time(window.end()),
                    window.end().isAfter(window.start()) ? "" : " the next day");
    LocalDate first = window.from();
    if (first.equals(window.to()) && window.days().contains(first.getDayOfWeek())) {
      return day(first) + ", " + hours;
    }
    return "%s, %s, from %s to %s".formatted(days, hours, day(window.from()), day(window.to()));
  }

  /** A time of day. */
  public String time(LocalTime time) {
    return TIME.format(time);
  }

  /** How long ago, roughly, for what changes by the minute. */
  public String ago(@Nullable Instant moment) {
    if (moment == null) {
      return "never";
    }
    Duration past = Duration.between(moment, clock.instant());
    if (past.toSeconds() < 0) {
      return at(moment);
    }
    if (past.toMinutes() < 1) {
      return "less than a minute ago";
    }
    if (past.toMinutes() < 60) {
      return plural(past.toMinutes(), "minute") + " ago";
    }
    return past.toHours() < 24 ? plural(past.toHours(), "hour") + " ago" : at(moment);
  }

  /** A length of time, to the minute once there is one. */
  public String span(long seconds) {
    if (seconds < 60) {
      return plural(seconds, "second");
    }
    String minutes = plural(seconds % 3600 / 60, "minute");
    return seconds < 3600 ? minutes : plural(seconds / 3600, "hour") + " " + minutes;
  }

  /** The zone, for the page's foot. */
  public String zone() {
    return zone.getId().replace('_', ' ');
  }

  private static String plural(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
