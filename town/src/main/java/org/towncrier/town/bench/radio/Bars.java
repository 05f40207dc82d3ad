package org.towncrier.town.bench.radio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What our sender must reach beside obexd's client. */
final class Bars {
  /** How many times obexd's pushes one at a time. */
  static final double TIMES = 5;

  /** One bar, what it came to, and whether it was reached. */
  record Judged(String bar, String figures, boolean reached) {}

  private Bars() {}

  /** Why there is nothing to compare with; empty when there is: any sender beats one that fails. */
  static Optional<String> noComparison(Figures obexd) {
    if (obexd.failed() == 0 && obexd.perMinuteOne() > 0 && obexd.perMinuteSeven() > 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "No comparison: %d of obexd's pushes did not arrive (%.1f a minute did, one at a time)",
            obexd.failed(),
            obexd.perMinuteOne()));
  }

  static List<Judged> judge(Figures ours, Figures obexd) {
    List<Judged> all = new ArrayList<>();
    all.add(
        new Judged(
            "one push at least as quick as obexd's",
            "%d ms, obexd %d ms".formatted(ours.pushMs(), obexd.pushMs()),
            ours.pushMs() <= obexd.pushMs()));
    all.add(
        new Judged(
            "seven at once at least %.0f times obexd's one at a time".formatted(TIMES),
            times(ours.perMinuteSeven(), obexd.perMinuteOne()),
            ours.perMinuteSeven() >= TIMES * obexd.perMinuteOne()));
    all.add(
        new Judged(
            "seven at once at least obexd's seven at once",
            times(ours.perMinuteSeven(), obexd.perMinuteSeven()),
            ours.perMinuteSeven() >= obexd.perMinuteSeven()));
    all.add(
        new Judged(
            "every push arrives", "%d did not".formatted(ours.failed()), ours.failed() == 0));
    return all;
  }

  private static String times(double ours, double theirs) {
    return String.format(
        Locale.ROOT, "%.1f a minute, obexd %.1f: %.2f times", ours, theirs, ours / theirs);
  }
}
