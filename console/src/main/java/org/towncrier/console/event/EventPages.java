package org.towncrier.console.event;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;

/** The list of events, for whoever schedules messages. */
@Controller
class EventPages {
  private static final int LONGEST_NAME = 80;

  /** A fair of three weeks is an event; a season is a campaign. */
  private static final int MOST_DAYS = 31;

  private final Events events;
  private final ConsoleSettings settings;
  private final InstantSource clock;

  EventPages(Events events, ConsoleSettings settings, InstantSource clock) {
    this.events = events;
    this.settings = settings;
    this.clock = clock;
  }

  @GetMapping("/plan/events")
  String list(Model model) {
    return page("", "", "", new Problems(), model);
  }

  @PostMapping("/plan/events")
  String add(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String first,
      @RequestParam(defaultValue = "") String last,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    Problems problems = new Problems();
    String plain = name.strip();
    if (plain.isEmpty() || plain.length() > LONGEST_NAME) {
      problems.add("name", "Enter the event's name, " + LONGEST_NAME + " characters at most");
    }
    LocalDate begins = day(first, "first", "Enter the first day", problems);
    LocalDate ends = day(last.isBlank() ? first : last, "last", "Enter the last day", problems);
    if (begins != null && ends != null) {
      if (ends.isBefore(begins)) {
        problems.add("last", "The last day must be the first day or later");
      } else if (begins.plusDays(MOST_DAYS).isBefore(ends)) {
        problems.add("last", "An event has %d days at most".formatted(MOST_DAYS));
      } else if (ends.isBefore(today())) {
        problems.add("last", "That event is over; enter one that is yet to come");
      }
    }
    if (problems.any() || begins == null || ends == null) {
      return page(name, first, last, problems, model);
    }
    events.add(me.getUsername(), plain, begins, ends);
    next.addFlashAttribute("done", "Added. It can be chosen when a message is scheduled");
    return "redirect:/plan/events";
  }

  @PostMapping("/plan/events/{id}/remove")
  String remove(
      @PathVariable long id, @AuthenticationPrincipal SignedIn me, RedirectAttributes next) {
    events.remove(me.getUsername(), id);
    next.addFlashAttribute("done", "Removed. Messages keep the days they were given");
    return "redirect:/plan/events";
  }

  private String page(String name, String first, String last, Problems problems, Model model) {
    model.addAttribute("events", events.from(today()));
    model.addAttribute("name", name);
    model.addAttribute("first", first);
    model.addAttribute("last", last);
    model.addAttribute("problems", problems);
    return "plan/events";
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), settings.zone());
  }

  private static @Nullable LocalDate day(
      String typed, String field, String say, Problems problems) {
    try {
      LocalDate day = LocalDate.parse(typed.strip());
      if (day.getYear() >= 2000 && day.getYear() <= 2999) {
        return day;
      }
    } catch (DateTimeException notOne) {
      // Said below.
    }
    problems.add(field, say);
    return null;
  }
}
