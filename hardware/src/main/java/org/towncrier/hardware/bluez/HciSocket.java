package org.towncrier.hardware.bluez;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.OptionalInt;
import org.towncrier.hardware.BluetoothAddress;

/** Commands to one controller and its events, beside the kernel's own. */
final class HciSocket implements Hci {
  /** {@code HCI_FILTER} of {@code setsockopt}. */
  private static final int FILTER = 2;

  /** {@code HCIGETCONNINFO}, for data. */
  private static final long CONNECTION_INFO = 0x8004_48D5L;

  private static final byte ACL_LINK = 1;

  private static final int EVENT_PACKETS = 1 << 4;

  /** The kernel gives a controller 2 s to answer a command ({@code HCI_CMD_TIMEOUT}). */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** Longest: kind of packet, event, length and 255 bytes. */
  private static final int LONGEST = 258;

  private final SocketGroup group;
  private final BluetoothSocket socket;
  private final byte[] packet = new byte[LONGEST];

  private HciSocket(SocketGroup group, BluetoothSocket socket) {
    this.group = group;
    this.socket = socket;
  }

  /**
   * @param index N of hciN
   * @param events codes of those to hear, beside the ends of commands
   */
  static HciSocket open(SocketGroup group, int index, int... events) throws IOException {
    BluetoothSocket socket = group.open(() -> BluetoothSocket.hci(index, HciChannel.RAW));
    HciSocket hci = new HciSocket(group, socket);
    boolean ready = false;
    try {
      socket.setOption(LibC.SOL_HCI, FILTER, filter(events));
      ready = true;
      return hci;
    } finally {
      if (!ready) {
        hci.close();
      }
    }
  }

  /** {@code struct hci_ufilter}: kinds of packets, 64 bits of events, an opcode; padded. */
  static byte[] filter(int... events) {
    long mask = 1L << HciEvent.COMMAND_COMPLETE | 1L << HciEvent.COMMAND_STATUS;
    for (int event : events) {
      mask |= 1L << event;
    }
    return ByteBuffer.allocate(16)
        .order(ByteOrder.nativeOrder())
        .putInt(EVENT_PACKETS)
        .putInt((int) mask)
        .putInt((int) (mask >>> 32))
        .array();
  }

  @Override
  public void send(HciCommand command) throws IOException {
    byte[] bytes = command.packet();
    if (socket.write(bytes, Deadline.in(ANSWER)) != bytes.length) {
      throw new IOException("The kernel took half a command");
    }
  }

  @Override
  public HciEvent next(Deadline deadline) throws IOException {
    int length = socket.read(packet, deadline);
    if (length < 0) {
      throw new ErrnoException("hear the adapter", Errno.ENODEV.number());
    }
    return HciEvent.parse(packet, length);
  }

  /** The controller's number for its link to a phone, if there is one. */
  OptionalInt handleOf(BluetoothAddress phone) throws IOException {
    // struct hci_conn_info_req: address, kind of link; a hci_conn_info, which begins with the
    // handle.
    byte[] request = new byte[24];
    Bytes.putAddress(phone, request, 0);
    request[6] = ACL_LINK;
    try {
      socket.ioctl(CONNECTION_INFO, request);
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return OptionalInt.empty();
      }
      throw e;
    }
    return OptionalInt.of(Bytes.native16(request, 8));
  }

  @Override
  public Deadline answer() {
    return Deadline.in(ANSWER);
  }

  @Override
  public void close() throws IOException {
    group.close(socket);
  }
}
