package org.towncrier.console.message;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.People;
import org.towncrier.console.people.SignedIn;

/** Reading messages: the list, one of them, and all that it ever said. */
@Controller
class MessagePages {
  private static final int PAGE = 20;

  private final Messages messages;
  private final MessageOverview overview;
  private final MessagePage page;
  private final Campaigns campaigns;
  private final People people;
  private final LocalTimes times;

  MessagePages(
      Messages messages,
      MessageOverview overview,
      MessagePage page,
      Campaigns campaigns,
      People people,
      LocalTimes times) {
    this.messages = messages;
    this.overview = overview;
    this.page = page;
    this.campaigns = campaigns;
    this.people = people;
    this.times = times;
  }

  @GetMapping("/messages")
  String list(
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    if (page < 1) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    List<MessageView> found = overview.page(words, status, page, PAGE);
    if (page > 1 && found.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("messages", found.subList(0, Math.min(PAGE, found.size())));
    model.addAttribute("more", found.size() > PAGE);
    model.addAttribute("page", page);
    model.addAttribute("newer", address(words, status, page - 1));
    model.addAttribute("older", address(words, status, page + 1));
    model.addAttribute("words", words);
    model.addAttribute("status", status);
    model.addAttribute(
        "statuses",
        Arrays.stream(MessageStatus.values())
            .collect(
                Collectors.toMap(
                    MessageStatus::name,
                    each -> MessageView.tag(each.name()).text(),
                    (one, other) -> one,
                    LinkedHashMap::new)));
    return "message/list";
  }

  private static String address(String words, String status, int page) {
    UriComponentsBuilder address = UriComponentsBuilder.fromPath("/messages");
    if (!words.isEmpty()) {
      address.queryParam("words", "{words}");
    }
    if (!status.isEmpty()) {
      address.queryParam("status", "{status}");
    }
    return address
        .queryParam("page", page)
        .encode()
        .buildAndExpand(Map.of("words", words, "status", status))
        .toUriString();
  }

  @GetMapping("/messages/{id}")
  String one(@PathVariable String id, @AuthenticationPrincipal SignedIn me, Model model) {
    return page.show(id, me, new Problems(), "", model);
  }

  /**
   * The picture of the first wording, or of the one in that place.
   *
   * @param small as pages show it, not as phones get it
   */
  @GetMapping({"/messages/{id}/image", "/messages/{id}/image/{place}"})
  ResponseEntity<byte[]> image(
      @PathVariable String id,
      @PathVariable(required = false) @Nullable Integer place,
      @RequestParam(defaultValue = "false") boolean small) {
    return picture(page.existing(id).draft(), place == null ? 1 : place, small);
  }

  private static ResponseEntity<byte[]> picture(Draft draft, int place, boolean small) {
    byte[] image =
        place < 1 || place > draft.wordings().size()
            ? null
            : draft.wordings().get(place - 1).image();
    if (image == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_JPEG)
        .body(small ? Thumbnail.of(image) : image);
  }

  @GetMapping("/messages/{id}/versions")
  String versions(@PathVariable String id, Model model) {
    MessageVersion newest = page.existing(id);
    model.addAttribute("message", page.view(newest));
    model.addAttribute(
        "versions",
        PastVersion.all(
            messages.history(newest.message()),
            campaigns.get(newest.campaign()),
            people,
            times,
            page::words));
    return "message/versions";
  }

  @GetMapping({
    "/messages/{id}/versions/{number}/image",
    "/messages/{id}/versions/{number}/image/{place}"
  })
  ResponseEntity<byte[]> pastImage(
      @PathVariable String id,
      @PathVariable int number,
      @PathVariable(required = false) @Nullable Integer place,
      @RequestParam(defaultValue = "false") boolean small) {
    return picture(
        messages
            .version(page.existing(id).message(), number)
            .map(MessageVersion::draft)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)),
        place == null ? 1 : place,
        small);
  }
}
