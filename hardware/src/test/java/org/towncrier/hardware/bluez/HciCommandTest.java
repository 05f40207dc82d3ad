package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.BluetoothAddress;

class HciCommandTest {
  private static final BluetoothAddress PHONE = BluetoothAddress.parse("00:1B:DC:0F:00:A1");

  @Test
  void an_inquiry_names_whom_it_asks_how_long_and_any_number_of_answers() {
    assertThat(hex(HciCommand.inquiry(0x9E8B33, 8))).isEqualTo("010104" + "05" + "338b9e0800");
  }

  @Test
  void a_question_for_a_name_calls_with_the_slowest_page_scan() {
    assertThat(hex(HciCommand.remoteName(PHONE)))
        .isEqualTo("011904" + "0a" + "a1000fdc1b00" + "02000000");
    assertThat(hex(HciCommand.cancelRemoteName(PHONE))).isEqualTo("011a04" + "06" + "a1000fdc1b00");
  }

  @Test
  void a_command_without_parameters_says_so() {
    assertThat(hex(HciCommand.plain(HciCommand.INQUIRY_CANCEL))).isEqualTo("01020400");
    assertThat(hex(HciCommand.inquiryMode(2))).isEqualTo("01450c0102");
  }

  @Test
  void a_filter_lets_through_events_of_both_halves_and_the_ends_of_commands() {
    ByteBuffer filter =
        ByteBuffer.wrap(
                HciSocket.filter(HciEvent.INQUIRY_COMPLETE, HciEvent.EXTENDED_INQUIRY_RESULT))
            .order(ByteOrder.nativeOrder());

    assertThat(filter.capacity()).isEqualTo(16);
    assertThat(filter.getInt()).isEqualTo(0x10); // event packets only: no data, no commands
    assertThat(filter.getInt()).isEqualTo(0xC002); // events 1, 14 and 15
    assertThat(filter.getInt()).isEqualTo(0x8000); // event 47
    assertThat(filter.getInt()).isZero();
  }

  @Test
  void an_adapter_is_read_from_where_the_kernel_puts_it() {
    byte[] info = new byte[AdapterInfo.SIZE];
    ByteBuffer.wrap(info)
        .order(ByteOrder.nativeOrder())
        .putShort((short) 3)
        .put(new byte[] {'h', 'c', 'i', '3', 0, 0, 0, 0})
        .put(HexFormat.of().parseHex("a1000fdc1b00"))
        .putInt(0x45);

    assertThat(AdapterInfo.parse(info)).isEqualTo(new AdapterInfo(3, PHONE, true));
    assertThat(AdapterInfo.parse(new byte[4]).up()).isFalse();
    assertThat(new AdapterInfo(3, PHONE, true).name()).isEqualTo("hci3");
  }

  private static String hex(HciCommand command) {
    return HexFormat.of().formatHex(command.packet());
  }
}
