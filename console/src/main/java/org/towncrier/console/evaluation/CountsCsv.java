package org.towncrier.console.evaluation;

import java.util.List;

/** Counts as a table for spreadsheets (RFC 4180). */
final class CountsCsv {
  private CountsCsv() {}

  static String write(List<EvaluationQuery.HourCount> counts) {
    StringBuilder csv = new StringBuilder();
    line(
        csv,
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
      line(
          csv,
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

  private static void line(StringBuilder csv, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      csv.append(i == 0 ? "" : ",").append(cell(cells[i]));
    }
    csv.append("\r\n");
  }

  /** A title that a spreadsheet would take for a formula is made words again by an apostrophe. */
  private static String cell(String value) {
    String safe =
        !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
