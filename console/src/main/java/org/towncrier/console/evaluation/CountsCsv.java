package org.towncrier.console.evaluation;

import org.towncrier.console.page.Csv;
import org.towncrier.console.page.LocalTimes;

/** Counts as a table for spreadsheets (RFC 4180). */
final class CountsCsv {
  private CountsCsv() {}

  static String head() {
    return row(
        "message",
        "title",
        "hour_utc",
        "site",
        "node",
        "outcome",
        "withheld_reason",
        "training",
        "count",
        "wording",
        "hour_local",
        "figures");
  }

  static String row(EvaluationQuery.HourCount count, LocalTimes times) {
    return row(
        count.message(),
        count.title(),
        count.hour().toString(),
        count.site(),
        count.node(),
        count.outcome(),
        count.reason(),
        count.training() ? "yes" : "no",
        String.valueOf(count.count()),
        count.variant(),
        times.iso(count.hour()),
        Figures.EXACT.name());
  }

  private static String row(String... cells) {
    return new Csv().row(cells).toString();
  }
}
