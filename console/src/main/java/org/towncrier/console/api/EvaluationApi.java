package org.towncrier.console.api;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.towncrier.console.evaluation.CountsDownload;
import org.towncrier.console.evaluation.EvaluationQuery;
import org.towncrier.console.evaluation.Published;
import org.towncrier.console.token.Scope;
import org.towncrier.protocol.Outcome;

/** What came of the messages. Exact figures are for the team; what leaves it is rounded. */
@RestController
@RequestMapping(
    path = ApiSecurity.BASE + "/evaluation",
    produces = MediaType.APPLICATION_JSON_VALUE)
class EvaluationApi {
  private final EvaluationQuery query;
  private final CountsDownload download;

  EvaluationApi(EvaluationQuery query, CountsDownload download) {
    this.query = query;
    this.download = download;
  }

  /** For whom figures are. */
  enum Figures {
    /** Exact, for the team alone. */
    EXACT,
    /** By the 10-5 rule, for everybody. */
    PUBLISHED
  }

  @Says("One hour of one message at one node that ended one way: the finest there is, and exact")
  record Count(
      String message,
      String title,
      @Says("The hour's first moment") Instant hour,
      String site,
      String node,
      Outcome outcome,
      @Says("For WITHHELD: which rule kept it back; else empty") String reason,
      @Says("Never to be added to live counts") boolean training,
      @Says("Which wording of several; empty where there is one") String wording,
      @Says("Exact: not to be published") long count) {

    static Count of(EvaluationQuery.HourCount count) {
      return new Count(
          count.message(),
          count.title(),
          count.hour(),
          count.site(),
          count.node(),
          Outcome.valueOf(count.outcome()),
          count.reason(),
          count.training(),
          count.variant(),
          count.count());
    }
  }

  @Says("How one message ended one way, over all hours and nodes, training left out")
  record Total(
      String message,
      String title,
      Outcome outcome,
      Figures figures,
      @Says("PUBLISHED: rounded to the nearest 5, and null below 10") @Nullable Long count) {}

  @Says("How long a node's adapters looked for phones")
  record Looked(String site, String node, long seconds) {}

  @Endpoint(scope = Scope.EVALUATION_READ, says = "Exact counts by hour, the earliest first")
  @GetMapping("/counts")
  Listing<Count> counts(
      @Says("The first moment")
          @RequestParam(required = false)
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME)
          @Nullable OffsetDateTime from,
      @Says("The moment after the last")
          @RequestParam(required = false)
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME)
          @Nullable OffsetDateTime before,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.read(
        query
            .between(
                from == null ? Instant.EPOCH : from.toInstant().truncatedTo(ChronoUnit.SECONDS),
                before == null
                    ? Instant.parse("9999-01-01T00:00:00Z")
                    : before.toInstant().truncatedTo(ChronoUnit.SECONDS),
                size + 1,
                (page - 1L) * size)
            .stream()
            .map(Count::of)
            .toList(),
        page,
        size);
  }

  @Endpoint(scope = Scope.EVALUATION_READ, says = "All exact counts, as CSV, for the team alone")
  @GetMapping(path = "/counts.csv", produces = "text/csv")
  void table(HttpServletResponse response) throws IOException {
    download.write(response);
  }

  @Endpoint(
      scope = Scope.EVALUATION_READ,
      says = "Totals by message and outcome; PUBLISHED ones may leave the team")
  @GetMapping("/totals")
  Listing<Total> totals(
      @Says("For whom") @RequestParam(defaultValue = "PUBLISHED") Figures figures,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    // By reason is too fine to be published: each part would be rounded by itself.
    Map<String, Map<Outcome, Long>> counts = new TreeMap<>();
    Map<String, String> titles = new HashMap<>();
    for (EvaluationQuery.Total total : query.totals()) {
      titles.put(total.message(), total.title());
      counts
          .computeIfAbsent(total.message(), message -> new EnumMap<>(Outcome.class))
          .merge(Outcome.valueOf(total.outcome()), total.count(), Long::sum);
    }
    List<Total> totals = new ArrayList<>();
    counts.forEach(
        (message, outcomes) ->
            outcomes.forEach(
                (outcome, count) ->
                    totals.add(
                        new Total(
                            message,
                            titles.getOrDefault(message, message),
                            outcome,
                            figures,
                            figures == Figures.EXACT ? count : Published.count(count)))));
    return Listing.of(totals, page, size);
  }

  @Endpoint(scope = Scope.EVALUATION_READ, says = "How long nodes looked for phones")
  @GetMapping("/coverage")
  Listing<Looked> coverage(
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(
        query.coverage().stream().map(c -> new Looked(c.site(), c.node(), c.seconds())).toList(),
        page,
        size);
  }
}
