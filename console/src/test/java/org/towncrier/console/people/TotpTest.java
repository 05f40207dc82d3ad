package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {
  private static final Totp RFC =
      new Totp(Totp.base32("12345678901234567890".getBytes(StandardCharsets.US_ASCII)));

  /** RFC 6238, appendix B; its eight digits end in the six that apps show. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130",
  })
  void codes_are_those_of_the_standard(long second, String code) {
    assertThat(RFC.codeAt(Instant.ofEpochSecond(second))).isEqualTo(code);
  }

  /** RFC 4648, section 10, without padding. */
  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void secrets_are_written_as_apps_read_them(String bytes, String text) {
    assertThat(Totp.base32(bytes.getBytes(StandardCharsets.US_ASCII))).isEqualTo(text);
  }

  @Test
  void a_code_works_half_a_minute_early_and_late_and_only_once() {
    Instant now = Instant.ofEpochSecond(1_800_000_010);
    String code = RFC.codeAt(now);
    long step = RFC.step(code, now, 0).orElseThrow();
    assertThat(RFC.step(code, now.plusSeconds(30), 0)).hasValue(step);
    assertThat(RFC.step(code, now.minusSeconds(30), 0)).hasValue(step);
    assertThat(RFC.step(code, now.plusSeconds(60), 0)).isEmpty();
    assertThat(RFC.step(code, now.minusSeconds(60), 0)).isEmpty();
    assertThat(RFC.step(code, now, step)).isEmpty();
    assertThat(RFC.step(code.substring(0, 3) + " " + code.substring(3), now, 0)).hasValue(step);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "000000", "12345", "1234567", "ünïcôd", "-28708"})
  void anything_else_is_not_the_code(String typed) {
    assertThat(RFC.step(typed, Instant.ofEpochSecond(59), 0)).isEmpty();
  }

  @Test
  void each_secret_is_another_and_does_not_show_in_words() {
    Totp one = Totp.random();
    assertThat(one).isNotEqualTo(Totp.random());
    assertThat(one.secret()).matches("[A-Z2-7]{32}");
    assertThat(one.groups()).hasSize(39);
    assertThat(one.toString()).doesNotContain(one.secret());
    assertThat(one.link("ann b@example.org"))
        .isEqualTo(
            "otpauth://totp/Towncrier:ann%20b%40example.org?secret="
                + one.secret()
                + "&issuer=Towncrier");
  }
}
