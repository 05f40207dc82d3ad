package org.towncrier.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RadioNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", " Safer", "Safer ", "Safer\nCoalville", "a\0b", "a\u202Eb", "a\u2028b"})
  void a_name_that_a_phone_cannot_show_honestly_is_refused(String name) {
    assertThatThrownBy(() -> new RadioName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Safer Coalville", "Käse & Co. (Ashby)", "😀", "x"})
  void a_name_with_letters_of_any_script_is_taken(String name) {
    assertThat(new RadioName(name)).hasToString(name);
  }

  @Test
  void a_name_has_at_most_248_bytes() {
    assertThat(new RadioName("é".repeat(124)).value()).hasSize(124);
    assertThatThrownBy(() -> new RadioName("é".repeat(124) + "x"))
        .hasMessageContaining("has 249 bytes");
  }

  @Test
  void a_name_is_cut_between_characters_and_words_end_without_a_space() {
    assertThat(new RadioName("Safer Coalville").shortenedTo(6)).isEqualTo("Safer");
    assertThat(new RadioName("aé😀").shortenedTo(6)).isEqualTo("aé");
    assertThat(new RadioName("aé😀").shortenedTo(7)).isEqualTo("aé😀");
  }
}
