package org.towncrier.console.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.towncrier.protocol.Outcome;

/**
 * The wordings of a message beside each other. Phones drew them by lot, so what they differ in is
 * what people made of them, or chance.
 *
 * @param sentences what may be said of each but the first
 */
public record Comparison(String message, String title, List<Line> lines, List<String> sentences) {
  /**
   * Standard deviations that hold 95% of chance, for all differences from the first wording
   * together: of one, two or three of them (Bonferroni).
   */
  private static final double[] TOGETHER = {1.960, 2.241, 2.394};

  private static final double ALONE = TOGETHER[0];

  /**
   * One wording.
   *
   * @param asked phones whose owners were asked, and said yes, no, or nothing while there was time
   * @param share of those that accepted, within 95%
   */
  public record Line(
      String variant, String letter, String file, long asked, long accepted, Interval share) {
    /** As people say it; empty while nobody was asked. */
    public String percent() {
      return asked == 0 ? "" : String.format(Locale.UK, "%.0f%%", 100.0 * accepted / asked);
    }

    /** From what to what it may be. */
    public String range() {
      return String.format(Locale.UK, "%.0f%% to %.0f%%", 100 * share.from(), 100 * share.to());
    }
  }

  /** Every comparison that was ever made, wordings that were on air together beside each other. */
  static List<Comparison> of(List<EvaluationQuery.VariantCount> counts) {
    Map<String, Map<String, List<EvaluationQuery.VariantCount>>> sets = new LinkedHashMap<>();
    for (EvaluationQuery.VariantCount count : counts) {
      // The console makes ids of a letter and a name that all wordings of one comparison share.
      String set = count.variant().substring(count.variant().indexOf('-') + 1);
      sets.computeIfAbsent(count.message() + " " + set, key -> new LinkedHashMap<>())
          .computeIfAbsent(count.variant(), key -> new ArrayList<>())
          .add(count);
    }
    return sets.values().stream().map(Comparison::of).toList();
  }

  private static Comparison of(Map<String, List<EvaluationQuery.VariantCount>> wordings) {
    List<Line> lines = wordings.values().stream().map(Comparison::line).toList();
    EvaluationQuery.VariantCount any = wordings.values().iterator().next().get(0);
    List<String> sentences = new ArrayList<>();
    double z = TOGETHER[Math.max(0, Math.min(TOGETHER.length, lines.size() - 1) - 1)];
    for (Line line : lines.subList(1, lines.size())) {
      sentences.add(sentence(lines.get(0), line, z));
    }
    return new Comparison(any.message(), any.title(), lines, sentences);
  }

  private static Line line(List<EvaluationQuery.VariantCount> counts) {
    long accepted = 0;
    long asked = 0;
    for (EvaluationQuery.VariantCount count : counts) {
      switch (Outcome.valueOf(count.outcome())) {
        case ACCEPTED -> {
          accepted += count.count();
          asked += count.count();
        }
        case DECLINED_OR_IGNORED, UNANSWERED -> asked += count.count();
        // Whether the owner saw a question is not known, or nobody asked one.
        case UNSUPPORTED,
            UNREACHABLE,
            INTERRUPTED,
            RADIO_FAULT,
            WITHDRAWN,
            UNRESOLVED,
            WITHHELD -> {}
      }
    }
    EvaluationQuery.VariantCount any = counts.get(0);
    return new Line(
        any.variant(),
        any.variant().substring(0, 1).toUpperCase(Locale.ROOT),
        any.file(),
        asked,
        accepted,
        Interval.ofShare(accepted, asked, ALONE));
  }

  private static String sentence(Line first, Line other, double z) {
    String a = first.letter();
    String b = other.letter();
    if (first.asked() == 0 || other.asked() == 0) {
      return "%s and %s can't be compared: nobody was asked about %s yet."
          .formatted(a, b, first.asked() == 0 ? a : b);
    }
    Interval more =
        Interval.ofDifference(other.accepted(), other.asked(), first.accepted(), first.asked(), z);
    if (more.from() > 0) {
      return "%s was accepted more often than %s: of 100 phones asked, by %s to %s more."
          .formatted(b, a, hundred(more.from()), hundred(more.to()));
    }
    if (more.to() < 0) {
      return "%s was accepted less often than %s: of 100 phones asked, by %s to %s fewer."
          .formatted(b, a, hundred(-more.to()), hundred(-more.from()));
    }
    return ("%s and %s are not told apart from chance: of 100 phones asked, %s may have anything from"
            + " %s fewer to %s more than %s.")
        .formatted(a, b, b, hundred(-more.from()), hundred(more.to()), a);
  }

  private static String hundred(double share) {
    return String.format(Locale.UK, "%.1f", 100 * Math.abs(share));
  }
}
