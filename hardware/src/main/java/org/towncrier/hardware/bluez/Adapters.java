package org.towncrier.hardware.bluez;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.towncrier.hardware.BluetoothAddress;

/** The machine's adapters, as the kernel lists them now. Needs no capability. */
final class Adapters {
  /** {@code HCIGETDEVLIST} and {@code HCIGETDEVINFO}. */
  private static final long LIST = 0x8004_48D2L;

  private static final long INFO = 0x8004_48D3L;

  /** The kernel numbers no more ({@code HCI_MAX_DEV}). */
  private static final int MOST = 16;

  private Adapters() {}

  static List<AdapterInfo> all() throws IOException {
    try (BluetoothSocket socket = BluetoothSocket.hciUnbound()) {
      // struct hci_dev_list_req: a count, then each 2 bytes of index, 2 of padding, 4 of flags.
      byte[] list = new byte[4 + 8 * MOST];
      ByteBuffer.wrap(list).order(ByteOrder.nativeOrder()).putShort((short) MOST);
      socket.ioctl(LIST, list);
      List<AdapterInfo> all = new ArrayList<>();
      int count = Math.min(MOST, Bytes.native16(list, 0));
      for (int i = 0; i < count; i++) {
        info(socket, Bytes.native16(list, 4 + 8 * i)).ifPresent(all::add);
      }
      return all;
    }
  }

  /** One adapter, if it is there. */
  static Optional<AdapterInfo> byIndex(int index) throws IOException {
    try (BluetoothSocket socket = BluetoothSocket.hciUnbound()) {
      return info(socket, index);
    }
  }

  /** The adapter with this address, whatever its index has become. */
  static Optional<AdapterInfo> byAddress(BluetoothAddress address) throws IOException {
    return all().stream().filter(adapter -> adapter.address().equals(address)).findFirst();
  }

  private static Optional<AdapterInfo> info(BluetoothSocket socket, int index) throws IOException {
    byte[] info = new byte[AdapterInfo.SIZE];
    ByteBuffer.wrap(info).order(ByteOrder.nativeOrder()).putShort((short) index);
    try {
      socket.ioctl(INFO, info);
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENODEV) {
        return Optional.empty(); // pulled out between the two questions
      }
      throw e;
    }
    return Optional.of(AdapterInfo.parse(info));
  }
}
