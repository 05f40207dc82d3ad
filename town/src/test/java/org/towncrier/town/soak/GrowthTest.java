package org.towncrier.town.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.towncrier.town.reach.Evening;
import org.towncrier.town.reach.StreetModel;

class GrowthTest {
  private static final long MIB = 1 << 20;

  @Test
  void what_comes_and_goes_is_no_leak() {
    assertThat(leaks(i -> new Footprint((10 + i % 3) * MIB, 8 + i % 2, 40 + i % 4))).isEmpty();
  }

  @Test
  void growing_warm_is_no_leak() {
    assertThat(leaks(i -> new Footprint(Math.min(10 + 5 * i, 25) * MIB, Math.min(8 + i, 12), 40)))
        .isEmpty();
  }

  @Test
  void a_heap_that_grows_with_each_round_is() {
    assertThat(leaks(i -> new Footprint((10 + i) * MIB, 8, 40)))
        .containsExactly("the heap grew by 6144 KiB");
  }

  @Test
  void a_hundred_bytes_of_each_phone_of_a_night_are_found_in_a_month() {
    // As bench soak has them: 35 nights, two of a week busy.
    StreetModel model = StreetModel.load();
    List<Footprint> noons = new ArrayList<>();
    long phones = 0;
    for (int night = 0; night < Soak.NIGHTS; night++) {
      phones += Evening.draw(model, VirtualMonth.streetOf(night), night + 1).passers().size();
      noons.add(new Footprint(13 * MIB + 100 * phones, 8, 40));
    }

    assertThat(Growth.leaks(noons)).singleElement(STRING).startsWith("the heap grew by ");
  }

  @Test
  void and_threads_and_descriptors_that_are_left_over() {
    assertThat(leaks(i -> new Footprint(10 * MIB, 8 + i, 40 + 2 * i)))
        .containsExactly("6 threads were left over", "12 descriptors were left open");
  }

  @Test
  void a_few_rounds_tell_nothing() {
    assertThatThrownBy(() -> Growth.leaks(List.of(Footprint.now())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> leaks(IntFunction<Footprint> round) {
    return Growth.leaks(IntStream.range(0, 18).mapToObj(round).toList());
  }
}
