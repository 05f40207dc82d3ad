package org.towncrier.console.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.ConsoleSettings.PermittedHours;
import org.towncrier.console.message.PlannedMessage;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/**
 * One night at a site, from noon to noon as people think of it: 23 or 25 hours long where the
 * clocks change.
 *
 * @param name such as {@code Fri 27 Nov}, the day it begins
 * @param bars what is on air in it, highest priority first
 * @param gaps when nothing is, within the permitted hours
 * @param ticks the hours under the bars
 */
record Night(LocalDate day, String name, List<Bar> bars, List<String> gaps, List<Tick> ticks) {
  /** How wide a night is drawn. */
  static final int WIDTH = 1000;

  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("EEE d MMM", Locale.UK);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);

  /**
   * One stretch of one message.
   *
   * @param x where it begins, of {@link #WIDTH}
   */
  record Bar(PlannedMessage message, String times, int x, int width) {
    /** How its bar is drawn. */
    public String style() {
      return message.paused()
          ? "tc-bar--paused"
          : "tc-bar--" + message.priority().name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An hour of the local clock.
   *
   * @param hours how many real hours follow before the next
   */
  record Tick(String time, long hours) {}

  /** From one moment to another, the second left out. */
  record Stretch(Instant from, Instant to) {}

  /**
   * A node, and the hours in which it may speak; silence outside them is as it should be.
   *
   * @param node null for any
   */
  record Speaker(@Nullable NodeId node, PermittedHours hours) {}

  /** A night of a site whose nodes are all alike. */
  static Night of(
      LocalDate day,
      SiteId site,
      List<PlannedMessage> messages,
      PermittedHours hours,
      ZoneId zone) {
    return of(day, site, List.of(new Speaker(null, hours)), messages, zone);
  }

  /** A night at a site. */
  static Night of(
      LocalDate day,
      SiteId site,
      List<Speaker> speakers,
      List<PlannedMessage> messages,
      ZoneId zone) {
    return of(day, site, speakers, messages, zone, new AirTimes());
  }

  /**
   * As {@link #of(LocalDate, SiteId, List, List, ZoneId)}.
   *
   * @param air what is known already of when messages are on air
   */
  static Night of(
      LocalDate day,
      SiteId site,
      List<Speaker> speakers,
      List<PlannedMessage> messages,
      ZoneId zone,
      AirTimes air) {
    Instant noon = noon(day, zone);
    Instant next = noon(day.plusDays(1), zone);
    List<Bar> bars = new ArrayList<>();
    messages.stream()
        .filter(message -> message.reaches(site))
        .sorted(Comparator.comparing(PlannedMessage::priority).reversed())
        .forEach(
            message ->
                air.of(message, noon, next)
                    .forEach(stretch -> bars.add(bar(message, stretch, noon, next, zone))));
    return new Night(
        day,
        NAME.format(day),
        bars,
        silences(day, site, speakers, messages, zone, air),
        ticks(noon, next, zone));
  }

  /** When nothing is on air, said once for nodes that are silent alike. */
  private static List<String> silences(
      LocalDate day,
      SiteId site,
      List<Speaker> speakers,
      List<PlannedMessage> messages,
      ZoneId zone,
      AirTimes air) {
    Instant noon = noon(day, zone);
    Instant next = noon(day.plusDays(1), zone);
    Map<List<String>, List<String>> nodes = new LinkedHashMap<>();
    for (Speaker speaker : speakers) {
      NodeId node = speaker.node();
      List<Stretch> spoken =
          messages.stream()
              .filter(message -> !message.paused())
              .filter(message -> node == null ? message.reaches(site) : message.reaches(site, node))
              .flatMap(message -> air.of(message, noon, next).stream())
              .toList();
      Stretch evening = evening(day, speaker.hours(), new Stretch(noon, next), zone);
      nodes
          .computeIfAbsent(gaps(spoken, evening, zone), gaps -> new ArrayList<>())
          .add(String.valueOf(node));
    }
    if (nodes.size() == 1) {
      return nodes.keySet().iterator().next();
    }
    return nodes.entrySet().stream()
        .filter(silent -> !silent.getKey().isEmpty())
        .map(
            silent ->
                "%s at %s"
                    .formatted(
                        String.join(", ", silent.getKey()), String.join(", ", silent.getValue())))
        .toList();
  }

  static Instant noon(LocalDate day, ZoneId zone) {
    return day.atTime(LocalTime.NOON).atZone(zone).toInstant();
  }

  /** The permitted hours within the night; all of it when they are all day. */
  private static Stretch evening(LocalDate day, PermittedHours hours, Stretch night, ZoneId zone) {
    Instant begins = moment(day, hours.start(), zone);
    Instant ends = moment(day, hours.end(), zone);
    return begins.isBefore(ends) ? new Stretch(begins, ends) : night;
  }

  /** A time before noon is on the morning after. */
  private static Instant moment(LocalDate day, LocalTime time, ZoneId zone) {
    return day.plusDays(time.isBefore(LocalTime.NOON) ? 1 : 0)
        .atTime(time)
        .atZone(zone)
        .toInstant();
  }

  /** When it is on air between two moments. */
  static List<Stretch> stretches(PlannedMessage message, Instant from, Instant to) {
    List<Stretch> stretches = new ArrayList<>();
    Instant began = message.isDue(from) ? from : null;
    for (Instant at = from; at.isBefore(to); ) {
      Instant now = at;
      Instant change =
          message.windows().stream()
              .flatMap(window -> window.nextChange(now).stream())
              .min(Comparator.naturalOrder())
              .filter(moment -> moment.isBefore(to))
              .orElse(to);
      boolean due = change.isBefore(to) && message.isDue(change);
      if (began != null && !due) {
        stretches.add(new Stretch(began, change));
        began = null;
      } else if (began == null && due) {
        began = change;
      }
      at = change;
    }
    return stretches;
  }

  private static Bar bar(
      PlannedMessage message, Stretch stretch, Instant noon, Instant next, ZoneId zone) {
    long night = Duration.between(noon, next).toSeconds();
    long begins = Duration.between(noon, stretch.from()).toSeconds();
    long lasts = Duration.between(stretch.from(), stretch.to()).toSeconds();
    return new Bar(
        message,
        times(stretch, zone),
        (int) (begins * WIDTH / night),
        Math.max(3, (int) (lasts * WIDTH / night)));
  }

  private static List<String> gaps(List<Stretch> spoken, Stretch evening, ZoneId zone) {
    List<String> gaps = new ArrayList<>();
    Instant silentFrom = evening.from();
    for (Stretch stretch : spoken.stream().sorted(Comparator.comparing(Stretch::from)).toList()) {
      if (stretch.from().isAfter(silentFrom) && silentFrom.isBefore(evening.to())) {
        gaps.add(times(new Stretch(silentFrom, earlier(stretch.from(), evening.to())), zone));
      }
      silentFrom = Stream.of(silentFrom, stretch.to()).max(Comparator.naturalOrder()).get();
    }
    if (silentFrom.isBefore(evening.to())) {
      gaps.add(times(new Stretch(silentFrom, evening.to()), zone));
    }
    return gaps;
  }

  private static List<Tick> ticks(Instant noon, Instant next, ZoneId zone) {
    List<Tick> ticks = new ArrayList<>();
    for (Instant at = noon; at.isBefore(next); at = at.plus(Duration.ofHours(3))) {
      long left = Duration.between(at, next).toHours();
      ticks.add(new Tick(TIME.format(at.atZone(zone)), Math.min(3, left)));
    }
    return ticks;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  static String times(Stretch stretch, ZoneId zone) {
    return "%s to %s"
        .formatted(
            TIME.format(stretch.from().atZone(zone)), TIME.format(stretch.to().atZone(zone)));
  }
}
