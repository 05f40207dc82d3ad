package org.towncrier.town.air;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.emulator.PhoneBehaviour;

/**
 * What a phone is, however long it stays.
 *
 * @param address its address
 * @param classOfDevice the class it gives
 * @param services what its inquiry response lists; null when it lists nothing
 * @param scan how it listens for inquiries
 * @param nearness from 0, at the edge of the range, to 1, close by
 * @param behaviour what it, or its owner, does with an offer
 */
public record PhoneTraits(
    BluetoothAddress address,
    int classOfDevice,
    @Nullable Set<Integer> services,
    Scan scan,
    double nearness,
    PhoneBehaviour behaviour) {
  /** The service class of Object Push (Bluetooth Assigned Numbers). */
  public static final int OBJECT_PUSH = 0x1105;

  /** How it listens for inquiries. */
  public enum Scan {
    V1_1,
    V1_2_STANDARD,
    V1_2_INTERLACED
  }
}
