package org.towncrier.console.noticeboard;

import java.util.Locale;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.node.Nodes;

/** In the console, for whoever puts up signs: one for each site, and what is still missing. */
@Controller
class SignPages {
  private final Nodes nodes;
  private final ConsoleSettings settings;

  SignPages(Nodes nodes, ConsoleSettings settings) {
    this.nodes = nodes;
    this.settings = settings;
  }

  @GetMapping("/signs")
  String list(Model model) {
    model.addAttribute("sites", nodes.sites());
    model.addAttribute("facts", facts());
    model.addAttribute("base", facts().base());
    return "noticeboard/signs";
  }

  @GetMapping("/signs/{site}-{paper:a4|a3}.pdf")
  ResponseEntity<byte[]> sign(@PathVariable String site, @PathVariable String paper) {
    if (!facts().enoughForSigns()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    Board.Site found =
        nodes.sites().stream()
            .filter(view -> view.site().value().equals(site))
            .findFirst()
            .map(Board.Site::of)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    String name = "sign-%s-%s.pdf".formatted(site, paper);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(
            new Sign(facts(), settings.permittedHours(), found)
                .pdf(Sign.Paper.valueOf(paper.toUpperCase(Locale.ROOT))));
  }

  private Facts facts() {
    return new Facts(settings.noticeboard());
  }
}
