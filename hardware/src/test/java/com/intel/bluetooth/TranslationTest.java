package com.intel.bluetooth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import javax.bluetooth.BluetoothConnectionException;
import javax.bluetooth.DataElement;
import javax.bluetooth.DiscoveryListener;
import javax.bluetooth.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.hardware.bluez.SdpElement;
import org.towncrier.hardware.bluez.SdpRecord;

class TranslationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000110500001000800000805f9b34fb",
        "ffffffffffffffffffffffffffffffff",
        "00000000000000000000000000000001"
      })
  void a_uuid_is_the_same_there_and_back(String hex) {
    UUID jsr = new UUID(hex, false);

    assertThat(Translation.uuid(Translation.uuid(jsr))).isEqualTo(jsr);
  }

  @Test
  void a_short_uuid_is_the_long_one() {
    assertThat(Translation.uuid(new UUID(0x1105)))
        .hasToString("00001105-0000-1000-8000-00805f9b34fb");
  }

  @ParameterizedTest
  @CsvSource({
    "false, 1, 255, 8",
    "false, 2, 65535, 9",
    "false, 4, 4294967295, 10",
    "true, 1, -1, 16",
    "true, 4, -1, 18",
    "true, 8, -9223372036854775808, 19"
  })
  void numbers_that_fit_are_numbers(boolean signed, int bytes, BigInteger value, int type) {
    DataElement element = Translation.element(new SdpElement.Number(signed, bytes, value));

    assertThat(element.getDataType()).isEqualTo(type);
    assertThat(element.getLong()).isEqualTo(value.longValueExact());
  }

  @ParameterizedTest
  @CsvSource({
    "false, 8, 18446744073709551615, 11",
    "false, 8, 1, 11",
    "false, 16, 1, 12",
    "true, 16, -2, 20",
    "true, 16, 2, 20"
  })
  void longer_ones_are_bytes(boolean signed, int bytes, BigInteger value, int type) {
    DataElement element = Translation.element(new SdpElement.Number(signed, bytes, value));

    assertThat(element.getDataType()).isEqualTo(type);
    byte[] told = (byte[]) element.getValue();
    assertThat(told).hasSize(bytes);
    assertThat(signed ? new BigInteger(told) : new BigInteger(1, told)).isEqualTo(value);
  }

  @Test
  void texts_lists_and_the_rest() {
    byte[] text = "Anna".getBytes(StandardCharsets.UTF_8);

    assertThat(Translation.element(new SdpElement.Text(text)).getValue()).isEqualTo("Anna");
    assertThat(Translation.element(new SdpElement.Url(text)).getDataType())
        .isEqualTo(DataElement.URL);
    assertThat(Translation.element(new SdpElement.Bool(true)).getBoolean()).isTrue();
    assertThat(Translation.element(new SdpElement.Nil()).getDataType()).isEqualTo(DataElement.NULL);
    DataElement list =
        Translation.element(
            new SdpElement.Sequence(true, List.of(new SdpElement.Nil(), new SdpElement.Nil())));
    assertThat(list.getDataType()).isEqualTo(DataElement.DATALT);
    assertThat(list.getSize()).isEqualTo(2);
  }

  @Test
  void a_service_without_a_handle_has_none() {
    assertThat(Translation.handle(new SdpRecord(new TreeMap<>()))).isZero();
  }

  @Test
  void the_first_attributes_are_always_asked_for_and_none_twice() {
    assertThat(Translation.withDefaults(null)).containsExactly(0, 1, 2, 3, 4);
    assertThat(Translation.withDefaults(new int[] {4, 0x100}))
        .containsExactly(0, 1, 2, 3, 4, 0x100);
  }

  @Test
  void errors_say_in_jsr_82_what_the_phone_did_and_never_its_address() {
    IOException late = Translation.connectionException(new SocketTimeoutException("late"));
    IOException odd = Translation.connectionException(new IOException("of 00:1B:DC:0F:00:A1"));

    assertThat(late).isInstanceOf(BluetoothConnectionException.class);
    assertThat(((BluetoothConnectionException) late).getStatus())
        .isEqualTo(BluetoothConnectionException.TIMEOUT);
    assertThat(odd).hasMessage("of [address]");
    assertThat(Translation.stateException(new IOException("001BDC0F00A1"))).hasMessage("[address]");
  }

  @Test
  void a_search_that_failed_says_whether_the_phone_was_reached() {
    assertThat(Translation.searchResponse(new SocketTimeoutException("late")))
        .isEqualTo(DiscoveryListener.SERVICE_SEARCH_DEVICE_NOT_REACHABLE);
    assertThat(Translation.searchResponse(new AsynchronousCloseException()))
        .isEqualTo(DiscoveryListener.SERVICE_SEARCH_ERROR);
  }
}
