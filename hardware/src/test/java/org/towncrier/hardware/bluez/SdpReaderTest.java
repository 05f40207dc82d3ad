package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdpReaderTest {
  private static final UUID OBJECT_PUSH = UUID.fromString("00001105-0000-1000-8000-00805f9b34fb");

  @ParameterizedTest
  @CsvSource({
    "08ff, false, 1, 255",
    "09ffff, false, 2, 65535",
    "0affffffff, false, 4, 4294967295",
    "0bffffffffffffffff, false, 8, 18446744073709551615",
    "0c00000000000000000000000000000001, false, 16, 1",
    "10ff, true, 1, -1",
    "118000, true, 2, -32768",
    "12ffffffff, true, 4, -1",
    "138000000000000000, true, 8, -9223372036854775808",
    "14ffffffffffffffffffffffffffffffff, true, 16, -1"
  })
  void numbers_of_every_length(String hex, boolean signed, int bytes, BigInteger value)
      throws Exception {
    assertThat(read(hex)).isEqualTo(new SdpElement.Number(signed, bytes, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"191105", "1a00001105", "1c0000110500001000800000805f9b34fb"})
  void a_service_is_the_same_in_every_length(String hex) throws Exception {
    assertThat(read(hex)).isEqualTo(new SdpElement.Uuid(OBJECT_PUSH));
  }

  @Test
  void a_service_of_32_bits_is_not_mistaken_for_one_with_a_sign() throws Exception {
    assertThat(read("1af0001105"))
        .isEqualTo(new SdpElement.Uuid(UUID.fromString("f0001105-0000-1000-8000-00805f9b34fb")));
  }

  @Test
  void nothing_yes_and_no() throws Exception {
    assertThat(read("00")).isEqualTo(new SdpElement.Nil());
    assertThat(read("2801")).isEqualTo(new SdpElement.Bool(true));
    assertThat(read("2800")).isEqualTo(new SdpElement.Bool(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2504416e6e61", "260004416e6e61", "2700000004416e6e61"})
  void texts_with_lengths_of_every_length(String hex) throws Exception {
    assertThat(((SdpElement.Text) read(hex)).bytes())
        .isEqualTo("Anna".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void sequences_alternatives_and_addresses_on_the_web() throws Exception {
    assertThat(read("3505" + "0801" + "191105"))
        .isEqualTo(
            new SdpElement.Sequence(
                false,
                List.of(
                    new SdpElement.Number(false, 1, BigInteger.ONE),
                    new SdpElement.Uuid(OBJECT_PUSH))));
    assertThat(read("3d00")).isEqualTo(new SdpElement.Sequence(true, List.of()));
    assertThat(((SdpElement.Url) read("450161")).bytes()).containsExactly('a');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing at all
        "09ff", // a number cut short
        "0d", // a number of 32 bytes
        "01", // nothing with a size
        "18", // a service of one byte
        "1b0000000000000000", // a service of eight bytes
        "29", // a yes or no of two bytes
        "20", // a text with no length
        "25ff41", // a text that reaches past the end
        "27ffffffff", // a text of minus one byte
        "277fffffff", // a text of two gigabytes
        "350208", // a sequence with half a number
        "48", // a kind that does not exist
        "ff",
        "080108" // more than one
      })
  void what_is_no_element_is_refused(String hex) {
    assertThatThrownBy(() -> read(hex)).isInstanceOf(SdpFormatException.class);
  }

  @Test
  void nesting_without_end_is_refused_long_before_the_stack_ends() {
    String nested = "";
    for (int i = 0; i < 100; i++) {
      nested = "36%04x".formatted(nested.length() / 2) + nested;
    }
    String deep = nested;

    assertThatThrownBy(() -> read(deep))
        .isInstanceOf(SdpFormatException.class)
        .hasMessageContaining("nested");
  }

  @Property
  void any_bytes_are_an_element_or_refused(@ForAll @Size(max = 400) byte[] bytes) {
    readOrRefuse(bytes);
  }

  @Property
  void a_true_answer_with_any_byte_changed_is_an_element_or_refused(
      @ForAll @IntRange(max = 60) int at, @ForAll byte value) {
    byte[] bytes = HexFormat.of().parseHex(SdpExamples.OBJECT_PUSH_ON_CHANNEL_9);
    bytes[at % bytes.length] = value;

    readOrRefuse(bytes);
  }

  private static void readOrRefuse(byte[] bytes) {
    try {
      assertThat(SdpReader.read(bytes)).isNotNull();
      SdpRecord.list(bytes);
    } catch (SdpFormatException refused) {
      assertThat(refused).hasMessageNotContaining("00:");
    }
  }

  private static SdpElement read(String hex) throws SdpFormatException {
    return SdpReader.read(HexFormat.of().parseHex(hex));
  }
}
