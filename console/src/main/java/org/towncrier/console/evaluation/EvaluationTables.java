package org.towncrier.console.evaluation;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.towncrier.console.page.Csv;

/** What the evaluation adds up, as tables for spreadsheets (RFC 4180). */
@Service
public class EvaluationTables {
  private final EvaluationQuery query;
  private final PhoneNights nights;

  EvaluationTables(EvaluationQuery query, PhoneNights nights) {
    this.query = query;
    this.nights = nights;
  }

  /** What came of each message; no count where it may not be told. */
  public Csv totals(Figures figures) {
    Csv csv = new Csv().row("message", "title", "outcome", "figures", "count");
    for (Totals.Ended total : query.totals().byOutcome()) {
      csv.row(
          total.message(),
          total.title(),
          total.outcome().name(),
          figures.name(),
          told(figures, total.count()));
    }
    return csv;
  }

  /** Why messages were withheld; exact. */
  public Csv withheld() {
    Csv csv = new Csv().row("reason", "figures", "count");
    query
        .totals()
        .withheld()
        .forEach(
            (reason, count) -> csv.row(reason.name(), Figures.EXACT.name(), String.valueOf(count)));
    return csv;
  }

  /** Phones seen, as {@link PhoneNights#between} has them. */
  public Csv nights(LocalDate first, LocalDate last, Figures figures) {
    Csv csv = new Csv().row("night", "site", "figures", "phones");
    for (PhoneNights.Night night : nights.between(first, last)) {
      csv.row(
          night.night().toString(), night.site(), figures.name(), told(figures, night.phones()));
    }
    return csv;
  }

  /** How long each node looked. */
  public Csv coverage() {
    Csv csv = new Csv().row("site", "node", "seconds");
    for (EvaluationQuery.Coverage coverage : query.coverage()) {
      csv.row(coverage.site(), coverage.node(), String.valueOf(coverage.seconds()));
    }
    return csv;
  }

  /** Wordings that were compared; exact. */
  public Csv wordings() {
    Csv csv =
        new Csv()
            .row(
                "message",
                "title",
                "wording",
                "file_name",
                "figures",
                "asked",
                "accepted",
                "share_from",
                "share_to");
    for (Comparison comparison : query.comparisons()) {
      for (Comparison.Line line : comparison.lines()) {
        csv.row(
            comparison.message(),
            comparison.title(),
            line.variant(),
            line.file(),
            Figures.EXACT.name(),
            String.valueOf(line.asked()),
            String.valueOf(line.accepted()),
            share(line.share().from()),
            share(line.share().to()));
      }
    }
    return csv;
  }

  private static String told(Figures figures, long exact) {
    return Objects.toString(figures.of(exact), "");
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.4f", share);
  }
}
