package org.towncrier.console.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.towncrier.console.message.PlannedMessage;
import org.towncrier.console.plan.Night.Stretch;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;

/**
 * Messages that want the same phones: on air at one node at one time, and more of them than a phone
 * is offered in a night.
 *
 * @param words which, and which of them goes first
 * @param nodes the nodes it is about; empty when every node of the site
 * @param when in which nights, and when in them
 */
record Rivals(String words, List<String> nodes, List<String> when) {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.UK);

  private record Wanting(List<PlannedMessage> messages, List<String> nodes) {}

  /**
   * Looks through a week.
   *
   * @param offers how many messages a phone is offered in one night
   */
  static List<Rivals> of(
      LocalDate monday,
      SiteId site,
      List<NodeId> nodes,
      int offers,
      List<PlannedMessage> planned,
      ZoneId zone) {
    return of(monday, site, nodes, offers, planned, zone, new AirTimes());
  }

  /**
   * As {@link #of(LocalDate, SiteId, List, int, List, ZoneId)}.
   *
   * @param air what is known already of when messages are on air
   */
  static List<Rivals> of(
      LocalDate monday,
      SiteId site,
      List<NodeId> nodes,
      int offers,
      List<PlannedMessage> planned,
      ZoneId zone,
      AirTimes air) {
    Map<Wanting, Map<LocalDate, List<Stretch>>> found = new LinkedHashMap<>();
    List<PlannedMessage> speaking =
        planned.stream()
            .filter(message -> !message.paused() && message.reaches(site))
            .sorted(Comparator.comparing(PlannedMessage::priority).reversed())
            .toList();
    for (int n = 0; n < 7; n++) {
      LocalDate day = monday.plusDays(n);
      Stretch night = new Stretch(Night.noon(day, zone), Night.noon(day.plusDays(1), zone));
      List<Instant> changes = changes(speaking, night, air);
      for (int at = 0; at + 1 < changes.size(); at++) {
        Stretch stretch = new Stretch(changes.get(at), changes.get(at + 1));
        for (Wanting wanting : wanting(speaking, site, nodes, offers, night, stretch.from(), air)) {
          add(
              found
                  .computeIfAbsent(wanting, each -> new TreeMap<>())
                  .computeIfAbsent(day, each -> new ArrayList<>()),
              stretch);
        }
      }
    }
    return found.entrySet().stream()
        .map(
            each ->
                new Rivals(
                    words(each.getKey().messages(), offers),
                    each.getKey().nodes(),
                    when(each.getValue(), zone)))
        .toList();
  }

  private static List<Instant> changes(List<PlannedMessage> messages, Stretch night, AirTimes air) {
    TreeSet<Instant> changes = new TreeSet<>(List.of(night.from(), night.to()));
    for (PlannedMessage message : messages) {
      for (Stretch stretch : air.of(message, night.from(), night.to())) {
        changes.add(stretch.from());
        changes.add(stretch.to());
      }
    }
    return List.copyOf(changes);
  }

  /** What competes at that moment; nodes at which the same messages do are named together. */
  private static List<Wanting> wanting(
      List<PlannedMessage> speaking,
      SiteId site,
      List<NodeId> nodes,
      int offers,
      Stretch night,
      Instant at,
      AirTimes air) {
    Map<List<PlannedMessage>, List<String>> byMessages = new LinkedHashMap<>();
    List<PlannedMessage> onAir =
        speaking.stream()
            .filter(message -> air.isDue(message, night.from(), night.to(), at))
            .toList();
    for (NodeId node : nodes) {
      List<PlannedMessage> due =
          onAir.stream().filter(message -> message.reaches(site, node)).toList();
      if (due.size() > offers) {
        byMessages.computeIfAbsent(due, each -> new ArrayList<>()).add(node.value());
      }
    }
    return byMessages.entrySet().stream()
        .map(
            each ->
                new Wanting(
                    each.getKey(),
                    each.getValue().size() == nodes.size() ? List.of() : each.getValue()))
        .toList();
  }

  private static void add(List<Stretch> stretches, Stretch next) {
    Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
    if (last != null && last.to().equals(next.from())) {
      stretches.set(stretches.size() - 1, new Stretch(last.from(), next.to()));
    } else {
      stretches.add(next);
    }
  }

  private static String words(List<PlannedMessage> messages, int offers) {
    Map<Priority, List<String>> byPriority = new LinkedHashMap<>();
    messages.forEach(
        message ->
            byPriority
                .computeIfAbsent(message.priority(), each -> new ArrayList<>())
                .add("“" + message.title() + "”"));
    List<List<String>> groups = List.copyOf(byPriority.values());
    String each = offers == 1 ? "one message a night" : offers + " messages a night";
    if (groups.size() == 1) {
      return "%s share the phones: a phone is offered %s, which of them is drawn by lot"
          .formatted(together(groups.get(0)), each);
    }
    List<String> rest = groups.subList(1, groups.size()).stream().map(Rivals::together).toList();
    boolean one = groups.get(0).size() == 1;
    return "%s %s first, and a phone is offered %s: %s %s only phones that had %s before"
        .formatted(
            together(groups.get(0)),
            one ? "goes" : "go",
            each,
            String.join(", then ", rest),
            rest.size() == 1 && groups.get(1).size() == 1 ? "reaches" : "reach",
            one ? "it" : "them");
  }

  private static String together(List<String> names) {
    return names.size() == 1
        ? names.get(0)
        : String.join(", ", names.subList(0, names.size() - 1))
            + " and "
            + names.get(names.size() - 1);
  }

  /** Nights on which it is at the same times are named together. */
  private static List<String> when(Map<LocalDate, List<Stretch>> nights, ZoneId zone) {
    Map<String, LinkedHashSet<LocalDate>> byTimes = new LinkedHashMap<>();
    nights.forEach(
        (day, stretches) ->
            byTimes
                .computeIfAbsent(
                    stretches.stream()
                        .map(stretch -> Night.times(stretch, zone))
                        .collect(Collectors.joining(" and ")),
                    times -> new LinkedHashSet<>())
                .add(day));
    return byTimes.entrySet().stream()
        .map(
            each ->
                each.getValue().stream().map(DAY::format).collect(Collectors.joining(", "))
                    + ", "
                    + each.getKey())
        .toList();
  }
}
