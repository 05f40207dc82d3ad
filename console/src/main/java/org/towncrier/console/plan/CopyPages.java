package org.towncrier.console.plan;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.NotAllowedException;
import org.towncrier.console.message.PlannedMessage;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;
import org.towncrier.console.schedule.WeekCopy;
import org.towncrier.protocol.Window;

/**
 * What was on air in one week once more in the week after: a new version of each message, for
 * somebody else to approve. What is approved goes on as it is until then.
 */
@Controller
class CopyPages {
  private final Messages messages;
  private final Campaigns campaigns;
  private final LocalTimes times;

  CopyPages(Messages messages, Campaigns campaigns, LocalTimes times) {
    this.messages = messages;
    this.campaigns = campaigns;
    this.times = times;
  }

  /**
   * A message of the week.
   *
   * @param added its times in the week after, in words; empty when it can't be copied
   * @param why it can't; null when it can
   */
  record Candidate(String id, String title, List<String> added, @Nullable String why) {}

  private record Copy(MessageVersion newest, List<Window> added) {}

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
    for (PlannedMessage planned : messages.planned()) {
      if (message.contains(planned.id().value())) {
        copyOf(planned, monday)
            .filter(copy -> copy.newest().status().stands())
            .ifPresent(copy -> write(copy, me.getUsername(), written, problems));
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

  private void write(Copy copy, String who, List<String> written, Problems problems) {
    MessageVersion newest = copy.newest();
    Draft draft = newest.draft();
    List<Window> windows = new ArrayList<>(draft.windows());
    windows.addAll(copy.added());
    try {
      messages.save(
          who,
          newest.message(),
          newest.edit(),
          draft.at(draft.targets(), windows, draft.priority()));
      written.add(newest.message().value());
    } catch (InvalidInputException | NotAllowedException wrong) {
      problems.add("message", draft.title() + ": " + wrong.getMessage());
    }
  }

  private String page(LocalDate monday, List<String> selected, Problems problems, Model model) {
    List<Candidate> candidates = new ArrayList<>();
    for (PlannedMessage planned : messages.planned()) {
      if (isOnAir(planned, monday)) {
        candidates.add(candidate(planned, copyOf(planned, monday)));
      }
    }
    model.addAttribute("monday", monday);
    model.addAttribute("following", monday.plusWeeks(1));
    model.addAttribute("candidates", candidates);
    model.addAttribute("any", candidates.stream().anyMatch(candidate -> candidate.why() == null));
    model.addAttribute("selected", selected);
    model.addAttribute("problems", problems);
    return "plan/copy";
  }

  private Candidate candidate(PlannedMessage planned, Optional<Copy> copy) {
    String id = planned.id().value();
    if (copy.isEmpty()) {
      return new Candidate(
          id,
          planned.title(),
          List.of(),
          "It is on air at these times then as well, or its campaign has ended.");
    }
    if (!copy.get().newest().status().stands()) {
      return new Candidate(
          id,
          planned.title(),
          List.of(),
          "Another version of it is being written, or waits for approval: change its times there.");
    }
    return new Candidate(
        id, planned.title(), copy.get().added().stream().map(times::window).toList(), null);
  }

  /** What would be added; empty when nothing would. */
  private Optional<Copy> copyOf(PlannedMessage planned, LocalDate monday) {
    MessageVersion newest = messages.find(planned.id()).orElseThrow();
    LocalDate last = campaigns.get(newest.campaign()).endsOn();
    List<Window> added = WeekCopy.of(planned.windows(), monday, last);
    return added.isEmpty() ? Optional.empty() : Optional.of(new Copy(newest, added));
  }

  private static boolean isOnAir(PlannedMessage planned, LocalDate monday) {
    return monday
        .datesUntil(monday.plusWeeks(1))
        .anyMatch(
            day ->
                planned.windows().stream()
                    .anyMatch(
                        window ->
                            !day.isBefore(window.from())
                                && !day.isAfter(window.to())
                                && window.days().contains(day.getDayOfWeek())));
  }

  private static LocalDate monday(String week) {
    try {
      LocalDate day = LocalDate.parse(week.strip());
      if (day.getYear() >= 2000 && day.getYear() <= 2999) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      }
    } catch (DateTimeException notOne) {
      // Said below.
    }
    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
