package org.towncrier.town.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.town.reach.ReachBench.Options;

class ReachOptionsTest {
  @Test
  void by_itself_it_measures_every_street_on_twenty_evenings() {
    assertThat(Options.parse(List.of())).isEqualTo(new Options(false, 20, Optional.empty()));
  }

  @Test
  void each_option_is_taken() {
    assertThat(Options.parse(List.of("--json", "--seeds", "5", "--street", "busy-friday")))
        .isEqualTo(new Options(true, 5, Optional.of("busy-friday")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--seeds", "--seeds 0", "--seeds x", "--street", "--street x", "--all"})
  void what_is_wrong_is_said(String words) {
    assertThatThrownBy(() -> Options.parse(List.of(words.split(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--");
  }
}
