package org.towncrier.hardware.bluez;

import java.util.Arrays;
import org.towncrier.hardware.BluetoothAddress;

/**
 * What the kernel knows of an adapter.
 *
 * @param index N of hciN
 * @param address its own address
 * @param up whether it is switched on
 */
record AdapterInfo(int index, BluetoothAddress address, boolean up) {
  /** Bytes of {@code struct hci_dev_info} ({@code include/net/bluetooth/hci_sock.h}). */
  static final int SIZE = 92;

  private static final int ADDRESS = 10;
  private static final int FLAGS = 16;

  /** Bit {@code HCI_UP}. */
  private static final int UP = 1;

  static AdapterInfo parse(byte[] info) {
    byte[] whole = Arrays.copyOf(info, SIZE);
    return new AdapterInfo(
        Bytes.native16(whole, 0),
        Bytes.address(whole, ADDRESS),
        (Bytes.nativeInt(whole, FLAGS) & UP) != 0);
  }

  /** As BlueZ calls it. */
  String name() {
    return "hci" + index;
  }
}
