package org.towncrier.hardware.obex;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One OBEX header. The top two bits of its identifier say how the value is encoded: 00 text
 * (UTF-16BE with a closing null) and 01 bytes, both with a 16-bit length; 10 one byte; 11 four
 * bytes.
 *
 * @param id the header identifier, 0 to 255
 * @param value the value as it stands on the wire, without identifier and length
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never kept
public record ObexHeader(int id, byte[] value) {
  public static final int NAME = 0x01;
  public static final int TYPE = 0x42;
  public static final int LENGTH = 0xC3;
  public static final int BODY = 0x48;
  public static final int END_OF_BODY = 0x49;
  public static final int CONNECTION_ID = 0xCB;

  private static final int LENGTH_PREFIX = 3;

  /** The null-terminated UTF-16BE text header {@code Name}. */
  public static ObexHeader name(String name) {
    return new ObexHeader(NAME, (name + "\0").getBytes(StandardCharsets.UTF_16BE));
  }

  /** The null-terminated ASCII header {@code Type}. */
  public static ObexHeader type(String mimeType) {
    return new ObexHeader(TYPE, (mimeType + "\0").getBytes(StandardCharsets.US_ASCII));
  }

  /** A four-byte header. */
  public static ObexHeader number(int id, int value) {
    return new ObexHeader(id, ByteBuffer.allocate(4).putInt(value).array());
  }

  /** A piece of the object. */
  public static ObexHeader body(byte[] content, int from, int to) {
    return new ObexHeader(BODY, Arrays.copyOfRange(content, from, to));
  }

  /** The header that ends the object; this project always sends it empty. */
  public static ObexHeader endOfBody() {
    return new ObexHeader(END_OF_BODY, new byte[0]);
  }

  /** Bytes on the wire. */
  int size() {
    return switch (id >> 6) {
      case 2 -> 2;
      case 3 -> 5;
      default -> LENGTH_PREFIX + value.length;
    };
  }

  /** The text of a null-terminated UTF-16BE value; a missing null is forgiven. */
  public String unicode() {
    return withoutNull(new String(value, StandardCharsets.UTF_16BE));
  }

  /** The text of a null-terminated ASCII value; a missing null is forgiven. */
  public String ascii() {
    return withoutNull(new String(value, StandardCharsets.US_ASCII));
  }

  /** The number in a four-byte header. */
  public int number() {
    return ByteBuffer.wrap(value).getInt();
  }

  /** Encodes headers one after the other. */
  public static byte[] encode(List<ObexHeader> headers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ObexHeader header : headers) {
      out.write(header.id);
      if (header.id >> 6 < 2) {
        int length = LENGTH_PREFIX + header.value.length;
        out.write(length >> 8);
        out.write(length);
      }
      out.write(header.value, 0, header.value.length);
    }
    return out.toByteArray();
  }

  /**
   * Reads the headers in a packet's payload.
   *
   * @param from where they begin
   * @throws ObexFormatException if a header reaches past the end or says an impossible length
   */
  public static List<ObexHeader> parse(byte[] payload, int from) throws ObexFormatException {
    List<ObexHeader> headers = new ArrayList<>();
    int at = from;
    while (at < payload.length) {
      int id = payload[at] & 0xFF;
      int start = at + 1;
      int length;
      switch (id >> 6) {
        case 2 -> length = 1;
        case 3 -> length = 4;
        default -> {
          if (at + LENGTH_PREFIX > payload.length) {
            throw new ObexFormatException("A header ended before its length");
          }
          length = ((payload[at + 1] & 0xFF) << 8 | payload[at + 2] & 0xFF) - LENGTH_PREFIX;
          start = at + LENGTH_PREFIX;
        }
      }
      if (length < 0 || start + length > payload.length) {
        throw new ObexFormatException("A header was longer than its packet");
      }
      headers.add(new ObexHeader(id, Arrays.copyOfRange(payload, start, start + length)));
      at = start + length;
    }
    return headers;
  }

  private static String withoutNull(String text) {
    return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
  }
}
