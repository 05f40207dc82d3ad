package org.towncrier.hardware.bluez;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.towncrier.hardware.BluetoothAddress;

/**
 * The kernel's socket addresses ({@code include/net/bluetooth/*.h}), byte for byte. Their fields
 * are in the machine's byte order but for the L2CAP port, which is little-endian; Bluetooth
 * addresses run from the last octet to the first.
 */
final class SocketAddress {
  /** {@code BDADDR_ANY}. */
  static final BluetoothAddress ANY = new BluetoothAddress(0);

  private SocketAddress() {}

  /**
   * {@code struct sockaddr_hci}: family, device, channel.
   *
   * @param index N of hciN, or {@link HciChannel#NO_ADAPTER}
   */
  static byte[] hci(int index, HciChannel channel) {
    return family(6).putShort((short) index).putShort((short) channel.number()).array();
  }

  /**
   * {@code struct sockaddr_l2}: family, port, address, channel id, kind of address; and a byte of
   * padding, as the compiler counts it.
   */
  static byte[] l2cap(BluetoothAddress address, int port) {
    ByteBuffer b = family(14).put((byte) port).put((byte) (port >> 8));
    return putAddress(b, address).array(); // channel id nought; BDADDR_BREDR is nought
  }

  /** {@code struct sockaddr_rc}: family, address, channel; and a byte of padding. */
  static byte[] rfcomm(BluetoothAddress address, int channel) {
    return putAddress(family(10), address).put((byte) channel).array();
  }

  private static ByteBuffer family(int length) {
    return ByteBuffer.allocate(length)
        .order(ByteOrder.nativeOrder())
        .putShort((short) LibC.AF_BLUETOOTH);
  }

  private static ByteBuffer putAddress(ByteBuffer into, BluetoothAddress address) {
    byte[] octets = new byte[6];
    Bytes.putAddress(address, octets, 0);
    return into.put(octets);
  }
}
