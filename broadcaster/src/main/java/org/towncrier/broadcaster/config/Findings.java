package org.towncrier.broadcaster.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.towncrier.hardware.BluetoothAddress;

/** What reading a node's file brought to light: its problems, and the settings there are. */
final class Findings {
  /**
   * One setting, for the reference.
   *
   * @param type what may stand there, in words
   * @param whenAbsent what holds when it is left out
   */
  record Setting(String key, String type, String whenAbsent, String meaning) {}

  private final List<String> problems;
  private final List<Setting> settings;

  Findings() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  private Findings(List<String> problems, List<Setting> settings) {
    this.problems = problems;
    this.settings = settings;
  }

  /** Notes problems here, but describes no settings: another has described them. */
  Findings withoutDescriptions() {
    return new Findings(problems, new ArrayList<>());
  }

  void problem(String key, String what) {
    problems.add(key + ": " + what);
  }

  void unknownKey(String path, String key, Collection<String> known) {
    if (looksLikeAnAddress(key)) {
      // The text of an address goes nowhere, not even when it stands in the wrong place.
      problem(
          path + "(an address)", "is no key; addresses go into a list, one to a line with a dash");
      return;
    }
    String hint = nearest(key, known).map(near -> "; did you mean " + path + near + "?").orElse("");
    problem(path + key, "is not a setting" + hint);
  }

  void describe(String key, String type, String whenAbsent, String meaning) {
    describe(new Setting(key, type, whenAbsent, meaning));
  }

  void describe(Setting setting) {
    settings.add(setting);
  }

  List<String> problems() {
    return problems;
  }

  List<Setting> settings() {
    return settings;
  }

  private static Optional<String> nearest(String key, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(key, candidate) <= (candidate.length() < 4 ? 1 : 2))
        .min(Comparator.comparingInt(candidate -> distance(key, candidate)));
  }

  private static boolean looksLikeAnAddress(String text) {
    try {
      BluetoothAddress.parse(text.strip());
      return true;
    } catch (IllegalArgumentException no) {
      return false;
    }
  }

  /** Levenshtein's, whatever the case. */
  private static int distance(String a, String b) {
    String from = a.toLowerCase(Locale.ROOT);
    String to = b.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
