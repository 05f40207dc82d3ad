package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.towncrier.hardware.BluetoothAddress;

/** Every machine a node runs on (x86-64, armhf, arm64) is little-endian, and so are these bytes. */
class SocketAddressTest {
  private static final BluetoothAddress PHONE = BluetoothAddress.parse("00:1B:DC:0F:00:A1");

  static boolean littleEndian() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }

  @Test
  @EnabledIf("littleEndian")
  void an_hci_address_is_family_device_channel() {
    assertThat(hex(SocketAddress.hci(2, HciChannel.RAW))).isEqualTo("1f0002000000");
    assertThat(hex(SocketAddress.hci(HciChannel.NO_ADAPTER, HciChannel.CONTROL)))
        .isEqualTo("1f00ffff0300");
  }

  @Test
  @EnabledIf("littleEndian")
  void an_l2cap_address_is_family_port_address_and_noughts_to_fourteen_bytes() {
    assertThat(hex(SocketAddress.l2cap(PHONE, 1))).isEqualTo("1f000100a1000fdc1b0000000000");
    assertThat(hex(SocketAddress.l2cap(PHONE, 0x1003))).isEqualTo("1f000310a1000fdc1b0000000000");
  }

  @Test
  @EnabledIf("littleEndian")
  void an_rfcomm_address_is_family_address_channel_and_a_byte_of_padding() {
    assertThat(hex(SocketAddress.rfcomm(PHONE, 9))).isEqualTo("1f00a1000fdc1b000900");
  }

  @Property
  void an_address_is_read_back_as_it_was_written(
      @ForAll @LongRange(min = 0, max = 0xFFFF_FFFF_FFFFL) long value) {
    BluetoothAddress address = new BluetoothAddress(value);

    assertThat(Bytes.address(SocketAddress.rfcomm(address, 1), 2)).isEqualTo(address);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
