package org.towncrier.console.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.WithheldReason;

/**
 * Every live count, over all hours and nodes.
 *
 * @param finest by message, outcome and reason
 */
public record Totals(List<Total> finest) {
  public Totals {
    finest = List.copyOf(finest);
  }

  /**
   * What came of a message, in one way, for one reason; the reason is empty where there is none.
   */
  public record Total(String message, String title, Outcome outcome, String reason, long count) {}

  /** What came of a message in one way, for whatever reason. */
  public record Ended(String message, String title, Outcome outcome, long count) {}

  /** By message and outcome; outcomes that nothing had are left out. */
  public List<Ended> byOutcome() {
    Map<String, Map<Outcome, Long>> counts = new TreeMap<>();
    Map<String, String> titles = new HashMap<>();
    for (Total total : finest) {
      titles.put(total.message(), total.title());
      counts
          .computeIfAbsent(total.message(), message -> new EnumMap<>(Outcome.class))
          .merge(total.outcome(), total.count(), Long::sum);
    }
    List<Ended> ended = new ArrayList<>();
    counts.forEach(
        (message, outcomes) ->
            outcomes.forEach(
                (outcome, count) ->
                    ended.add(
                        new Ended(
                            message, titles.getOrDefault(message, message), outcome, count))));
    return ended;
  }

  /** By the rule that kept messages back, over all of them. */
  public Map<WithheldReason, Long> withheld() {
    Map<WithheldReason, Long> byReason = new EnumMap<>(WithheldReason.class);
    for (Total total : finest) {
      if (!total.reason().isEmpty()) {
        byReason.merge(WithheldReason.valueOf(total.reason()), total.count(), Long::sum);
      }
    }
    return byReason;
  }
}
