package org.towncrier.console.api;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.towncrier.console.evaluation.Comparison;
import org.towncrier.console.evaluation.CountsDownload;
import org.towncrier.console.evaluation.EvaluationQuery;
import org.towncrier.console.evaluation.EvaluationTables;
import org.towncrier.console.evaluation.Figures;
import org.towncrier.console.evaluation.PhoneNights;
import org.towncrier.console.evaluation.Totals;
import org.towncrier.console.token.Scope;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.WithheldReason;

/** What came of the messages. Exact figures are for the team; what leaves it is rounded. */
@RestController
@RequestMapping(
    path = ApiSecurity.BASE + "/evaluation",
    produces = MediaType.APPLICATION_JSON_VALUE)
class EvaluationApi {
  private final EvaluationQuery query;
  private final CountsDownload download;
  private final EvaluationTables tables;
  private final PhoneNights nights;

  EvaluationApi(
      EvaluationQuery query, CountsDownload download, EvaluationTables tables, PhoneNights nights) {
    this.query = query;
    this.download = download;
    this.tables = tables;
    this.nights = nights;
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
      @Says("PUBLISHED: rounded to the nearest 5, and null below 10") @Nullable Long count) {

    static Total of(Totals.Ended total, Figures figures) {
      return new Total(
          total.message(), total.title(), total.outcome(), figures, figures.of(total.count()));
    }
  }

  @Says("How often a rule kept a message back from a phone that was near")
  record Withheld(WithheldReason reason, @Says("Exact: not to be published") long count) {}

  @Says("Phones whose Bluetooth a site saw in one night; each counts once. Within about 2%")
  record PhonesSeen(
      @Says("The day the night begins; a night is noon to noon") LocalDate night,
      String site,
      Figures figures,
      @Says("PUBLISHED: rounded to the nearest 5, and null below 10") @Nullable Long phones) {

    static PhonesSeen of(PhoneNights.Night night, Figures figures) {
      return new PhonesSeen(night.night(), night.site(), figures, figures.of(night.phones()));
    }
  }

  @Says("Wordings of a message that were on air together: each phone drew one by lot")
  record Compared(
      String message,
      String title,
      List<Wording> wordings,
      @Says(
              "What may be said of each but the first, so that chance alone shows a difference in one of twenty")
          List<String> sentences) {

    @Says("One wording")
    record Wording(
        @Says("As counts name it") String wording,
        @Says("What the phone's question calls the file") String fileName,
        @Says("Phones whose owners were asked; exact: not to be published") long asked,
        @Says("Those that accepted; exact: not to be published") long accepted,
        @Says("The least the share of those may be, within 95%: 0 to 1") double shareFrom,
        @Says("The most it may be") double shareTo) {

      static Wording of(Comparison.Line line) {
        return new Wording(
            line.variant(),
            line.file(),
            line.asked(),
            line.accepted(),
            line.share().from(),
            line.share().to());
      }
    }

    static Compared of(Comparison comparison) {
      return new Compared(
          comparison.message(),
          comparison.title(),
          comparison.lines().stream().map(Wording::of).toList(),
          comparison.sentences());
    }
  }

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
    return Listing.of(
        query.totals().byOutcome().stream().map(total -> Total.of(total, figures)).toList(),
        page,
        size);
  }

  @Endpoint(scope = Scope.EVALUATION_READ, says = "The same as CSV")
  @GetMapping(path = "/totals.csv", produces = "text/csv")
  ResponseEntity<byte[]> totals(
      @Says("For whom") @RequestParam(defaultValue = "PUBLISHED") Figures figures) {
    return tables.totals(figures).download("towncrier-totals.csv");
  }

  // By reason is too fine to be published: each part would be rounded by itself.
  @Endpoint(
      scope = Scope.EVALUATION_READ,
      says = "Why messages were withheld, over all of them; exact, training left out")
  @GetMapping("/withheld")
  Listing<Withheld> withheld(
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(
        query.totals().withheld().entrySet().stream()
            .map(e -> new Withheld(e.getKey(), e.getValue()))
            .toList(),
        page,
        size);
  }

  @Endpoint(scope = Scope.EVALUATION_READ, says = "The same as CSV")
  @GetMapping(path = "/withheld.csv", produces = "text/csv")
  ResponseEntity<byte[]> withheld() {
    return tables.withheld().download("towncrier-withheld.csv");
  }

  @Endpoint(
      scope = Scope.EVALUATION_READ,
      says =
          "Phones that each site saw, night by night, the latest first; sites that saw nobody are"
              + " left out, and training. PUBLISHED figures may leave the team")
  @GetMapping("/nights")
  Listing<PhonesSeen> nights(
      @Says("The day on which the first night begins")
          @RequestParam
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          LocalDate from,
      @Says("The day on which the last night begins; 31 nights at most")
          @RequestParam
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          LocalDate to,
      @Says("For whom") @RequestParam(defaultValue = "PUBLISHED") Figures figures,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(
        nights.between(from, to).stream().map(night -> PhonesSeen.of(night, figures)).toList(),
        page,
        size);
  }

  @Endpoint(scope = Scope.EVALUATION_READ, says = "The same as CSV")
  @GetMapping(path = "/nights.csv", produces = "text/csv")
  ResponseEntity<byte[]> nights(
      @Says("The day on which the first night begins")
          @RequestParam
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          LocalDate from,
      @Says("The day on which the last night begins; 31 nights at most")
          @RequestParam
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          LocalDate to,
      @Says("For whom") @RequestParam(defaultValue = "PUBLISHED") Figures figures) {
    return tables
        .nights(from, to, figures)
        .download("towncrier-nights-%s-%s.csv".formatted(from, to));
  }

  @Endpoint(
      scope = Scope.EVALUATION_READ,
      says = "The wordings of messages that have several beside each other; exact")
  @GetMapping("/wordings")
  Listing<Compared> wordings(
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(query.comparisons().stream().map(Compared::of).toList(), page, size);
  }

  @Endpoint(scope = Scope.EVALUATION_READ, says = "The same as CSV, a row for each wording")
  @GetMapping(path = "/wordings.csv", produces = "text/csv")
  ResponseEntity<byte[]> wordings() {
    return tables.wordings().download("towncrier-wordings.csv");
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

  @Endpoint(scope = Scope.EVALUATION_READ, says = "The same as CSV")
  @GetMapping(path = "/coverage.csv", produces = "text/csv")
  ResponseEntity<byte[]> coverage() {
    return tables.coverage().download("towncrier-coverage.csv");
  }
}
