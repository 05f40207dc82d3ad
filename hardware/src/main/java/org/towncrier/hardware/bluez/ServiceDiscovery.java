package org.towncrier.hardware.bluez;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Asks one phone for its services, over a connected L2CAP socket. */
final class ServiceDiscovery {
  /** Where every phone answers (Bluetooth Assigned Numbers, 3.3). */
  static final int PSM = 1;

  /** All of a phone's services with a few attributes each take less than 4 KiB. */
  private static final int MOST_BYTES = 64 * 1024;

  private static final int MOST_PARTS = 200;

  /** We take packets of 672 bytes at most, as L2CAP does when nobody says otherwise. */
  private static final int LONGEST_PACKET = 1024;

  private ServiceDiscovery() {}

  /** A connected socket, as packets. */
  interface Packets {
    void write(byte[] packet) throws IOException;

    /**
     * @return how many bytes; -1 at the end
     */
    int read(byte[] into) throws IOException;
  }

  /**
   * Searches.
   *
   * @throws SdpFormatException if the answer is none, or without end
   * @throws IOException if the link was lost or the deadline passed
   */
  static List<SdpRecord> search(Packets socket, SdpRequest request) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] continuation = {};
    byte[] packet = new byte[LONGEST_PACKET];
    for (int transaction = 1; transaction <= MOST_PARTS; transaction++) {
      socket.write(request.pdu(transaction, continuation));
      int length = socket.read(packet);
      if (length < 0) {
        throw new ErrnoException("hear the phone's services", Errno.ECONNRESET.number());
      }
      SdpResponse response = SdpResponse.parse(packet, length, transaction);
      all.writeBytes(response.part());
      if (response.continuation().length == 0) {
        return SdpRecord.list(all.toByteArray());
      }
      if (all.size() > MOST_BYTES) {
        break;
      }
      continuation = response.continuation();
    }
    throw new SdpFormatException("The list of services has no end");
  }
}
