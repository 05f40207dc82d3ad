package org.towncrier.broadcaster.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutWordTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nocrier",
        "NoCrier",
        "NO CRIER",
        "no-crier",
        "Ann's phone (NO CRIER)",
        "Galaxy S21 no_crier 2",
        "N\u00f6 Cri\u00e9r",
        "\uff4e\uff4fcrier"
      })
  void a_name_says_so_however_it_is_written(String name) {
    assertThat(OptOutWord.DEFAULT.isIn(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Galaxy S21", "no", "crier", "no town crier", "nocrie"})
  void other_names_do_not(String name) {
    assertThat(OptOutWord.DEFAULT.isIn(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "no", "n o !", "---"})
  void a_word_that_is_in_too_many_names_is_refused(String word) {
    assertThatThrownBy(() -> new OptOutWord(word)).isInstanceOf(IllegalArgumentException.class);
  }
}
