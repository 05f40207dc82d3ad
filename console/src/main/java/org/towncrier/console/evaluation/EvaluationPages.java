package org.towncrier.console.evaluation;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.WithheldReason;

/** What came of the messages. For evaluators; the figures are exact and stay in the team. */
@Controller
class EvaluationPages {
  private static final int PAGE = 25;

  /** A week. */
  private static final int NIGHTS = 7;

  private final EvaluationQuery query;
  private final CountsDownload download;
  private final EvaluationTables tables;
  private final PhoneNights phones;

  EvaluationPages(
      EvaluationQuery query, CountsDownload download, EvaluationTables tables, PhoneNights phones) {
    this.query = query;
    this.download = download;
    this.tables = tables;
    this.phones = phones;
  }

  /** One message: its counts in the order of {@link Outcome}. */
  record Line(String id, String title, List<Long> counts) {}

  /**
   * @param words in the title of a message, in any case of letters; empty for any
   * @param page of the messages
   * @param nights page of the nights, a week each
   */
  @GetMapping("/evaluation")
  String page(
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "1") int page,
      @RequestParam(defaultValue = "1") int nights,
      Model model) {
    Totals totals = query.totals();
    List<Line> lines = lines(totals, words.strip().toLowerCase(Locale.ROOT));
    int from = (page - 1) * PAGE;
    if (page < 1 || nights < 1 || (page > 1 && from >= lines.size())) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("outcomes", OutcomeWords.rows(Map.of()));
    model.addAttribute("lines", lines.subList(from, Math.min(from + PAGE, lines.size())));
    model.addAttribute("words", words);
    model.addAttribute("previous", page > 1 ? address(words, page - 1, nights) : null);
    model.addAttribute(
        "next", from + PAGE < lines.size() ? address(words, page + 1, nights) : null);
    model.addAttribute("withheld", withheld(totals.withheld()));
    nights(words, page, nights, model);
    model.addAttribute("coverage", query.coverage());
    model.addAttribute("siteNames", query.siteNames());
    model.addAttribute("comparisons", query.comparisons());
    return "evaluation/page";
  }

  @GetMapping("/evaluation/counts.csv")
  void download(HttpServletResponse response) throws IOException {
    download.write(response);
  }

  @GetMapping("/evaluation/totals.csv")
  ResponseEntity<byte[]> totals(@RequestParam(defaultValue = "EXACT") Figures figures) {
    return tables.totals(figures).download("towncrier-totals.csv");
  }

  @GetMapping("/evaluation/withheld.csv")
  ResponseEntity<byte[]> withheld() {
    return tables.withheld().download("towncrier-withheld.csv");
  }

  @GetMapping("/evaluation/nights.csv")
  ResponseEntity<byte[]> nights(
      @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
      @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to) {
    try {
      return tables
          .nights(from, to, Figures.EXACT)
          .download("towncrier-nights-%s-%s.csv".formatted(from, to));
    } catch (InvalidInputException wrong) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, null, wrong);
    }
  }

  @GetMapping("/evaluation/coverage.csv")
  ResponseEntity<byte[]> coverage() {
    return tables.coverage().download("towncrier-coverage.csv");
  }

  @GetMapping("/evaluation/wordings.csv")
  ResponseEntity<byte[]> wordings() {
    return tables.wordings().download("towncrier-wordings.csv");
  }

  private static String address(String words, int page, int nights) {
    return UriComponentsBuilder.fromPath("/evaluation")
        .queryParam("words", "{words}")
        .queryParam("page", page)
        .queryParam("nights", nights)
        .encode()
        .buildAndExpand(Map.of("words", words))
        .toUriString();
  }

  private static List<Line> lines(Totals totals, String words) {
    Map<String, long[]> byMessage = new TreeMap<>();
    Map<String, String> titles = new TreeMap<>();
    for (Totals.Ended total : totals.byOutcome()) {
      titles.put(total.message(), total.title());
      byMessage
              .computeIfAbsent(total.message(), id -> new long[Outcome.values().length])[
              total.outcome().ordinal()] =
          total.count();
    }
    return byMessage.entrySet().stream()
        .map(
            entry ->
                new Line(
                    entry.getKey(),
                    titles.getOrDefault(entry.getKey(), entry.getKey()),
                    Arrays.stream(entry.getValue()).boxed().toList()))
        .filter(line -> line.title().toLowerCase(Locale.ROOT).contains(words))
        .sorted(Comparator.comparing(Line::title))
        .toList();
  }

  /** The same in words. */
  private static Map<String, Long> withheld(Map<WithheldReason, Long> byReason) {
    Map<String, Long> inWords = new TreeMap<>();
    byReason.forEach((reason, count) -> inWords.put(OutcomeWords.title(reason), count));
    return inWords;
  }

  /** A week of nights back from the last in which anybody was seen. */
  private void nights(String words, int page, int nights, Model model) {
    Optional<LocalDate> newest = phones.newest();
    Optional<LocalDate> oldest = phones.oldest();
    model.addAttribute("everSeen", newest.isPresent());
    if (newest.isEmpty() || oldest.isEmpty()) {
      model.addAttribute("nights", List.of());
      return;
    }
    LocalDate last = newest.get().minusDays((nights - 1L) * NIGHTS);
    LocalDate first = last.minusDays(NIGHTS - 1L);
    if (last.isBefore(oldest.get())) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("nights", phones.between(first, last));
    model.addAttribute("firstNight", first);
    model.addAttribute("lastNight", last);
    model.addAttribute("newerNights", nights > 1 ? address(words, page, nights - 1) : null);
    model.addAttribute(
        "olderNights", first.isAfter(oldest.get()) ? address(words, page, nights + 1) : null);
  }
}
