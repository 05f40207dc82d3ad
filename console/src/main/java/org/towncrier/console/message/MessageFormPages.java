package org.towncrier.console.message;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;
import org.towncrier.console.writing.Check;
import org.towncrier.console.writing.WritingChecks;
import org.towncrier.protocol.CampaignId;

/** Writing a message. For authors. */
@Controller
class MessageFormPages {
  private final Messages messages;
  private final Campaigns campaigns;
  private final WritingChecks checks;

  MessageFormPages(Messages messages, Campaigns campaigns, WritingChecks checks) {
    this.messages = messages;
    this.campaigns = campaigns;
    this.checks = checks;
  }

  /** What the phone would show of what is typed, and what a careful colleague would say. */
  record Look(Preview preview, List<Check> checks) {}

  @GetMapping("/messages/new")
  String blank(@RequestParam(defaultValue = "") String from, Model model) {
    String only = campaigns.all().size() == 1 ? campaigns.all().get(0).id().value() : "";
    MessageForm form =
        Starter.of(from)
            .map(starter -> starter.form().in(only))
            .orElseGet(() -> MessageForm.blank(only));
    return form(null, form, new Problems(), model);
  }

  @PostMapping("/messages/new")
  String write(
      @AuthenticationPrincipal SignedIn me,
      MessageForm form,
      @RequestParam(required = false) @Nullable MultipartFile image,
      @RequestParam(defaultValue = "") String look,
      Model model) {
    if (!look.isEmpty()) {
      return form(null, form, new Problems(), model);
    }
    try {
      MessageVersion written =
          messages.create(
              me.getUsername(),
              campaign(form),
              messages.freeId(form.title()),
              draft(form, null, image));
      return "redirect:/messages/" + written.message() + "/schedule";
    } catch (InvalidInputException wrong) {
      return form(null, form, problems(wrong), model);
    }
  }

  @GetMapping("/messages/{id}/edit")
  String edit(@PathVariable String id, Model model) {
    MessageVersion version = existing(id);
    return form(version, MessageForm.of(version), new Problems(), model);
  }

  @PostMapping("/messages/{id}/edit")
  String save(
      @AuthenticationPrincipal SignedIn me,
      @PathVariable String id,
      @RequestParam int edit,
      MessageForm form,
      @RequestParam(required = false) @Nullable MultipartFile image,
      @RequestParam(defaultValue = "") String look,
      Model model) {
    MessageVersion version = existing(id);
    if (!look.isEmpty()) {
      return form(version, form, new Problems(), edit, model);
    }
    try {
      messages.save(me.getUsername(), version.message(), edit, draft(form, version.draft(), image));
      return "redirect:/messages/" + id;
    } catch (InvalidInputException wrong) {
      return form(version, form, problems(wrong), model);
    } catch (NotAllowedException notNow) {
      return form(version, form, new Problems().add("title", reason(notNow)), model);
    }
  }

  private static Draft draft(
      MessageForm form, @Nullable Draft before, @Nullable MultipartFile image) {
    try {
      return form.draft(before, image == null ? new byte[0] : image.getBytes());
    } catch (IllegalArgumentException noSuchKind) {
      throw new InvalidInputException("kind", "Select what the phone receives");
    } catch (IOException cutShort) {
      throw new InvalidInputException("image", "The picture did not arrive whole; send it again");
    }
  }

  private static CampaignId campaign(MessageForm form) {
    try {
      return new CampaignId(form.campaign());
    } catch (IllegalArgumentException none) {
      throw new InvalidInputException("campaign", "Select a campaign");
    }
  }

  private String form(
      @Nullable MessageVersion version, MessageForm form, Problems problems, Model model) {
    return form(version, form, problems, version == null ? 0 : version.edit(), model);
  }

  /**
   * @param edit the one that the person began from, so that nobody's changes are lost unseen
   */
  private String form(
      @Nullable MessageVersion version,
      MessageForm form,
      Problems problems,
      int edit,
      Model model) {
    model.addAttribute("edit", edit);
    model.addAttribute("look", look(version, form).orElse(null));
    model.addAttribute(
        "picture",
        version == null || version.draft().image() == null
            ? null
            : "/messages/" + version.message() + "/image?small=true");
    model.addAttribute("starters", Starter.all());
    model.addAttribute("version", version);
    model.addAttribute("heading", version == null ? "New message" : "Edit message");
    model.addAttribute("form", form);
    model.addAttribute("campaigns", campaigns.all());
    model.addAttribute("problems", problems);
    return "message/form";
  }

  /** Nothing while there is no campaign, which says who speaks, or nothing typed at all. */
  private Optional<Look> look(@Nullable MessageVersion version, MessageForm form) {
    try {
      Draft draft = form.draft(version == null ? null : version.draft(), new byte[0]);
      return form.isBlank()
          ? Optional.empty()
          : campaigns
              .find(campaign(form))
              .map(in -> new Look(Preview.of(draft, in), checks.of(Wordings.of(draft, in))));
    } catch (IllegalArgumentException | InvalidInputException notYet) {
      return Optional.empty();
    }
  }

  /** Each problem at the field that the page has for it. */
  private static Problems problems(InvalidInputException wrong) {
    Problems problems = new Problems();
    for (InvalidInputException.Problem problem : wrong.problems()) {
      String field =
          switch (problem.field()) {
            case "contact" -> "contactName";
            case "objectName", "id" -> "title";
            default -> problem.field();
          };
      problems.add(field, problem.message());
    }
    return problems;
  }

  private static String reason(NotAllowedException notNow) {
    return String.valueOf(notNow.getMessage());
  }

  private MessageVersion existing(String id) {
    return MessagePage.id(id)
        .flatMap(messages::find)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
