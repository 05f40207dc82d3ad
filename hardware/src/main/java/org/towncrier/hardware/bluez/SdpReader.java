package org.towncrier.hardware.bluez;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Reads data elements. They come from whoever is out there: lengths that reach past their element,
 * nesting without end and kinds that don't exist are refused.
 */
final class SdpReader {
  /** The last eight bytes of every UUID that Bluetooth itself gave. */
  static final long BASE_LOW = 0x8000_0080_5F9B_34FBL;

  private static final long BASE_HIGH = 0x1000L;

  /** A service record needs four; a list of alternative protocols in it one more. */
  private static final int DEEPEST = 8;

  private final ByteBuffer in;

  private SdpReader(ByteBuffer in) {
    this.in = in;
  }

  /**
   * Reads one element that is all there is.
   *
   * @throws SdpFormatException if it isn't one
   */
  static SdpElement read(byte[] bytes) throws SdpFormatException {
    SdpReader reader = new SdpReader(ByteBuffer.wrap(bytes));
    SdpElement element = reader.element(0);
    if (reader.in.hasRemaining()) {
      throw new SdpFormatException("There is more than one element");
    }
    return element;
  }

  static UUID uuid(long shortForm) {
    return new UUID(shortForm << 32 | BASE_HIGH, BASE_LOW);
  }

  private SdpElement element(int depth) throws SdpFormatException {
    if (depth > DEEPEST) {
      throw new SdpFormatException("Elements are nested too deeply");
    }
    int header = take(1)[0] & 0xFF;
    int kind = header >> 3;
    int size = header & 7;
    return switch (kind) {
      case 0 -> {
        if (size != 0) {
          throw new SdpFormatException("Nothing has a size");
        }
        yield new SdpElement.Nil();
      }
      case 1, 2 -> {
        if (size > 4) {
          throw new SdpFormatException("A number has an unknown size");
        }
        byte[] bytes = take(1 << size);
        yield new SdpElement.Number(
            kind == 2, bytes.length, kind == 2 ? new BigInteger(bytes) : new BigInteger(1, bytes));
      }
      case 3 -> new SdpElement.Uuid(uuidOf(size));
      case 4 -> new SdpElement.Text(take(length(size)));
      case 5 -> {
        if (size != 0) {
          throw new SdpFormatException("A yes or no has an unknown size");
        }
        yield new SdpElement.Bool(take(1)[0] != 0);
      }
      case 6, 7 -> new SdpElement.Sequence(kind == 7, list(take(length(size)), depth));
      case 8 -> new SdpElement.Url(take(length(size)));
      default -> throw new SdpFormatException("An element is of an unknown kind");
    };
  }

  private static List<SdpElement> list(byte[] bytes, int depth) throws SdpFormatException {
    SdpReader inner = new SdpReader(ByteBuffer.wrap(bytes));
    List<SdpElement> elements = new ArrayList<>();
    while (inner.in.hasRemaining()) {
      elements.add(inner.element(depth + 1));
    }
    return List.copyOf(elements);
  }

  private UUID uuidOf(int size) throws SdpFormatException {
    return switch (size) {
      case 1 -> uuid(ByteBuffer.wrap(take(2)).getShort() & 0xFFFFL);
      case 2 -> uuid(ByteBuffer.wrap(take(4)).getInt() & 0xFFFF_FFFFL);
      case 4 -> {
        ByteBuffer whole = ByteBuffer.wrap(take(16));
        yield new UUID(whole.getLong(), whole.getLong());
      }
      default -> throw new SdpFormatException("A UUID has an unknown size");
    };
  }

  private int length(int size) throws SdpFormatException {
    return switch (size) {
      case 5 -> take(1)[0] & 0xFF;
      case 6 -> ByteBuffer.wrap(take(2)).getShort() & 0xFFFF;
      case 7 -> {
        int length = ByteBuffer.wrap(take(4)).getInt();
        if (length < 0) {
          throw new SdpFormatException("A length can't be true");
        }
        yield length;
      }
      default -> throw new SdpFormatException("A text or sequence has an unknown size");
    };
  }

  private byte[] take(int count) throws SdpFormatException {
    if (count > in.remaining()) {
      throw new SdpFormatException("An element reaches past the end");
    }
    byte[] bytes = Arrays.copyOfRange(in.array(), in.position(), in.position() + count);
    in.position(in.position() + count);
    return bytes;
  }
}
