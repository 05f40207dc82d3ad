package org.towncrier.console.plan;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.KnownDays;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.NotAllowedException;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;

/** Asks which messages of a week are to be on air once more in the week after. */
@Controller
class CopyPages {
  private final WeekCopies copies;
  private final LocalTimes times;

  CopyPages(WeekCopies copies, LocalTimes times) {
    this.copies = copies;
    this.times = times;
  }

  /**
   * A message of the week.
   *
   * @param added its times in the week after, in words; empty when it can't be copied
   * @param why it can't; null when it can
   */
  record Line(String id, String title, List<String> added, @Nullable String why) {}

  @GetMapping("/plan/copy")
  String ask(@RequestParam(defaultValue = "") String week, Model model) {
    return page(monday(week), List.of(), new Problems(), model);
  }

  @PostMapping("/plan/copy")
  String copy(
      @RequestParam(defaultValue = "") String week,
      @RequestParam(defaultValue = "") List<String> message,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    LocalDate monday = monday(week);
    Problems problems = new Problems();
    List<String> written = new ArrayList<>();
    for (WeekCopies.Candidate candidate : copies.of(monday)) {
      MessageVersion newest = candidate.newest();
      if (candidate.why() == null && message.contains(newest.message().value())) {
        try {
          copies.copy(me.getUsername(), newest.message(), newest.edit(), monday);
          written.add(newest.message().value());
        } catch (InvalidInputException | NotAllowedException wrong) {
          problems.add("message", candidate.title() + ": " + wrong.getMessage());
        }
      }
    }
    if (written.isEmpty()) {
      problems.add("message", "Select at least one message");
    }
    if (problems.any()) {
      return page(monday, message, problems, model);
    }
    next.addFlashAttribute("copied", written);
    return "redirect:/plan?week=" + monday.plusWeeks(1);
  }

  private String page(LocalDate monday, List<String> selected, Problems problems, Model model) {
    List<Line> candidates = copies.of(monday).stream().map(this::line).toList();
    model.addAttribute("monday", monday);
    model.addAttribute("following", monday.plusWeeks(1));
    model.addAttribute("candidates", candidates);
    model.addAttribute("any", candidates.stream().anyMatch(candidate -> candidate.why() == null));
    model.addAttribute("selected", selected);
    model.addAttribute("problems", problems);
    return "plan/copy";
  }

  private Line line(WeekCopies.Candidate candidate) {
    return new Line(
        candidate.newest().message().value(),
        candidate.title(),
        candidate.added().stream().map(times::window).toList(),
        candidate.why());
  }

  private static LocalDate monday(String week) {
    try {
      LocalDate day = LocalDate.parse(week.strip());
      if (KnownDays.contains(day)) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      }
    } catch (DateTimeException notOne) {
      // Said below.
    }
    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
