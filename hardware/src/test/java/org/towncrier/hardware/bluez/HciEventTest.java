package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.hardware.BluetoothAddress;

class HciEventTest {
  private static final BluetoothAddress PHONE = BluetoothAddress.parse("00:1B:DC:0F:00:A1");

  @Test
  void a_plain_answer_has_no_signal_strength() {
    assertThat(parse("04020f" + "01" + "a1000fdc1b00" + "010000" + "0c025a" + "3412"))
        .isEqualTo(
            found(new InquiryResponse(PHONE, 0x5A020C, OptionalInt.empty(), null, null, false)));
  }

  @Test
  void an_answer_with_signal_strength_has_it() {
    assertThat(parse("04220f" + "01" + "a1000fdc1b00" + "0100" + "0c025a" + "3412" + "c4"))
        .isEqualTo(
            found(new InquiryResponse(PHONE, 0x5A020C, OptionalInt.of(-60), null, null, false)));
  }

  @Test
  void a_controller_without_a_signal_strength_says_127_and_that_is_none() {
    HciEvent event = parse("04220f" + "01" + "a1000fdc1b00" + "0100" + "0c025a" + "3412" + "7f");

    assertThat(((HciEvent.Found) event).responses().get(0).rssi()).isEmpty();
  }

  @Test
  void an_extended_answer_tells_name_and_services_too() {
    HciEvent event =
        parse(
            "042f1a"
                + "01"
                + "a1000fdc1b00"
                + "0100"
                + "0c025a"
                + "3412"
                + "c4"
                + "0509416e6e61"
                + "03030511"
                + "00");

    InquiryResponse one = ((HciEvent.Found) event).responses().get(0);
    assertThat(one.address()).isEqualTo(PHONE);
    assertThat(one.classOfDevice()).isEqualTo(0x5A020C);
    assertThat(one.rssi()).hasValue(-60);
    assertThat(one.name()).isEqualTo("Anna");
    assertThat(one.services()).containsExactly(0x1105);
  }

  @Test
  void one_event_may_tell_of_several() {
    String one = "a1000fdc1b00" + "0100" + "0c025a" + "3412" + "c4";

    assertThat(((HciEvent.Found) parse("04221d" + "02" + one + one)).responses()).hasSize(2);
  }

  @Test
  void one_that_claims_more_than_it_brings_tells_of_what_it_brings() {
    String one = "a1000fdc1b00" + "0100" + "0c025a" + "3412" + "c4";

    assertThat(((HciEvent.Found) parse("04220f" + "ff" + one)).responses()).hasSize(1);
    assertThat(((HciEvent.Found) parse("042205" + "01" + "a1000fdc")).responses()).isEmpty();
  }

  @Test
  void the_ends_of_commands_are_told_with_their_opcode() {
    assertThat(parse("040f04" + "0c" + "01" + "0104"))
        .isEqualTo(new HciEvent.CommandStatus(HciCommand.INQUIRY, HciStatus.DISALLOWED));
    HciEvent.CommandComplete done =
        (HciEvent.CommandComplete) parse("040e0a" + "01" + "0910" + "00" + "a1000fdc1b00");
    assertThat(done.opcode()).isEqualTo(HciCommand.READ_BD_ADDR);
    assertThat(done.status()).isEqualTo(HciStatus.OK);
    assertThat(Bytes.address(done.rest(), 0)).isEqualTo(PHONE);
  }

  @Test
  void the_ends_of_looks_calls_and_questions_for_names_are_told() {
    assertThat(parse("040101" + "00")).isEqualTo(new HciEvent.InquiryComplete(0));
    assertThat(parse("04030b" + "04" + "0000a1000fdc1b000100"))
        .isEqualTo(new HciEvent.ConnectionComplete(HciStatus.PAGE_TIMEOUT));
    assertThat(parse("04070b" + "00" + "a1000fdc1b00" + "416e6100"))
        .isEqualTo(new HciEvent.RemoteName(0, PHONE, "Ana"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "04",
        "0401",
        "040100",
        "040f03000101",
        "040e0300",
        "042f02ffff",
        "ff0000",
        "0213"
      })
  void what_is_cut_short_or_unknown_is_nothing(String hex) {
    assertThat(parse(hex)).isEqualTo(new HciEvent.Other());
  }

  @Property
  void no_event_breaks_it(
      @ForAll @IntRange(max = 255) int code, @ForAll @Size(max = 260) byte[] rest) {
    byte[] packet = new byte[2 + rest.length];
    packet[0] = 4;
    packet[1] = (byte) code;
    System.arraycopy(rest, 0, packet, 2, rest.length);

    assertThat(HciEvent.parse(packet, packet.length)).isNotNull();
  }

  @Property
  void what_lies_behind_its_length_is_not_read(@ForAll @Size(max = 60) byte[] rest) {
    byte[] packet = HexFormat.of().parseHex("042206" + "01" + "a1000fdc1b");
    byte[] longer = Arrays.copyOf(packet, packet.length + rest.length);
    System.arraycopy(rest, 0, longer, packet.length, rest.length);

    assertThat(((HciEvent.Found) HciEvent.parse(longer, packet.length)).responses()).isEmpty();
  }

  private static HciEvent found(InquiryResponse... responses) {
    return new HciEvent.Found(List.of(responses));
  }

  private static HciEvent parse(String hex) {
    byte[] packet = HexFormat.of().parseHex(hex);
    return HciEvent.parse(packet, packet.length);
  }
}
