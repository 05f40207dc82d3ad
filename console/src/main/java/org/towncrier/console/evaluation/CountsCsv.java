package org.towncrier.console.evaluation;

import java.util.List;
import org.towncrier.console.page.Csv;

/** Counts as a table for spreadsheets (RFC 4180). */
final class CountsCsv {
  private CountsCsv() {}

  static String write(List<EvaluationQuery.HourCount> counts) {
    Csv csv = new Csv();
    csv.row(
        "message",
        "title",
        "hour_utc",
        "site",
        "node",
        "outcome",
        "withheld_reason",
        "training",
        "count");
    for (EvaluationQuery.HourCount count : counts) {
      csv.row(
          count.message(),
          count.title(),
          count.hour().toString(),
          count.site(),
          count.node(),
          count.outcome(),
          count.reason(),
          count.training() ? "yes" : "no",
          String.valueOf(count.count()));
    }
    return csv.toString();
  }
}
