package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendedResponseTest {
  @Test
  void a_phone_tells_its_name_and_its_services() {
    ExtendedResponse said =
        parse("0709" + "416e6e61c3a9" + "0503" + "05110a11" + "020a04" + "0000");

    assertThat(said.name()).isEqualTo("Annaé");
    assertThat(said.services()).containsExactlyInAnyOrder(0x1105, 0x110A);
  }

  @Test
  void one_that_tells_nothing_has_told_nothing() {
    assertThat(parse("")).isEqualTo(ExtendedResponse.NONE);
    assertThat(parse("0000000000")).isEqualTo(ExtendedResponse.NONE);
    assertThat(parse("020a04")).isEqualTo(ExtendedResponse.NONE);
  }

  @Test
  void one_that_lists_no_service_has_told_that_too() {
    assertThat(parse("0103").services()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0302, 0511", "0303, 0511", "0504, 05110000", "0505, 05110000"})
  void lists_of_services_count_whole_or_not(String header, String data) {
    assertThat(parse(header + data).services()).containsExactly(0x1105);
  }

  @ParameterizedTest
  @CsvSource({
    "0303, 0a11, true", // all
    "0302, 0a11, false", // some
    "03030a110302, 0b11, false", // all, and then more
    "0505, 0a110000, false", // all of those with longer UUIDs
    "0103, '', false" // none at all, which some fill in for want of anything better
  })
  void only_a_list_of_all_services_says_that_there_are_no_others(
      String header, String data, boolean all) {
    assertThat(parse(header + data).allServices()).isEqualTo(all);
  }

  @Test
  void services_told_in_full_count_when_bluetooth_gave_them() {
    assertThat(parse("1107" + "fb349b5f80000080001000000511" + "0000").services())
        .containsExactly(0x1105);
    assertThat(parse("1106" + "ffffffffffffffffffffffff0511" + "0000").services()).isEmpty();
    assertThat(parse("0505" + "05110100").services()).isEmpty();
  }

  @Test
  void the_whole_name_counts_more_than_a_shortened_one() {
    assertThat(parse("0308416e" + "0509416e6e61").name()).isEqualTo("Anna");
    assertThat(parse("0509416e6e61" + "0308416e").name()).isEqualTo("Anna");
    assertThat(parse("0308416e").name()).isEqualTo("An");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff09416e6e61", // reaches past the end
        "09", // no type
        "0109", // a name of no length
        "04090000", // cut short
        "0409000000" // a name of noughts
      })
  void what_does_not_fit_is_passed_over(String hex) {
    assertThat(parse(hex).name()).isNull();
    assertThat(parse(hex).services()).isNull();
  }

  @Test
  void what_came_before_the_rubbish_counts() {
    assertThat(parse("0509416e6e61" + "ff03").name()).isEqualTo("Anna");
  }

  @Test
  void half_a_service_is_none() {
    assertThat(parse("0403" + "051111").services()).containsExactly(0x1105);
  }

  @Property
  void nothing_that_comes_through_the_air_breaks_it(@ForAll @Size(max = 300) byte[] bytes) {
    ExtendedResponse said = ExtendedResponse.parse(bytes, 0, bytes.length);

    if (said.services() != null) {
      assertThat(said.services()).allMatch(service -> service >= 0 && service <= 0xFFFF);
    }
  }

  private static ExtendedResponse parse(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return ExtendedResponse.parse(bytes, 0, bytes.length);
  }
}
