package org.towncrier.broadcaster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.towncrier.broadcaster.delivery.OutcomeTable.Ruling;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.protocol.Outcome;

class OutcomeTableTest {
  @ParameterizedTest(name = "{0} before the final packet is {1}, after it {2}")
  @CsvSource({
    "ACCEPTED,       ACCEPTED,            ACCEPTED",
    "REFUSED,        DECLINED_OR_IGNORED, DECLINED_OR_IGNORED",
    "DEADLINE,       UNANSWERED,          UNRESOLVED",
    "NO_OBJECT_PUSH, UNSUPPORTED,         UNRESOLVED",
    "NOT_REACHED,    UNREACHABLE,         UNRESOLVED",
    "LINK_LOST,      INTERRUPTED,         UNRESOLVED",
    "ADAPTER_FAILED, RADIO_FAULT,         UNRESOLVED",
    "WITHDRAWN,      WITHDRAWN,           UNRESOLVED",
  })
  void each_end_is_one_outcome(End end, Outcome before, Outcome after) {
    assertThat(OutcomeTable.of(result(end, false, OptionalInt.empty())).outcome())
        .isEqualTo(before);
    assertThat(OutcomeTable.of(result(end, true, OptionalInt.empty())).outcome()).isEqualTo(after);
  }

  @ParameterizedTest(name = "{0}: spends {1}, refusal {2}, again {3}")
  @CsvSource({
    "ACCEPTED,            true,  false, false",
    "DECLINED_OR_IGNORED, true,  true,  false",
    "UNANSWERED,          true,  false, false",
    "UNSUPPORTED,         false, false, false",
    "UNREACHABLE,         false, false, true",
    "INTERRUPTED,         true,  false, false",
    "RADIO_FAULT,         false, false, true",
    "WITHDRAWN,           true,  false, false",
    "UNRESOLVED,          true,  false, false",
  })
  void each_outcome_has_its_consequences(
      Outcome outcome, boolean spends, boolean refusal, boolean again) {
    assertThat(OutcomeTable.of(outcome)).isEqualTo(new Ruling(outcome, spends, refusal, again));
  }

  @Test
  void a_radio_that_fails_after_the_phone_had_answered_is_not_tried_again() {
    Ruling ruling = OutcomeTable.of(result(End.ADAPTER_FAILED, false, OptionalInt.of(0x90)));
    assertThat(ruling).isEqualTo(new Ruling(Outcome.RADIO_FAULT, true, false, false));
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void whoever_may_be_tried_again_was_not_charged(Outcome outcome) {
    if (outcome == Outcome.WITHHELD) {
      assertThatThrownBy(() -> OutcomeTable.of(outcome))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not the end of an offer");
      return;
    }
    Ruling ruling = OutcomeTable.of(outcome);
    assertThat(ruling.mayTryAgain() && (ruling.spendsBudget() || ruling.refusal())).isFalse();
  }

  @Test
  void every_outcome_of_an_offer_can_come_of_some_end_of_it() {
    Stream<Outcome> reached =
        Arrays.stream(End.values())
            .flatMap(
                end -> Stream.of(true, false).map(sent -> result(end, sent, OptionalInt.empty())))
            .map(result -> OutcomeTable.of(result).outcome());
    assertThat(reached.distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Outcome.values()).filter(o -> o != Outcome.WITHHELD).toList());
  }

  private static OfferResult result(End end, boolean finalPacketSent, OptionalInt response) {
    return new OfferResult(end, finalPacketSent, response, Duration.ofSeconds(1), "");
  }
}
