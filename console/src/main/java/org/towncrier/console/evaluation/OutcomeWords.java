package org.towncrier.console.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.WithheldReason;

/** The published definition of each outcome, beside which every count is shown. */
public final class OutcomeWords {
  private OutcomeWords() {}

  /** A count with what it means. */
  public record Row(String name, String title, String definition, long count) {}

  /** Every outcome there is, those without a count included: a zero says something too. */
  public static List<Row> rows(Map<Outcome, Long> counts) {
    return Arrays.stream(Outcome.values())
        .map(
            outcome ->
                new Row(
                    outcome.name(),
                    title(outcome),
                    definition(outcome),
                    counts.getOrDefault(outcome, 0L)))
        .toList();
  }

  /** A few words. */
  public static String title(Outcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> "Accepted";
      case DECLINED_OR_IGNORED -> "Declined or ignored";
      case UNANSWERED -> "Unanswered";
      case UNSUPPORTED -> "Unsupported";
      case UNREACHABLE -> "Unreachable";
      case INTERRUPTED -> "Interrupted";
      case RADIO_FAULT -> "Radio fault";
      case WITHDRAWN -> "Withdrawn";
      case UNRESOLVED -> "Unresolved";
      case WITHHELD -> "Withheld";
    };
  }

  /** A sentence or two. */
  public static String definition(Outcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> "The phone took the whole message and said so.";
      case DECLINED_OR_IGNORED ->
          "The phone refused. Android says the same for “no” and for no answer within 50 seconds.";
      case UNANSWERED -> "Our own deadline passed before the phone had answered.";
      case UNSUPPORTED -> "The phone cannot receive messages this way, as no iPhone can.";
      case UNREACHABLE -> "No connection to the phone could be made.";
      case INTERRUPTED -> "The link was lost while the message was on its way.";
      case RADIO_FAULT -> "Our own radio failed.";
      case WITHDRAWN -> "The message was cancelled or ended while it was being offered.";
      case UNRESOLVED ->
          "Nobody can know: the node or the link failed after everything was sent and before the"
              + " phone's answer. The phone may have the message and is not asked again.";
      case WITHHELD ->
          "Not offered, by rule: a phone that was near had been asked before, had declined, or may"
              + " not be asked now. Counted once a phone, message and night.";
    };
  }

  /** Which rule kept a message back. */
  public static String title(WithheldReason reason) {
    return switch (reason) {
      case OPTED_OUT -> "its owner had asked to be left alone";
      case ALREADY_OFFERED -> "it had been offered this message";
      case DECLINED_BEFORE -> "it had refused a message of this campaign";
      case BUDGET_SPENT -> "it had had its offers for the night";
      case OUTSIDE_PERMITTED_HOURS -> "the permitted hours were over";
      case NOT_ON_TEST_LIST -> "the node was in training and the phone not on its test list";
    };
  }
}
