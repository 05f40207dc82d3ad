package org.towncrier.hardware.bluez;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.towncrier.hardware.BluetoothAddress;

/** Numbers in bytes, as kernel structures and HCI packets hold them. */
final class Bytes {
  private Bytes() {}

  static int unsigned(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  /** Two bytes, the low one first. */
  static int little16(byte[] bytes, int at) {
    return unsigned(bytes, at) | unsigned(bytes, at + 1) << 8;
  }

  /** Three bytes, the low one first. */
  static int little24(byte[] bytes, int at) {
    return little16(bytes, at) | unsigned(bytes, at + 2) << 16;
  }

  /** Two bytes in the machine's own order. */
  static int native16(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getShort(at) & 0xFFFF;
  }

  /** Four bytes in the machine's own order. */
  static int nativeInt(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(at);
  }

  /** Six bytes, the last octet of the address first. */
  static BluetoothAddress address(byte[] bytes, int at) {
    long value = 0;
    for (int i = 5; i >= 0; i--) {
      value = value << 8 | unsigned(bytes, at + i);
    }
    return new BluetoothAddress(value);
  }

  /** As {@link #address} reads it. */
  static void putAddress(BluetoothAddress address, byte[] into, int at) {
    for (int i = 0; i < 6; i++) {
      into[at + i] = (byte) (address.value() >> (8 * i));
    }
  }
}
