package org.towncrier.console.message;

import java.util.Optional;
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
import org.towncrier.protocol.MessageId;

/** Every step of a message's life that a person takes. What can't be undone asks once. */
@Controller
class DecisionPages {
  private final Messages messages;
  private final Approvals approvals;
  private final MessagePage page;

  DecisionPages(Messages messages, Approvals approvals, MessagePage page) {
    this.messages = messages;
    this.approvals = approvals;
    this.page = page;
  }

  /** What a question asks, and what its button says. */
  record Question(String step, String heading, String words, String yes, String no) {}

  @PostMapping("/messages/{id}/submit")
  String submit(
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = page.existing(id).message();
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
    MessageId message = page.existing(id).message();
    return step(
            id,
            me,
            "",
            model,
            () -> approvals.approve(me.getUsername(), me.isSeniorApprover(), message, edit))
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
    MessageId message = page.existing(id).message();
    return step(
            id, me, reason, model, () -> messages.sendBack(me.getUsername(), message, edit, reason))
        .orElseGet(() -> done(id, "Returned to its author", next));
  }

  @PostMapping("/messages/{id}/withdraw")
  String withdraw(
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = page.existing(id).message();
    return step(id, me, "", model, () -> messages.withdraw(me.getUsername(), message))
        .orElseGet(() -> done(id, "Taken back. It is a draft again", next));
  }

  @PostMapping("/messages/{id}/pause")
  String pause(
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = page.existing(id).message();
    return step(id, me, "", model, () -> messages.pause(me.getUsername(), message))
        .orElseGet(() -> done(id, "Paused. Connected nodes stop within seconds", next));
  }

  @PostMapping("/messages/{id}/resume")
  String resume(
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = page.existing(id).message();
    return step(id, me, "", model, () -> messages.resume(me.getUsername(), message))
        .orElseGet(
            () -> done(id, "Resumed. It is offered whenever one of its windows is open", next));
  }

  @GetMapping("/messages/{id}/discard")
  String askDiscard(@PathVariable String id, Model model) {
    return ask(
        id,
        new Question(
            "discard",
            "Discard this draft of",
            "It stays readable among the versions, and it cannot be brought back. A version that was"
                + " approved before goes on as it was.",
            "Yes, discard the draft",
            "No, keep it"),
        model);
  }

  @PostMapping("/messages/{id}/discard")
  String discard(
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = page.existing(id).message();
    return step(id, me, "", model, () -> messages.discard(me.getUsername(), message))
        .orElseGet(() -> done(id, "The draft is discarded", next));
  }

  @GetMapping("/messages/{id}/end")
  String askEnd(@PathVariable String id, Model model) {
    return ask(
        id,
        new Question(
            "end",
            "End early",
            "For a message that has done its work before its last window. Nodes that are connected"
                + " stop within seconds, the others as soon as they connect. Its counts stay. It does"
                + " not come back; to interrupt it for a while, pause it instead.",
            "Yes, end it now",
            "No, let it go on"),
        model);
  }

  @PostMapping("/messages/{id}/end")
  String end(
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = page.existing(id).message();
    return step(id, me, "", model, () -> messages.endEarly(me.getUsername(), message))
        .orElseGet(() -> told(id, "Ended. Connected nodes stop within seconds", next));
  }

  @GetMapping("/messages/{id}/cancel")
  String askCancel(@PathVariable String id, Model model) {
    return ask(
        id,
        new Question(
            "cancel",
            "Cancel",
            "For a message that should not be on air, draft included. Nodes that are connected stop"
                + " within seconds, the others as soon as they connect. Its counts stay. A cancelled"
                + " message does not come back; write a new one instead.",
            "Yes, cancel it now",
            "No, keep it"),
        model);
  }

  @PostMapping("/messages/{id}/cancel")
  String cancel(
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    MessageId message = page.existing(id).message();
    return step(id, me, "", model, () -> messages.cancel(me.getUsername(), message))
        .orElseGet(() -> told(id, "Cancelled. Connected nodes stop within seconds", next));
  }

  private String ask(String id, Question question, Model model) {
    model.addAttribute("message", page.view(page.existing(id)));
    model.addAttribute("question", question);
    return "message/ask";
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
      wrong.problems().forEach(p -> problems.also(place(p.field()), p.message()));
    }
    return Optional.of(page.show(id, me, problems, reason, model));
  }

  /** Where the page of a message speaks of what a form has a field for: mostly at the checks. */
  private static String place(String field) {
    return switch (field) {
      case "from" -> "windows";
      case "places", "windows", "reason", "text" -> field;
      default -> "text:" + field;
    };
  }

  /** On to the page that shows it node by node. */
  private static String told(String id, String words, RedirectAttributes next) {
    next.addFlashAttribute("done", words);
    return "redirect:/messages/" + id + "/nodes";
  }

  private static String done(String id, String words, RedirectAttributes next) {
    next.addFlashAttribute("done", words);
    return "redirect:/messages/" + id;
  }
}
