package org.towncrier.console.evaluation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.WithheldReason;

/** What came of the messages. For evaluators; the figures are exact and stay in the team. */
@Controller
class EvaluationPages {
  private final EvaluationQuery query;
  private final ConsoleSettings settings;

  EvaluationPages(EvaluationQuery query, ConsoleSettings settings) {
    this.query = query;
    this.settings = settings;
  }

  /** One message: its counts in the order of {@link Outcome}. */
  record Line(String id, String title, List<Long> counts) {}

  /** Phones that one site saw in one night: a phone counts once each night. */
  record Night(LocalDate night, String site, long phones) {}

  @GetMapping("/evaluation")
  String page(Model model) {
    List<EvaluationQuery.HourCount> live =
        query.all().stream().filter(count -> !count.training()).toList();
    model.addAttribute("outcomes", OutcomeWords.rows(Map.of()));
    model.addAttribute("lines", lines(live));
    model.addAttribute("withheld", withheld(live));
    model.addAttribute("nights", nights());
    model.addAttribute("coverage", query.coverage());
    return "evaluation/page";
  }

  @GetMapping("/evaluation/counts.csv")
  ResponseEntity<byte[]> download() {
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("towncrier-counts.csv").build().toString())
        .body(CountsCsv.write(query.all()).getBytes(StandardCharsets.UTF_8));
  }

  private static List<Line> lines(List<EvaluationQuery.HourCount> counts) {
    Map<String, long[]> byMessage = new TreeMap<>();
    Map<String, String> titles = new TreeMap<>();
    for (EvaluationQuery.HourCount count : counts) {
      titles.put(count.message(), count.title());
      byMessage
              .computeIfAbsent(count.message(), id -> new long[Outcome.values().length])[
              Outcome.valueOf(count.outcome()).ordinal()] +=
          count.count();
    }
    return byMessage.entrySet().stream()
        .map(
            entry ->
                new Line(
                    entry.getKey(),
                    titles.getOrDefault(entry.getKey(), entry.getKey()),
                    Arrays.stream(entry.getValue()).boxed().toList()))
        .sorted(Comparator.comparing(Line::title))
        .toList();
  }

  /** By the rule that kept messages back, in words. */
  private static Map<String, Long> withheld(List<EvaluationQuery.HourCount> counts) {
    Map<String, Long> byReason = new TreeMap<>();
    for (EvaluationQuery.HourCount count : counts) {
      if (!count.reason().isEmpty()) {
        byReason.merge(
            OutcomeWords.title(WithheldReason.valueOf(count.reason())), count.count(), Long::sum);
      }
    }
    return byReason;
  }

  /** Sketches of a night and site add up without counting a phone twice. */
  private List<Night> nights() {
    Map<LocalDate, Map<String, List<byte[]>>> sketches =
        new TreeMap<>(Comparator.<LocalDate>reverseOrder());
    for (EvaluationQuery.Seen seen : query.seen()) {
      sketches
          .computeIfAbsent(night(seen.hour()), night -> new TreeMap<>())
          .computeIfAbsent(seen.site(), site -> new ArrayList<>())
          .add(seen.sketch());
    }
    List<Night> nights = new ArrayList<>();
    sketches.forEach(
        (night, sites) ->
            sites.forEach(
                (site, parts) -> nights.add(new Night(night, site, Sketches.estimate(parts)))));
    return nights;
  }

  /** Noon to noon, named after the day it begins. */
  private LocalDate night(Instant hour) {
    return hour.atZone(settings.zone()).minusHours(12).toLocalDate();
  }
}
