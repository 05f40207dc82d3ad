package org.towncrier.console.campaignfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;
import org.towncrier.protocol.CampaignId;

/** Campaign files in and out. Importing is for authors; everyone who is signed in may download. */
@Controller
class CampaignPages {
  private final CampaignFiles files;

  CampaignPages(CampaignFiles files) {
    this.files = files;
  }

  @GetMapping("/campaigns/import")
  String choose(Model model) {
    return page(new Problems(), model);
  }

  @PostMapping("/campaigns/import")
  String take(
      @RequestParam(required = false) @Nullable MultipartFile file,
      @AuthenticationPrincipal SignedIn me,
      Model model) {
    if (file == null || "".equals(file.getOriginalFilename())) {
      return page(new Problems().add("file", "Choose a campaign file"), model);
    }
    try {
      files.take(me.getUsername(), files.read(text(file)));
      return "redirect:/messages?imported";
    } catch (InvalidInputException wrong) {
      Problems problems = new Problems();
      wrong.problems().forEach(p -> problems.add("file:" + p.field(), p.toString()));
      return page(problems, model);
    }
  }

  @GetMapping("/campaigns/{id}/export")
  ResponseEntity<byte[]> give(@PathVariable String id) {
    try {
      String yaml = files.write(new CampaignId(id));
      return ResponseEntity.ok()
          .contentType(new MediaType("application", "yaml", StandardCharsets.UTF_8))
          .header(
              HttpHeaders.CONTENT_DISPOSITION,
              ContentDisposition.attachment().filename(id + ".yaml").build().toString())
          .body(yaml.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | InvalidInputException none) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, none);
    }
  }

  private static String text(MultipartFile file) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(file.getBytes()))
          .toString();
    } catch (CharacterCodingException notText) {
      throw new InvalidInputException("", "The file is not text in UTF-8");
    } catch (IOException cutShort) {
      throw new InvalidInputException("", "The file did not arrive whole; send it again");
    }
  }

  private static String page(Problems problems, Model model) {
    model.addAttribute("problems", problems);
    return "campaign/import";
  }
}
