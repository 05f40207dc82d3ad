package org.towncrier.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BluetoothAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"001BDC0F00A1", "00:1b:dc:0f:00:a1", "00-1B-DC-0F-00-A1"})
  void every_spelling_is_one_address(String text) {
    assertThat(BluetoothAddress.parse(text).hex()).isEqualTo("001BDC0F00A1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "001BDC0F00A", "001BDC0F00A12", "001BDC0F00AG", "hello"})
  void anything_else_is_refused_and_not_repeated(String text) {
    assertThatThrownBy(() -> BluetoothAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A Bluetooth address is twelve hexadecimal digits, such as 00:1B:DC:00:00:01");
  }

  @Test
  void it_never_shows_itself() {
    assertThat(BluetoothAddress.parse("001BDC0F00A1").toString()).doesNotContain("001BDC0F00A1");
  }

  @Test
  void addresses_are_taken_out_of_what_a_stack_says() {
    assertThat(
            BluetoothAddress.scrub(
                "No such device 001BDC0F00A1, nor 00:1b:dc:0f:00:a1 or 00-1B-DC-0F-00-A1"))
        .isEqualTo("No such device [address], nor [address] or [address]");
    assertThat(BluetoothAddress.scrub(null)).isEmpty();
  }
}
