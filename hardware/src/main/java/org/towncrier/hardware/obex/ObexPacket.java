package org.towncrier.hardware.obex;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One OBEX packet: an operation or response code, a 16-bit length of the whole, and the rest.
 *
 * @param code the operation (client) or response (server) code, final bit included
 * @param payload what follows the three bytes of code and length
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never kept
public record ObexPacket(int code, byte[] payload) {
  /** Code and length. */
  static final int PREFIX = 3;

  /** The smallest packet every OBEX peer must take (IrOBEX 1.3, 3.3.1.4). */
  public static final int SMALLEST_MAX = 255;

  /** The largest packet the 16-bit length can say. */
  public static final int LARGEST_MAX = 0xFFFF;

  public ObexPacket {
    if (payload.length + PREFIX > LARGEST_MAX) {
      throw new IllegalArgumentException("An OBEX packet holds at most 65532 bytes after its head");
    }
  }

  /**
   * Reads one packet.
   *
   * @param max the longest packet that is allowed: what this side announced at CONNECT
   * @throws EOFException if the link ended, also in the middle of a packet
   * @throws ObexFormatException if the length can't be true
   */
  public static ObexPacket read(InputStream in, int max) throws IOException {
    int code = octet(in);
    int length = octet(in) << 8 | octet(in);
    if (length < PREFIX) {
      throw new ObexFormatException("A packet said it was " + length + " bytes long");
    }
    if (length > max) {
      throw new ObexFormatException(
          "A packet said it was " + length + " bytes long, where " + max + " were agreed");
    }
    byte[] payload = new byte[length - PREFIX];
    int got = 0;
    while (got < payload.length) {
      int n = in.read(payload, got, payload.length - got);
      if (n < 0) {
        throw new EOFException("The link ended inside a packet");
      }
      got += n;
    }
    return new ObexPacket(code, payload);
  }

  /** Writes the packet in one piece and flushes. */
  public void write(OutputStream out) throws IOException {
    byte[] whole = encoded();
    out.write(whole, 0, whole.length);
    out.flush();
  }

  byte[] encoded() {
    int length = payload.length + PREFIX;
    byte[] whole = new byte[length];
    whole[0] = (byte) code;
    whole[1] = (byte) (length >> 8);
    whole[2] = (byte) length;
    System.arraycopy(payload, 0, whole, PREFIX, payload.length);
    return whole;
  }

  private static int octet(InputStream in) throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("The link ended");
    }
    return b;
  }
}
