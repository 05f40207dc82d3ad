package org.towncrier.town.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real engine, and the policies it is compared with, on evenings in virtual time. */
class StreetRunTest {
  private static final List<Policy> POLICIES =
      List.of(CyclePolicy.ONE_AT_A_TIME, CyclePolicy.LOOK_THEN_SEVEN, new EnginePolicy());

  private final StreetModel model = StreetModel.load();

  @Test
  void the_real_engine_works_a_busy_friday() {
    Evening friday = Evening.draw(model, "busy-friday", 1);

    Tally tally = StreetRun.of(model, friday, 2, new EnginePolicy());

    assertThat(tally.reached()).isGreaterThan(tally.willing() / 2);
    assertThat(tally.prompts()).isGreaterThan(tally.reached());
    assertThat(tally.looking()).isBetween(0.01, 1.0);
    assertThat(tally.linksBusy()).isBetween(0.001, 1.0);
    int lost = tally.lost().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(tally.reached() + lost).isEqualTo(tally.willing());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void no_policy_reaches_more_than_the_bound(long seed) {
    for (String street : List.of("quiet-evening", "busy-friday")) {
      Evening evening = Evening.draw(model, street, seed);
      for (int adapters : List.of(1, 2)) {
        int bound = UpperBound.of(model, evening, adapters);
        for (Policy policy : POLICIES) {
          Tally tally = StreetRun.of(model, evening, adapters, policy);
          assertThat(tally.reached()).as(policy.name()).isLessThanOrEqualTo(bound);
          assertThat(tally.reached()).as(policy.name()).isPositive();
        }
      }
    }
  }

  @Test
  void an_evening_comes_out_the_same_each_time() {
    Evening evening = Evening.draw(model, "quiet-evening", 5);

    for (Policy policy : POLICIES) {
      assertThat(StreetRun.of(model, evening, 2, policy))
          .isEqualTo(StreetRun.of(model, evening, 2, policy));
    }
  }
}
