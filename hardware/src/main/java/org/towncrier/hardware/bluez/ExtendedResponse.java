package org.towncrier.hardware.bluez;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a phone tells of itself in an extended inquiry response: a list of lengths, types and data
 * (Bluetooth Core, volume 3 part C, 8). It comes from whoever is out there, so anything that does
 * not fit is passed over.
 *
 * @param name the phone's name, whole or shortened
 * @param services 16-bit UUIDs of its services; those with a longer UUID of their own are left out
 * @param allServices whether it said that it has no other services with a 16-bit UUID; not when it
 *     listed none, which a stack does that fills the list in nowhere
 */
record ExtendedResponse(
    @Nullable String name, @Nullable Set<Integer> services, boolean allServices) {
  static final ExtendedResponse NONE = new ExtendedResponse(null, null, false);

  /** The last 12 bytes of every UUID that Bluetooth itself gave, last byte first. */
  private static final byte[] BASE = HexFormat.of().parseHex("fb349b5f8000008000100000");

  /** Types of data (Bluetooth Assigned Numbers, 2.3). */
  private static final int SOME_16 = 0x02;

  private static final int ALL_16 = 0x03;
  private static final int SOME_32 = 0x04;
  private static final int ALL_32 = 0x05;
  private static final int SOME_128 = 0x06;
  private static final int ALL_128 = 0x07;
  private static final int SHORT_NAME = 0x08;
  private static final int WHOLE_NAME = 0x09;

  static ExtendedResponse parse(byte[] bytes, int from, int to) {
    String name = null;
    boolean whole = false;
    Set<Integer> services = new TreeSet<>();
    boolean told = false;
    boolean all = false;
    boolean some = false;
    int at = from;
    while (at < to) {
      int length = Bytes.unsigned(bytes, at);
      int end = at + 1 + length;
      if (length == 0 || end > to) {
        break; // the rest is padding, or rubbish
      }
      int data = at + 2;
      int type = Bytes.unsigned(bytes, at + 1);
      switch (type) {
        case SOME_16, ALL_16 -> {
          told = true;
          all |= type == ALL_16;
          some |= type == SOME_16;
          for (int i = data; i + 2 <= end; i += 2) {
            services.add(Bytes.little16(bytes, i));
          }
        }
        case SOME_32, ALL_32 -> {
          told = true;
          for (int i = data; i + 4 <= end; i += 4) {
            if (Bytes.little16(bytes, i + 2) == 0) {
              services.add(Bytes.little16(bytes, i));
            }
          }
        }
        case SOME_128, ALL_128 -> {
          told = true;
          for (int i = data; i + 16 <= end; i += 16) {
            if (Arrays.equals(bytes, i, i + 12, BASE, 0, 12)
                && Bytes.little16(bytes, i + 14) == 0) {
              services.add(Bytes.little16(bytes, i + 12));
            }
          }
        }
        case SHORT_NAME -> {
          if (!whole) {
            name = text(bytes, data, end);
          }
        }
        case WHOLE_NAME -> {
          name = text(bytes, data, end);
          whole = true;
        }
        default -> {}
      }
      at = end;
    }
    return new ExtendedResponse(
        name == null || name.isEmpty() ? null : name,
        told ? Set.copyOf(services) : null,
        all && !some && !services.isEmpty());
  }

  /** UTF-8 up to the first nought; what isn't UTF-8 becomes question marks of its own kind. */
  static String text(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }
}
