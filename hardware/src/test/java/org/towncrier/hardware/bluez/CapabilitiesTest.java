package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 'CAP_NET_RAW,CAP_NET_ADMIN'",
    "0000000000001000, CAP_NET_RAW",
    "0000000000002000, CAP_NET_ADMIN",
    "0000000000003000, ''",
    "000001ffffffffff, ''",
    "ffffffffffffffff, ''"
  })
  void those_that_are_missing_are_named(String effective, String missing) {
    String status =
        "Name:\tjava\nCapPrm:\tffffffffffffffff\nCapEff:\t" + effective + "\nSeccomp:\t0\n";

    assertThat(String.join(",", Capabilities.missing(status))).isEqualTo(missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CapEff:", "CapEff:\tnone\n", "CapEff:\t11112222333344445\n"})
  void a_kernel_that_does_not_say_is_no_reason_to_give_up(String status) {
    assertThat(Capabilities.missing(status)).isEmpty();
  }
}
