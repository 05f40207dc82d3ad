package org.towncrier.console.trail;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.People;

/** Who did what to what, and when. For administrators; nobody can change it, here or elsewhere. */
@Controller
class TrailPages {
  private static final int PAGE = 50;

  private final AuditTrail trail;
  private final People people;
  private final ConsoleSettings settings;
  private final LocalTimes times;

  TrailPages(AuditTrail trail, People people, ConsoleSettings settings, LocalTimes times) {
    this.trail = trail;
    this.people = people;
    this.settings = settings;
    this.times = times;
  }

  /**
   * An entry for people.
   *
   * @param link the page of what it was done to; null when it has none
   * @param via the token it was done through; empty when it was done on a page
   */
  record Line(
      Instant at,
      String who,
      String what,
      String subject,
      @Nullable String link,
      String detail,
      String via) {}

  @GetMapping("/audit")
  String list(
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    if (page < 1) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    TrailSearch search = new TrailSearch(words, from, to);
    Problems problems = new Problems();
    AuditTrail.Search what = search.read(settings.zone(), problems);
    List<AuditTrail.Entry> found =
        problems.any() ? List.of() : trail.find(what, PAGE + 1, (page - 1L) * PAGE);
    if (page > 1 && found.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("search", search);
    model.addAttribute("problems", problems);
    model.addAttribute("lines", lines(found.subList(0, Math.min(PAGE, found.size()))));
    model.addAttribute("more", found.size() > PAGE);
    model.addAttribute("page", page);
    return "trail/list";
  }

  @GetMapping("/audit/trail.csv")
  ResponseEntity<byte[]> download(
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to) {
    Problems problems = new Problems();
    AuditTrail.Search what = new TrailSearch(words, from, to).read(settings.zone(), problems);
    if (problems.any()) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    return TrailCsv.write(trail.find(what, Integer.MAX_VALUE, 0), times)
        .download("towncrier-audit.csv");
  }

  private List<Line> lines(List<AuditTrail.Entry> entries) {
    Map<String, String> names = new HashMap<>();
    return entries.stream()
        .map(
            entry ->
                new Line(
                    entry.at(),
                    names.computeIfAbsent(entry.who(), people::displayName),
                    entry.what(),
                    entry.subject(),
                    link(entry.subject()),
                    entry.detail(),
                    entry.via()))
        .toList();
  }

  private static @Nullable String link(String subject) {
    int space = subject.indexOf(' ');
    String id = subject.substring(space + 1);
    return switch (space < 0 ? "" : subject.substring(0, space)) {
      case "message" -> "/messages/" + id;
      case "node" -> "/nodes/" + id;
      case "site" -> "/sites/" + id;
      case "token" -> "/tokens";
      default -> null;
    };
  }
}
