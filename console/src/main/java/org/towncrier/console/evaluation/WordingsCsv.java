package org.towncrier.console.evaluation;

import java.util.List;
import java.util.Locale;
import org.towncrier.console.page.Csv;

/** Wordings that were compared, as a table for spreadsheets (RFC 4180). */
final class WordingsCsv {
  private WordingsCsv() {}

  static String write(List<Comparison> comparisons) {
    Csv csv = new Csv();
    csv.row(
        "message", "title", "wording", "file_name", "asked", "accepted", "share_from", "share_to");
    for (Comparison comparison : comparisons) {
      for (Comparison.Line line : comparison.lines()) {
        csv.row(
            comparison.message(),
            comparison.title(),
            line.variant(),
            line.file(),
            String.valueOf(line.asked()),
            String.valueOf(line.accepted()),
            share(line.share().from()),
            share(line.share().to()));
      }
    }
    return csv.toString();
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.4f", share);
  }
}
