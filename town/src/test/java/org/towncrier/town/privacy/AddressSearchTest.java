package org.towncrier.town.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.towncrier.hardware.BluetoothAddress;

/** A search that finds nothing proves nothing unless it finds what is there. */
class AddressSearchTest {
  private static final byte[] OCTETS = {1, (byte) 0xA7, 0x3C, (byte) 0xFE, 0x09, (byte) 0xD2};
  private static final BluetoothAddress ADDRESS = BluetoothAddress.parse("01:A7:3C:FE:09:D2");

  private final AddressSearch search = new AddressSearch(List.of(ADDRESS));

  static Stream<String> spellings() {
    return Stream.of(OCTETS, reversed())
        .flatMap(
            octets -> {
              String hex = String.format("%012x", number(octets));
              return Stream.of(
                  hex,
                  hex.toUpperCase(Locale.ROOT),
                  separated(hex, ":"),
                  separated(hex, "-"),
                  separated(hex, "_").toUpperCase(Locale.ROOT),
                  separated(hex, "."),
                  Long.toString(number(octets)),
                  Base64.getEncoder().encodeToString(octets),
                  Base64.getUrlEncoder().encodeToString(octets),
                  inside(octets, 1),
                  inside(octets, 2),
                  inside(octets, 3),
                  inside(octets, 4),
                  Arrays.toString(octets));
            });
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void an_address_is_found_however_it_is_spelled(String spelling) {
    assertThat(search.findings(("phone=" + spelling + " left").getBytes(StandardCharsets.UTF_8)))
        .isNotEmpty();
    assertThat(search.findings(("\"" + spelling + "\"").getBytes(StandardCharsets.UTF_16LE)))
        .isNotEmpty();
  }

  @Test
  void an_address_is_found_as_raw_bytes_in_a_database_file() throws Exception {
    for (byte[] octets : List.of(OCTETS, reversed())) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.write(new byte[] {0, 0, 7, 99});
      file.write(octets);
      file.write(new byte[] {1, 0});
      assertThat(search.findings(file.toByteArray())).isNotEmpty();
    }
  }

  @Test
  void other_bytes_are_no_finding() {
    byte[] noise = new byte[100_000];
    new Random(5).nextBytes(noise);
    String words = "01:A7:3C:FE:09:D3 01a73cfe09 1,2,3,4,5,6 1818181818181";

    assertThat(search.findings(noise)).isEmpty();
    assertThat(search.findings(words.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private static String inside(byte[] octets, int at) {
    ByteBuffer whole = ByteBuffer.allocate(20).position(at).put(octets);
    return Base64.getEncoder().encodeToString(whole.array());
  }

  private static byte[] reversed() {
    return new byte[] {OCTETS[5], OCTETS[4], OCTETS[3], OCTETS[2], OCTETS[1], OCTETS[0]};
  }

  private static long number(byte[] octets) {
    long number = 0;
    for (byte octet : octets) {
      number = number << 8 | octet & 0xFF;
    }
    return number;
  }

  private static String separated(String hex, String separator) {
    return String.join(separator, hex.split("(?<=\\G..)"));
  }
}
