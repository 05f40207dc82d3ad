package org.towncrier.console.plan;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.PlannedMessage;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.SiteView;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;

/** The week by nights, and what a phone will be offered at one moment. */
@Controller
class PlanPages {
  private final Messages messages;
  private final Nodes nodes;
  private final ConsoleSettings settings;
  private final InstantSource clock;
  private final LocalTimes times;

  PlanPages(
      Messages messages,
      Nodes nodes,
      ConsoleSettings settings,
      InstantSource clock,
      LocalTimes times) {
    this.messages = messages;
    this.nodes = nodes;
    this.settings = settings;
    this.clock = clock;
    this.times = times;
  }

  /** A site's week. */
  record Week(SiteView site, List<Night> nights) {}

  /**
   * What a phone is offered, in the order in which nodes take it.
   *
   * @param site where
   * @param at when, in words
   * @param offered messages in an open window then, paused ones left out
   */
  record Answer(SiteView site, String at, List<Offered> offered) {}

  /** One of them; the nodes are empty when every node of the site has it. */
  record Offered(PlannedMessage message, List<String> nodes) {}

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
            : answer(sites, planned, site, asked, read(time, LocalTime::parse), problems);
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
    model.addAttribute(
        "weeks",
        sites.stream()
            .map(
                place ->
                    new Week(
                        place,
                        IntStream.range(0, 7)
                            .mapToObj(
                                n ->
                                    Night.of(
                                        monday.plusDays(n),
                                        place.site(),
                                        planned,
                                        settings.permittedHours(),
                                        settings.zone()))
                            .toList()))
            .toList());
    return "plan/week";
  }

  private @Nullable Answer answer(
      List<SiteView> sites,
      List<PlannedMessage> planned,
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
        planned.stream()
            .filter(message -> !message.paused() && message.reaches(where.site()))
            .filter(message -> message.isDue(at))
            .sorted(Comparator.comparing(PlannedMessage::priority).reversed())
            .map(message -> new Offered(message, message.nodesAt(where.site())))
            .toList());
  }

  /** Nothing when it can't be read, or lies where no calendar of ours reaches. */
  private static <T> @Nullable T read(String typed, Function<String, T> parse) {
    try {
      T value = parse.apply(typed.strip());
      boolean far =
          value instanceof LocalDate date && (date.getYear() < 2000 || date.getYear() > 2999);
      return far ? null : value;
    } catch (DateTimeException notOne) {
      return null;
    }
  }
}
