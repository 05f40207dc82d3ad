package org.towncrier.console.evaluation;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.WithheldReason;

/** What came of the messages. For evaluators; the figures are exact and stay in the team. */
@Controller
class EvaluationPages {
  private static final int PAGE = 25;

  /** A week: one night costs some hundred sketches to unite. */
  private static final int NIGHTS = 7;

  private final EvaluationQuery query;
  private final CountsDownload download;
  private final ConsoleSettings settings;

  EvaluationPages(EvaluationQuery query, CountsDownload download, ConsoleSettings settings) {
    this.query = query;
    this.download = download;
    this.settings = settings;
  }

  /** One message: its counts in the order of {@link Outcome}. */
  record Line(String id, String title, List<Long> counts) {}

  /** Phones that one site saw in one night: a phone counts once each night. */
  record Night(LocalDate night, String site, long phones) {}

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
    List<EvaluationQuery.Total> totals = query.totals();
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
    model.addAttribute("withheld", withheld(totals));
    nights(words, page, nights, model);
    model.addAttribute("coverage", query.coverage());
    model.addAttribute("comparisons", Comparison.of(query.byVariant()));
    return "evaluation/page";
  }

  @GetMapping("/evaluation/counts.csv")
  void download(HttpServletResponse response) throws IOException {
    download.write(response);
  }

  @GetMapping("/evaluation/wordings.csv")
  ResponseEntity<byte[]> wordings() {
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("towncrier-wordings.csv").build().toString())
        .body(WordingsCsv.write(Comparison.of(query.byVariant())).getBytes(StandardCharsets.UTF_8));
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

  private static List<Line> lines(List<EvaluationQuery.Total> totals, String words) {
    Map<String, long[]> byMessage = new TreeMap<>();
    Map<String, String> titles = new TreeMap<>();
    for (EvaluationQuery.Total total : totals) {
      titles.put(total.message(), total.title());
      byMessage
              .computeIfAbsent(total.message(), id -> new long[Outcome.values().length])[
              Outcome.valueOf(total.outcome()).ordinal()] +=
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

  /** By the rule that kept messages back, in words. */
  private static Map<String, Long> withheld(List<EvaluationQuery.Total> totals) {
    Map<String, Long> byReason = new TreeMap<>();
    for (EvaluationQuery.Total total : totals) {
      if (!total.reason().isEmpty()) {
        byReason.merge(
            OutcomeWords.title(WithheldReason.valueOf(total.reason())), total.count(), Long::sum);
      }
    }
    return byReason;
  }

  /** A week of nights back from the last in which anybody was seen. */
  private void nights(String words, int page, int nights, Model model) {
    Optional<LocalDate> newest = query.lastSeen().map(this::night);
    Optional<LocalDate> oldest = query.firstSeen().map(this::night);
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
    model.addAttribute("nights", nights(first, last));
    model.addAttribute("firstNight", first);
    model.addAttribute("lastNight", last);
    model.addAttribute("newerNights", nights > 1 ? address(words, page, nights - 1) : null);
    model.addAttribute(
        "olderNights", first.isAfter(oldest.get()) ? address(words, page, nights + 1) : null);
  }

  /** Sketches of a night and site add up without counting a phone twice. */
  private List<Night> nights(LocalDate first, LocalDate last) {
    List<Night> nights = new ArrayList<>();
    for (LocalDate day = last; !day.isBefore(first); day = day.minusDays(1)) {
      LocalDate night = day;
      Map<String, List<byte[]>> sites = new TreeMap<>();
      for (EvaluationQuery.Seen seen : query.seen(noon(night), noon(night.plusDays(1)))) {
        sites.computeIfAbsent(seen.site(), site -> new ArrayList<>()).add(seen.sketch());
      }
      sites.forEach((site, parts) -> nights.add(new Night(night, site, Sketches.estimate(parts))));
    }
    return nights;
  }

  /** Noon to noon, named after the day it begins. */
  private LocalDate night(Instant hour) {
    return hour.atZone(settings.zone()).minusHours(12).toLocalDate();
  }

  private Instant noon(LocalDate day) {
    return day.atTime(LocalTime.NOON).atZone(settings.zone()).toInstant();
  }
}
