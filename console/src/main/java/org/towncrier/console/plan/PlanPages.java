package org.towncrier.console.plan;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.ConsoleSettings.PermittedHours;
import org.towncrier.console.event.Event;
import org.towncrier.console.event.Events;
import org.towncrier.console.input.KnownDays;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.PlannedMessage;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.SiteView;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Window;

/** The week by nights, and what a phone will be offered at one moment. */
@Controller
class PlanPages {
  private final Plan plan;
  private final Messages messages;
  private final Nodes nodes;
  private final ConsoleSettings settings;
  private final InstantSource clock;
  private final LocalTimes times;
  private final Events events;

  PlanPages(
      Plan plan,
      Messages messages,
      Nodes nodes,
      ConsoleSettings settings,
      InstantSource clock,
      LocalTimes times,
      Events events) {
    this.plan = plan;
    this.events = events;
    this.messages = messages;
    this.nodes = nodes;
    this.settings = settings;
    this.clock = clock;
    this.times = times;
  }

  /**
   * A site's week.
   *
   * @param silent nights with permitted hours in which nothing is on air
   * @param rivals messages that want the same phones
   */
  record Week(SiteView site, List<Night> nights, long silent, List<Rivals> rivals) {}

  /**
   * What a phone is offered, in the order in which nodes take it.
   *
   * @param site where
   * @param at when, in words
   * @param night the night that belongs to, in words
   * @param quiet why nothing is offered whatever stands there; null when it may be
   * @param offered messages in an open window then, paused ones left out
   */
  record Answer(
      SiteView site, String at, String night, @Nullable String quiet, List<Plan.Offered> offered) {
    /** By priority, the first first: of those in one step the lot decides. */
    public List<List<Plan.Offered>> steps() {
      return List.copyOf(
          offered.stream()
              .collect(
                  Collectors.groupingBy(
                      one -> one.message().priority(), LinkedHashMap::new, Collectors.toList()))
              .values());
    }
  }

  @GetMapping("/plan")
  String week(
      @RequestParam(defaultValue = "") String week,
      @RequestParam(defaultValue = "") String site,
      @RequestParam(defaultValue = "") String day,
      @RequestParam(defaultValue = "") String time,
      Model model) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), settings.zone());
    Problems problems = new Problems();
    LocalDate asked = read(day.isEmpty() ? today.toString() : day, LocalDate::parse);
    LocalDate shown = read(week, LocalDate::parse);
    LocalDate monday =
        (shown != null ? shown : asked != null ? asked : today)
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    List<PlannedMessage> planned = messages.planned();
    List<SiteView> sites = nodes.sites();
    Answer answer =
        site.isEmpty() && day.isEmpty() && time.isEmpty()
            ? null
            : answer(sites, site, asked, read(time, LocalTime::parse), problems);
    model.addAttribute("sites", sites);
    model.addAttribute("site", site);
    model.addAttribute("day", day.isEmpty() ? today.toString() : day);
    model.addAttribute(
        "time", time.isEmpty() && answer == null && !problems.any() ? "23:40" : time);
    model.addAttribute("answer", answer);
    model.addAttribute("problems", problems);
    model.addAttribute("monday", monday);
    model.addAttribute("previous", monday.minusWeeks(1));
    model.addAttribute("following", monday.plusWeeks(1));
    AirTimes air = new AirTimes();
    model.addAttribute(
        "weeks", sites.stream().map(place -> week(place, monday, planned, air)).toList());
    model.addAttribute("events", eventsByDay(monday, today));
    return "plan/week";
  }

  private Week week(SiteView place, LocalDate monday, List<PlannedMessage> planned, AirTimes air) {
    List<Night.Speaker> speakers =
        place.nodes().stream()
            .map(node -> new Night.Speaker(new NodeId(node.node()), hours(node)))
            .toList();
    List<Night.Speaker> nodes =
        speakers.isEmpty() ? List.of(new Night.Speaker(null, settings.permittedHours())) : speakers;
    List<Night> nights =
        IntStream.range(0, 7)
            .mapToObj(
                n ->
                    Night.of(
                        monday.plusDays(n), place.site(), nodes, planned, settings.zone(), air))
            .toList();
    return new Week(
        place,
        nights,
        nights.stream().filter(night -> !night.gaps().isEmpty()).count(),
        Rivals.of(
            monday,
            place.site(),
            place.nodes().stream().map(node -> new NodeId(node.node())).toList(),
            place.contact().offersPerNight(),
            planned,
            settings.zone(),
            air));
  }

  /** As the node itself says; what the settings say while it has not said. */
  private PermittedHours hours(NodeView node) {
    NodeState.PermittedHours own = node.state() == null ? null : node.state().permittedHours();
    return own != null && own.zone().equals(settings.zone())
        ? new PermittedHours(own.start(), own.end())
        : settings.permittedHours();
  }

  private Map<LocalDate, List<String>> eventsByDay(LocalDate monday, LocalDate today) {
    Map<LocalDate, List<String>> byDay = new HashMap<>();
    for (Event event : events.from(monday.isBefore(today) ? monday : today)) {
      for (int n = 0; n < 7; n++) {
        LocalDate day = monday.plusDays(n);
        if (event.contains(day)) {
          byDay.computeIfAbsent(day, each -> new ArrayList<>()).add(event.name());
        }
      }
    }
    return byDay;
  }

  /** Why no phone is asked then at any node of the site; null when some may be. */
  private @Nullable String quiet(SiteView site, Instant at) {
    List<PermittedHours> all =
        site.nodes().isEmpty()
            ? List.of(settings.permittedHours())
            : site.nodes().stream().map(this::hours).distinct().toList();
    boolean any =
        all.stream()
            .anyMatch(
                hours -> Window.daily(hours.start(), hours.end(), settings.zone()).isOpen(at));
    return any
        ? null
        : "Nothing: it is outside the permitted hours (%s)."
            .formatted(
                all.stream()
                    .map(hours -> times.time(hours.start()) + " to " + times.time(hours.end()))
                    .collect(Collectors.joining(", ")));
  }

  private @Nullable Answer answer(
      List<SiteView> sites,
      String site,
      @Nullable LocalDate day,
      @Nullable LocalTime time,
      Problems problems) {
    SiteView where =
        sites.stream().filter(view -> view.site().value().equals(site)).findFirst().orElse(null);
    if (where == null) {
      problems.add("site", "Select a site");
    }
    if (day == null) {
      problems.add("day", "Enter a day");
    }
    if (time == null) {
      problems.add("time", "Enter a time, such as 23:40");
    }
    if (where == null || day == null || time == null) {
      return null;
    }
    Instant at = day.atTime(time).atZone(settings.zone()).toInstant();
    return new Answer(
        where,
        times.at(at),
        times.day(time.isBefore(LocalTime.NOON) ? day.minusDays(1) : day),
        quiet(where, at),
        plan.at(where.site(), at));
  }

  /** Nothing when it can't be read, or lies where no calendar of ours reaches. */
  private static <T> @Nullable T read(String typed, Function<String, T> parse) {
    try {
      T value = parse.apply(typed.strip());
      boolean far = value instanceof LocalDate date && !KnownDays.contains(date);
      return far ? null : value;
    } catch (DateTimeException notOne) {
      return null;
    }
  }
}
