package org.towncrier.town.reach;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.towncrier.town.reach.SiteRun.Reached;
import org.towncrier.town.reach.SiteRun.Standing;

class SiteRunTest {
  private final StreetModel model = StreetModel.load();
  private final Evening evening = Evening.draw(model, "quiet-evening", 3);

  @Test
  void nodes_that_are_connected_reach_what_either_alone_would_not() {
    Reached connected = run(0.5, Standing.CONNECTED);
    Reached cutOff = run(0.5, Standing.CUT_OFF);
    Reached alone = run(0.5, Standing.ALONE);

    assertThat(connected.willing()).isEqualTo(cutOff.willing()).isEqualTo(alone.willing());
    assertThat(connected.reached()).isGreaterThan(cutOff.reached()).isGreaterThan(alone.reached());
    assertThat(cutOff.reached()).isPositive();
  }

  @Test
  void no_phone_is_asked_twice_however_they_stand() {
    for (Standing standing : Standing.values()) {
      assertThat(run(1, standing).twice()).as(standing.name()).isZero();
    }
  }

  @Test
  void an_evening_comes_out_the_same_each_time() {
    assertThat(run(0.5, Standing.CUT_OFF)).isEqualTo(run(0.5, Standing.CUT_OFF));
  }

  private Reached run(double both, Standing standing) {
    return SiteRun.of(model, evening, 2, both, standing);
  }
}
