package org.towncrier.console.message;

import java.io.IOException;
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
import org.towncrier.protocol.CampaignId;

/** Writing a message. For authors. */
@Controller
class MessageFormPages {
  private final Messages messages;
  private final Campaigns campaigns;

  MessageFormPages(Messages messages, Campaigns campaigns) {
    this.messages = messages;
    this.campaigns = campaigns;
  }

  @GetMapping("/messages/new")
  String blank(Model model) {
    String only = campaigns.all().size() == 1 ? campaigns.all().get(0).id().value() : "";
    return form(null, MessageForm.blank(only), new Problems(), model);
  }

  @PostMapping("/messages/new")
  String write(
      @AuthenticationPrincipal SignedIn me,
      MessageForm form,
      @RequestParam(required = false) @Nullable MultipartFile image,
      Model model) {
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
      Model model) {
    MessageVersion version = existing(id);
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
    model.addAttribute("version", version);
    model.addAttribute("heading", version == null ? "New message" : "Edit message");
    model.addAttribute("form", form);
    model.addAttribute("campaigns", campaigns.all());
    model.addAttribute("problems", problems);
    return "message/form";
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
