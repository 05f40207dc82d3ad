package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrnoTest {
  @ParameterizedTest
  @CsvSource({"1, EPERM", "19, ENODEV", "104, ECONNRESET", "112, EHOSTDOWN", "132, ERFKILL"})
  void numbers_have_names(int number, Errno name) {
    assertThat(Errno.of(number)).isEqualTo(name);
  }

  @Test
  void a_number_nobody_expects_is_told_as_it_is() {
    assertThat(new ErrnoException("connect to the phone", 4711))
        .hasMessage("Could not connect to the phone: the call failed [4711]");
  }

  @Test
  void a_missing_capability_says_which_and_what_to_do() {
    assertThat(new ErrnoException("look for phones", 1).getMessage())
        .contains("CAP_NET_RAW", "CAP_NET_ADMIN", "AmbientCapabilities", "config/systemd");
  }

  @ParameterizedTest
  @EnumSource(Errno.class)
  void every_error_has_words(Errno errno) {
    assertThat(errno.words()).isNotBlank();
    assertThat(Errno.of(errno.number())).isEqualTo(errno);
  }
}
