package org.towncrier.hardware.bluez;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One answer, which may be a part of the whole ({@code SDP_ServiceSearchAttributeResponse};
 * Bluetooth Core, volume 3 part B, 4.7.2).
 *
 * @param part bytes of the list of attribute lists
 * @param continuation to be given back for the next part; empty at the end
 */
record SdpResponse(byte[] part, byte[] continuation) {
  private static final int ERROR = 0x01;
  private static final int SEARCH_ATTRIBUTES = 0x07;
  private static final int LONGEST_CONTINUATION = 16;

  /**
   * Reads an answer to our request.
   *
   * @param length bytes of it
   * @param transaction our request's
   * @throws SdpFormatException if it is an error or no answer to it
   */
  static SdpResponse parse(byte[] pdu, int length, int transaction) throws SdpFormatException {
    ByteBuffer in = ByteBuffer.wrap(pdu, 0, length);
    if (length < 5) {
      throw new SdpFormatException("The answer to a service search is too short");
    }
    int kind = in.get() & 0xFF;
    int answers = in.getShort() & 0xFFFF;
    int size = in.getShort() & 0xFFFF;
    if (answers != transaction || size != in.remaining()) {
      throw new SdpFormatException("The answer to a service search answers something else");
    }
    if (kind == ERROR) {
      int code = size >= 2 ? in.getShort() & 0xFFFF : 0;
      throw new SdpFormatException("The phone refused a service search [SDP " + code + "]");
    }
    if (kind != SEARCH_ATTRIBUTES || size < 3) {
      throw new SdpFormatException("The answer to a service search is of another kind");
    }
    int count = in.getShort() & 0xFFFF;
    if (count > in.remaining() - 1) {
      throw new SdpFormatException("The answer to a service search is cut short");
    }
    int at = in.position();
    byte[] part = Arrays.copyOfRange(pdu, at, at + count);
    int left = pdu[at + count] & 0xFF;
    if (left > LONGEST_CONTINUATION || left != length - (at + count + 1)) {
      throw new SdpFormatException("The answer to a service search has no true end");
    }
    return new SdpResponse(part, Arrays.copyOfRange(pdu, at + count + 1, length));
  }
}
