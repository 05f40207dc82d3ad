package org.towncrier.console.message;

import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;
import org.towncrier.console.writing.Language;
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

  /** What a request brought: the form with its pictures laid down, and what was wrong with them. */
  private record Sent(MessageForm form, PictureTray tray, Problems problems) {}

  @GetMapping("/messages/new")
  String blank(@RequestParam(defaultValue = "") String from, HttpSession session, Model model) {
    String only = campaigns.all().size() == 1 ? campaigns.all().get(0).id().value() : "";
    MessageForm form =
        Starter.of(from)
            .map(starter -> starter.form().in(only))
            .orElseGet(() -> MessageForm.blank(only));
    return form(null, new Sent(form, new PictureTray(session), new Problems()), 0, model);
  }

  @PostMapping("/messages/new")
  String write(
      @AuthenticationPrincipal SignedIn me,
      @RequestParam MultiValueMap<String, String> fields,
      @RequestParam Map<String, MultipartFile> files,
      HttpSession session,
      Model model) {
    Sent sent = sent(fields, files, session);
    if (isUnfinished(fields) || sent.problems().any()) {
      return form(null, sent, 0, model);
    }
    try {
      MessageVersion written =
          messages.create(
              me.getUsername(),
              campaign(sent.form()),
              messages.freeId(sent.form().title()),
              draft(sent, null));
      return "redirect:/messages/" + written.message() + "/schedule";
    } catch (InvalidInputException wrong) {
      note(wrong, sent.problems());
      return form(null, sent, 0, model);
    }
  }

  @GetMapping("/messages/{id}/edit")
  String edit(@PathVariable String id, HttpSession session, Model model) {
    MessageVersion version = existing(id);
    MessageForm form = MessageForm.of(version, messages.wasApproved(version.message()));
    return form(
        version, new Sent(form, new PictureTray(session), new Problems()), version.edit(), model);
  }

  @PostMapping("/messages/{id}/edit")
  String save(
      @AuthenticationPrincipal SignedIn me,
      @PathVariable String id,
      @RequestParam int edit,
      @RequestParam MultiValueMap<String, String> fields,
      @RequestParam Map<String, MultipartFile> files,
      HttpSession session,
      Model model) {
    MessageVersion version = existing(id);
    Sent sent = sent(fields, files, session);
    if (isUnfinished(fields) || sent.problems().any()) {
      return form(version, sent, edit, model);
    }
    try {
      messages.save(me.getUsername(), version.message(), edit, draft(sent, version.draft()));
      return "redirect:/messages/" + id;
    } catch (InvalidInputException wrong) {
      note(wrong, sent.problems());
      return form(version, sent, edit, model);
    } catch (NotAllowedException notNow) {
      sent.problems().add("title", String.valueOf(notNow.getMessage()));
      // Whoever saves now has read that somebody else changed it.
      return form(version, sent, version.edit(), model);
    }
  }

  /** A picture that this person has chosen and not saved yet. */
  @GetMapping("/messages/new/picture/{name}")
  ResponseEntity<byte[]> chosen(@PathVariable String name, HttpSession session) {
    return new PictureTray(session)
        .get(name)
        .map(
            picture ->
                ResponseEntity.ok()
                    .contentType(MediaType.IMAGE_JPEG)
                    .cacheControl(CacheControl.noStore())
                    .body(Thumbnail.of(picture)))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /** Whether a button was pressed that changes the form or looks at it, and saves nothing. */
  private static boolean isUnfinished(MultiValueMap<String, String> fields) {
    return fields.containsKey("look") || fields.containsKey("change");
  }

  private static Sent sent(
      MultiValueMap<String, String> fields, Map<String, MultipartFile> files, HttpSession session) {
    PictureTray tray = new PictureTray(session);
    Problems problems = new Problems();
    MessageForm form = MessageForm.of(fields);
    for (int place = 1; place <= form.wordings().size(); place++) {
      String field = Fields.of("image", place);
      MultipartFile file = files.get(field);
      if (file != null && !file.isEmpty()) {
        try {
          String name = tray.put(Pictures.forPhones(file.getBytes()));
          form = form.with(place, form.wordings().get(place - 1).withPicture(name));
        } catch (InvalidInputException wrong) {
          problems.add(field, wrong.problems().get(0).message());
        } catch (IOException cutShort) {
          problems.add(field, "The picture did not arrive whole; send it again");
        }
      }
    }
    return new Sent(form.changed(MessageForm.first(fields, "change")), tray, problems);
  }

  private static Draft draft(Sent sent, @Nullable Draft before) {
    return sent.form().draft(before, name -> sent.tray().find(name, before));
  }

  private static CampaignId campaign(MessageForm form) {
    try {
      return new CampaignId(form.campaign());
    } catch (IllegalArgumentException none) {
      throw new InvalidInputException("campaign", "Select a campaign");
    }
  }

  /**
   * @param edit the one that the person began from, so that nobody's changes are lost unseen
   */
  private String form(@Nullable MessageVersion version, Sent sent, int edit, Model model) {
    model.addAttribute("edit", edit);
    model.addAttribute("look", look(version, sent).orElse(null));
    model.addAttribute("starters", Starter.all());
    model.addAttribute("languages", Language.offered());
    model.addAttribute("languageTags", Language.offered().stream().map(Language::tag).toList());
    model.addAttribute("version", version);
    model.addAttribute("heading", version == null ? "New message" : "Edit message");
    model.addAttribute("form", sent.form());
    model.addAttribute("campaigns", campaigns.all());
    model.addAttribute("problems", sent.problems());
    return "message/form";
  }

  /** Nothing while there is no campaign, which says who speaks, or nothing typed at all. */
  private Optional<Look> look(@Nullable MessageVersion version, Sent sent) {
    try {
      Draft draft = draft(sent, version == null ? null : version.draft());
      return sent.form().isBlank()
          ? Optional.empty()
          : campaigns.find(campaign(sent.form())).map(in -> look(draft, in, version, sent.form()));
    } catch (InvalidInputException notYet) {
      return Optional.empty();
    }
  }

  private Look look(
      Draft draft, Campaign campaign, @Nullable MessageVersion version, MessageForm form) {
    return Look.of(
        new DraftChecks(draft, campaign, checks),
        Preview.all(
            draft,
            campaign,
            place ->
                PictureTray.address(
                    form.wordings().get(place - 1).picture(),
                    version == null ? null : version.message())));
  }

  /** Each problem at the field that the page has for it. */
  private static void note(InvalidInputException wrong, Problems problems) {
    for (InvalidInputException.Problem problem : wrong.problems()) {
      problems.add(problem.field().equals("id") ? "title" : problem.field(), problem.message());
    }
  }

  private MessageVersion existing(String id) {
    return MessagePage.id(id)
        .flatMap(messages::find)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
