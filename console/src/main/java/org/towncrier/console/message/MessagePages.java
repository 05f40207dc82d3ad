package org.towncrier.console.message;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.evaluation.OutcomeWords;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.live.CountsNow;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.People;
import org.towncrier.console.people.SignedIn;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;

/** Reading messages, and deciding on them. */
@Controller
class MessagePages {
  private static final int PAGE = 20;

  private final Messages messages;
  private final MessageOverview overview;
  private final Campaigns campaigns;
  private final CountsNow counts;
  private final AuditTrail audit;
  private final People people;
  private final LocalTimes times;

  MessagePages(
      Messages messages,
      MessageOverview overview,
      Campaigns campaigns,
      CountsNow counts,
      AuditTrail audit,
      People people,
      LocalTimes times) {
    this.messages = messages;
    this.overview = overview;
    this.campaigns = campaigns;
    this.counts = counts;
    this.audit = audit;
    this.people = people;
    this.times = times;
  }

  /** A line of the history, with the person's name. */
  record Step(Instant at, String who, String what, String detail) {}

  @GetMapping("/messages")
  String list(@RequestParam(defaultValue = "1") int page, Model model) {
    if (page < 1) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    List<MessageView> found = overview.page(page, PAGE);
    if (page > 1 && found.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("messages", found.subList(0, Math.min(PAGE, found.size())));
    model.addAttribute("more", found.size() > PAGE);
    model.addAttribute("page", page);
    model.addAttribute("campaigns", campaigns.all());
    return "message/list";
  }

  @GetMapping("/messages/{id}")
  String one(@PathVariable String id, @AuthenticationPrincipal SignedIn me, Model model) {
    return page(id, me, new Problems(), "", model);
  }

  @GetMapping("/messages/{id}/image")
  ResponseEntity<byte[]> image(@PathVariable String id) {
    byte[] image = existing(id).draft().image();
    if (image == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return ResponseEntity.ok().contentType(MediaType.IMAGE_JPEG).body(image);
  }

  @PostMapping("/messages/{id}/submit")
  String submit(
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = existing(id).message();
    return step(id, me, "", model, () -> messages.submit(me.getUsername(), message))
        .orElseGet(() -> done(id, "Sent for approval. Somebody else must approve it", next));
  }

  @PostMapping("/messages/{id}/approve")
  String approve(
      @PathVariable String id,
      @RequestParam int edit,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = existing(id).message();
    return step(id, me, "", model, () -> messages.approve(me.getUsername(), message, edit))
        .orElseGet(() -> done(id, "Approved. Its nodes are told now", next));
  }

  @PostMapping("/messages/{id}/return")
  String sendBack(
      @PathVariable String id,
      @RequestParam int edit,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = existing(id).message();
    return step(
            id, me, reason, model, () -> messages.sendBack(me.getUsername(), message, edit, reason))
        .orElseGet(() -> done(id, "Returned to its author", next));
  }

  @GetMapping("/messages/{id}/cancel")
  String confirmCancel(@PathVariable String id, Model model) {
    model.addAttribute("message", view(existing(id)));
    return "message/cancel";
  }

  @PostMapping("/messages/{id}/cancel")
  String cancel(
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = existing(id).message();
    return step(id, me, "", model, () -> messages.cancel(me.getUsername(), message))
        .orElseGet(() -> done(id, "Cancelled. Connected nodes stop within seconds", next));
  }

  /** Does it; when it may not be done, the page again with why. */
  private Optional<String> step(String id, SignedIn me, String reason, Model model, Runnable step) {
    Problems problems = new Problems();
    try {
      step.run();
      return Optional.empty();
    } catch (NotAllowedException notNow) {
      problems.add("decide", String.valueOf(notNow.getMessage()));
    } catch (InvalidInputException wrong) {
      wrong
          .problems()
          .forEach(
              p -> problems.add(p.field().equals("from") ? "windows" : p.field(), p.message()));
    }
    return Optional.of(page(id, me, problems, reason, model));
  }

  private static String done(String id, String words, RedirectAttributes next) {
    next.addFlashAttribute("done", words);
    return "redirect:/messages/" + id;
  }

  private String page(String id, SignedIn me, Problems problems, String reason, Model model) {
    MessageVersion version = existing(id);
    MessageView view = view(version);
    model.addAttribute("message", view);
    model.addAttribute(
        "own", overview.editors(view).contains(me.getUsername().toLowerCase(Locale.ROOT)));
    model.addAttribute("preview", Preview.of(version, campaigns.get(version.campaign())));
    model.addAttribute(
        "places", version.draft().targets().stream().map(MessagePages::words).toList());
    model.addAttribute("times", version.draft().windows().stream().map(times::window).toList());
    model.addAttribute("outcomes", OutcomeWords.rows(countsOf(view.id())));
    model.addAttribute("history", history(view.id()));
    model.addAttribute("decidedBy", people.displayName(view.decidedBy()));
    model.addAttribute("submittedBy", people.displayName(view.submittedBy()));
    model.addAttribute("reason", reason);
    model.addAttribute("problems", problems);
    return "message/one";
  }

  private static String words(Target target) {
    return target.node() == null ? "Every node of " + target.site() : target.toString();
  }

  private Map<Outcome, Long> countsOf(String id) {
    Map<String, Long> all = counts.get();
    Map<Outcome, Long> mine = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      mine.put(outcome, all.getOrDefault(id + "/" + outcome.name(), 0L));
    }
    return mine;
  }

  private List<Step> history(String id) {
    return audit.of("message " + id).stream()
        .map(
            entry ->
                new Step(
                    entry.at(),
                    entry.who().equals("console") ? "" : people.displayName(entry.who()),
                    entry.what(),
                    entry.detail()))
        .toList();
  }

  private MessageVersion existing(String id) {
    return id(id)
        .flatMap(messages::find)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private MessageView view(MessageVersion version) {
    return overview
        .one(version.message().value())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /** The id, unless no message can have it. */
  static Optional<MessageId> id(@Nullable String typed) {
    try {
      return typed == null ? Optional.empty() : Optional.of(new MessageId(typed));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
