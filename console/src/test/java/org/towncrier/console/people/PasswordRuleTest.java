package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {
  private final PasswordRule rule = PasswordRule.shipped();

  @Test
  void three_random_words_will_do() {
    assertThat(rule.refusal("plum tractor eleven", "ann")).isEmpty();
  }

  @Test
  void eleven_characters_are_too_few_and_a_sign_outside_the_bmp_counts_once() {
    assertThat(rule.refusal("abcdefghij1", "ann")).get().asString().contains("12 characters");
    assertThat(rule.refusal("😀abcdefghij", "ann")).get().asString().contains("12 characters");
  }

  @Test
  void what_the_hash_could_not_hold_is_refused_and_not_cut() {
    assertThat(rule.refusal("plum tractor eleven ".repeat(4), "ann"))
        .get()
        .asString()
        .contains("72 characters or fewer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Towncrier2026!",
        "PasswordPassword",
        "welcome12345678",
        "111111111111",
        "aaaaaaaaaaaab",
        "123456789012",
        "ann.author@example.org",
        // As they stand in lists of leaked passwords, or nearly.
        "1q2w3e4r5t6y",
        "qwertyuiop123",
        "Iloveyou1234",
        "P@ssw0rd2026",
        "Liverpool2026!",
        "superman1979",
        "jennifer1988",
        "coalville01530"
      })
  void what_everybody_tries_first_is_refused(String password) {
    assertThat(rule.refusal(password, "ann.author@example.org"))
        .get()
        .asString()
        .contains("harder to guess");
  }
}
