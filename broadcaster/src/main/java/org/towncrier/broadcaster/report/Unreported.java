package org.towncrier.broadcaster.report;

import java.util.List;
import org.towncrier.protocol.DeliveryReport.Coverage;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.DeliveryReport.PhonesSeen;

/** What was counted and is in no report yet. */
@FunctionalInterface
public interface Unreported {
  /**
   * Takes it all. Called in the transaction that writes the report: what is taken is either in a
   * report or not taken.
   */
  Counts take();

  /** What was taken. */
  record Counts(List<OutcomeCount> outcomes, List<Coverage> coverage, List<PhonesSeen> phonesSeen) {
    public Counts {
      outcomes = List.copyOf(outcomes);
      coverage = List.copyOf(coverage);
      phonesSeen = List.copyOf(phonesSeen);
    }

    boolean isEmpty() {
      return outcomes.isEmpty() && coverage.isEmpty() && phonesSeen.isEmpty();
    }
  }
}
