package org.towncrier.broadcaster;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.machine.Finding;
import org.towncrier.broadcaster.machine.Finding.Level;
import tools.jackson.databind.json.JsonMapper;

/** What a check found, for a person (line by line, as it is found) or for a program (JSON). */
final class CheckReport {
  private final PrintStream out;
  private final boolean json;
  private final List<Finding> findings = new ArrayList<>();

  CheckReport(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void add(Finding finding) {
    findings.add(finding);
    if (!json) {
      out.printf(
          "%-8s %-12s %s%s%n",
          word(finding.level()),
          finding.about(),
          finding.found(),
          finding.advice().isEmpty() ? "" : "; " + finding.advice());
    }
  }

  void good(String about, String found) {
    add(new Finding(Level.OK, about, found, ""));
  }

  void note(String about, String found) {
    add(new Finding(Level.NOTE, about, found, ""));
  }

  void bad(String about, String found) {
    add(new Finding(Level.PROBLEM, about, found, ""));
  }

  /** Says what it all comes to; the exit status. */
  int conclude(BroadcasterConfig config) {
    boolean silent = has(Level.PROBLEM);
    boolean fit = !silent && !has(Level.RISK);
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(asMap(config, fit)));
    } else if (silent) {
      out.println("Something above would keep this node silent.");
    } else if (fit) {
      out.println("Nothing would keep this node silent.");
    } else {
      out.println("Nothing would keep this node silent, but mend the risks above first.");
    }
    return fit ? BroadcasterMain.OK : BroadcasterMain.FAILED;
  }

  private Map<String, Object> asMap(BroadcasterConfig config, boolean fit) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("site", config.site().value());
    all.put("node", config.node().value());
    all.put("fit", fit);
    all.put(
        "findings",
        findings.stream()
            .map(
                finding -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("level", finding.level().name().toLowerCase(Locale.ROOT));
                  one.put("about", finding.about());
                  one.put("found", finding.found());
                  one.put("advice", finding.advice());
                  return one;
                })
            .toList());
    return all;
  }

  private boolean has(Level level) {
    return findings.stream().anyMatch(finding -> finding.level() == level);
  }

  private static String word(Level level) {
    return switch (level) {
      case OK -> "ok";
      case NOTE -> "note";
      case RISK -> "RISK";
      case PROBLEM -> "PROBLEM";
    };
  }
}
