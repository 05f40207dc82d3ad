package org.towncrier.town.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.towncrier.town.reach.UpperBound.Stay;

/** The bound, held against every schedule there is on small streets. */
class UpperBoundTest {
  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void no_schedule_reaches_more(@ForAll long seed) {
    Random random = new Random(seed);
    int slots = 1 + random.nextInt(2);
    List<Stay> stays = stays(random, 1 + random.nextInt(6));

    int best = best(stays, slots);

    assertThat(UpperBound.most(stays, slots, 1)).isGreaterThanOrEqualTo(best);
    assertThat(UpperBound.most(stays, slots, 3))
        .as("longer stretches only raise it")
        .isGreaterThanOrEqualTo(UpperBound.most(stays, slots, 1));
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void with_a_slot_for_each_phone_it_is_all_of_them_and_exact(@ForAll long seed) {
    List<Stay> stays = stays(new Random(seed), 5);

    assertThat(UpperBound.most(stays, 5, 1)).isEqualTo(5).isEqualTo(best(stays, 5));
  }

  @Test
  void phones_that_need_the_same_slot_at_the_same_time_share_it() {
    List<Stay> stays = List.of(new Stay(0, 5, 5), new Stay(0, 5, 5), new Stay(0, 5, 5));

    assertThat(UpperBound.most(stays, 1, 1)).isEqualTo(1);
    assertThat(UpperBound.most(stays, 2, 1)).isEqualTo(2);
    assertThat(UpperBound.most(stays, 7, 1)).isEqualTo(3);
  }

  @Test
  void one_phone_uses_one_link_at_a_time() {
    // With two links at once it would need half as long.
    List<Stay> stays = List.of(new Stay(0, 10, 10), new Stay(8, 12, 4));

    assertThat(UpperBound.most(stays, 1, 1)).isEqualTo(1);
    assertThat(UpperBound.most(stays, 2, 1)).isEqualTo(2);
  }

  @Test
  void the_many_go_before_the_slow() {
    List<Stay> stays =
        List.of(new Stay(0, 12, 12), new Stay(0, 12, 4), new Stay(0, 12, 4), new Stay(0, 12, 4));

    assertThat(UpperBound.most(stays, 1, 1)).isEqualTo(3);
  }

  @Test
  void earlier_flow_moves_aside_for_a_phone_with_less_time() {
    List<Stay> stays = List.of(new Stay(0, 20, 3), new Stay(0, 4, 4));

    assertThat(UpperBound.most(stays, 1, 1)).isEqualTo(2);
  }

  @Test
  void a_street_without_willing_phones_has_none() {
    assertThat(UpperBound.most(List.of(), 7, 1)).isZero();
  }

  private static List<Stay> stays(Random random, int count) {
    List<Stay> stays = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = random.nextInt(8);
      int need = 1 + random.nextInt(5);
      stays.add(new Stay(from, from + need + random.nextInt(5), need));
    }
    return stays;
  }

  /** The most phones that any schedule serves, each in one go, by trying every one. */
  private static int best(List<Stay> stays, int slots) {
    return best(stays, 0, new int[24], slots);
  }

  private static int best(List<Stay> stays, int next, int[] used, int slots) {
    if (next == stays.size()) {
      return 0;
    }
    int most = best(stays, next + 1, used, slots);
    Stay stay = stays.get(next);
    for (int start = (int) stay.from(); start + stay.need() <= stay.until(); start++) {
      boolean free = true;
      for (int t = start; t < start + stay.need(); t++) {
        free &= used[t] < slots;
      }
      if (free) {
        occupy(used, start, stay.need(), 1);
        most = Math.max(most, 1 + best(stays, next + 1, used, slots));
        occupy(used, start, stay.need(), -1);
      }
    }
    return most;
  }

  private static void occupy(int[] used, int start, long need, int by) {
    for (int t = start; t < start + need; t++) {
      used[t] += by;
    }
  }
}
