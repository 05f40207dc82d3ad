package org.towncrier.console.event;

import java.time.DateTimeException;
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
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;

/** The list of events, for whoever schedules messages. */
@Controller
class EventPages {
  private final Events events;

  EventPages(Events events) {
    this.events = events;
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
    try {
      events.add(me.getUsername(), name, day(first), day(last.isBlank() ? first : last));
    } catch (InvalidInputException wrong) {
      Problems problems = new Problems();
      wrong.problems().forEach(p -> problems.add(p.field(), p.message()));
      return page(name, first, last, problems, model);
    }
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
    model.addAttribute("events", events.ahead());
    model.addAttribute("name", name);
    model.addAttribute("first", first);
    model.addAttribute("last", last);
    model.addAttribute("problems", problems);
    return "plan/events";
  }

  /** Null when it is none. */
  private static @Nullable LocalDate day(String typed) {
    try {
      return LocalDate.parse(typed.strip());
    } catch (DateTimeException notOne) {
      return null;
    }
  }
}
