package org.towncrier.broadcaster.delivery;

import java.util.Map;
import org.towncrier.hardware.OfferResult;
import org.towncrier.protocol.Outcome;

/**
 * The one place that says what a radio fact means: which outcome it is, and what follows from it
 * for the phone.
 *
 * <table>
 *   <caption>What follows from each outcome</caption>
 *   <tr><th>outcome</th><th>spends the nightly budget</th><th>is a refusal</th><th>may be tried again</th></tr>
 *   <tr><td>ACCEPTED</td><td>yes</td><td>no</td><td>no</td></tr>
 *   <tr><td>DECLINED_OR_IGNORED</td><td>yes</td><td>yes</td><td>no</td></tr>
 *   <tr><td>UNANSWERED</td><td>yes: the owner was prompted</td><td>no: nobody said no</td><td>no</td></tr>
 *   <tr><td>UNSUPPORTED</td><td>no: nobody was prompted</td><td>no</td><td>no: it will not grow Object Push tonight</td></tr>
 *   <tr><td>UNREACHABLE</td><td>no: nobody was prompted</td><td>no</td><td>yes</td></tr>
 *   <tr><td>INTERRUPTED</td><td>yes: the prompt may have been on the screen</td><td>no</td><td>no</td></tr>
 *   <tr><td>RADIO_FAULT</td><td>no, unless the phone had answered</td><td>no</td><td>yes, unless the phone had answered</td></tr>
 *   <tr><td>WITHDRAWN</td><td>yes: the prompt may have been on the screen</td><td>no</td><td>no</td></tr>
 *   <tr><td>UNRESOLVED</td><td>yes: it may have the message</td><td>no</td><td>no</td></tr>
 * </table>
 *
 * <p>In doubt a phone counts as asked: a message not offered is a smaller harm than a second
 * prompt.
 */
public final class OutcomeTable {
  private static final Map<Outcome, Ruling> RULINGS =
      Map.of(
          Outcome.ACCEPTED, asked(Outcome.ACCEPTED),
          Outcome.DECLINED_OR_IGNORED, new Ruling(Outcome.DECLINED_OR_IGNORED, true, true, false),
          Outcome.UNANSWERED, asked(Outcome.UNANSWERED),
          Outcome.UNSUPPORTED, new Ruling(Outcome.UNSUPPORTED, false, false, false),
          Outcome.UNREACHABLE, new Ruling(Outcome.UNREACHABLE, false, false, true),
          Outcome.INTERRUPTED, asked(Outcome.INTERRUPTED),
          Outcome.RADIO_FAULT, new Ruling(Outcome.RADIO_FAULT, false, false, true),
          Outcome.WITHDRAWN, asked(Outcome.WITHDRAWN),
          Outcome.UNRESOLVED, asked(Outcome.UNRESOLVED));

  private OutcomeTable() {}

  /**
   * What an outcome means for the phone.
   *
   * @param spendsBudget whether it counts as one of tonight's offers
   * @param refusal whether the phone is left alone for the rest of the campaign
   * @param mayTryAgain whether the same message may be offered again, within the tries
   */
  public record Ruling(
      Outcome outcome, boolean spendsBudget, boolean refusal, boolean mayTryAgain) {}

  /** The outcome of an offer that ended so, and what follows. */
  public static Ruling of(OfferResult result) {
    Outcome outcome =
        switch (result.end()) {
          case ACCEPTED -> Outcome.ACCEPTED;
          // An answer is an answer, also to the final packet.
          case REFUSED -> Outcome.DECLINED_OR_IGNORED;
          case DEADLINE -> unlessFinal(result, Outcome.UNANSWERED);
          case NO_OBJECT_PUSH -> unlessFinal(result, Outcome.UNSUPPORTED);
          case NOT_REACHED -> unlessFinal(result, Outcome.UNREACHABLE);
          case LINK_LOST -> unlessFinal(result, Outcome.INTERRUPTED);
          case ADAPTER_FAILED -> unlessFinal(result, Outcome.RADIO_FAULT);
          case WITHDRAWN -> unlessFinal(result, Outcome.WITHDRAWN);
        };
    if (outcome == Outcome.RADIO_FAULT && result.response().isPresent()) {
      // The phone had begun to talk, so its owner may have seen a prompt before our radio failed.
      return asked(Outcome.RADIO_FAULT);
    }
    return of(outcome);
  }

  /**
   * What follows from an outcome.
   *
   * @throws IllegalArgumentException for {@code WITHHELD}, which is not the end of an offer
   */
  public static Ruling of(Outcome outcome) {
    Ruling ruling = RULINGS.get(outcome);
    if (ruling == null) {
      throw new IllegalArgumentException(outcome + " is not the end of an offer");
    }
    return ruling;
  }

  /** Once the final packet is out and no answer came, nobody can know what the phone kept. */
  private static Outcome unlessFinal(OfferResult result, Outcome otherwise) {
    return result.finalPacketSent() ? Outcome.UNRESOLVED : otherwise;
  }

  private static Ruling asked(Outcome outcome) {
    return new Ruling(outcome, true, false, false);
  }
}
