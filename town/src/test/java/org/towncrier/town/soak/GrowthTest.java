package org.towncrier.town.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
