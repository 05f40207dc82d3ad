package org.towncrier.hardware.bluez;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.towncrier.hardware.BluetoothAddress;

/**
 * How the kernel says that one adapter is.
 *
 * @param index N of hciN
 * @param address its own
 * @param supported what it can be switched to
 * @param current what it is switched to
 * @param classOfDevice the 24 bits that phones see; 0 while it is off
 * @param name what phones see; empty when nobody has given it one
 */
public record AdapterFacts(
    int index,
    BluetoothAddress address,
    Set<AdapterMode> supported,
    Set<AdapterMode> current,
    int classOfDevice,
    String name) {
  /** Bytes of the answer to Read Controller Information. */
  static final int BYTES = 280;

  private static final int NAME_AT = 20;
  private static final int NAME_ENDS = 269;

  public AdapterFacts {
    supported = Set.copyOf(supported);
    current = Set.copyOf(current);
  }

  /**
   * Reads the answer to Read Controller Information: address (6 bytes), version (1), manufacturer
   * (2), supported and current settings (4 each), class (3), name (249), short name (11).
   */
  static AdapterFacts parse(int index, byte[] answer) {
    int end = NAME_AT;
    while (end < NAME_ENDS && answer[end] != 0) {
      end++;
    }
    return new AdapterFacts(
        index,
        Bytes.address(answer, 0),
        AdapterMode.of(Bytes.little16(answer, 9)),
        AdapterMode.of(Bytes.little16(answer, 13)),
        Bytes.little24(answer, 17),
        new String(Arrays.copyOfRange(answer, NAME_AT, end), StandardCharsets.UTF_8));
  }

  /** The system's name of it. */
  public String systemName() {
    return "hci" + index;
  }
}
