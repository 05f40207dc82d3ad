package org.towncrier.hardware.emulator;

import java.util.random.RandomGenerator;
import org.towncrier.hardware.BluetoothAddress;

/**
 * Addresses in the emulated air. The emulator has one air, a town has several squares: so the first
 * octet of an emulated address, of phones and adapters alike, is the number of its place, and
 * devices of different places neither see nor reach each other.
 */
public final class EmulatedAddress {
  private static final int PLACE_SHIFT = 40;
  private static final long REST = (1L << PLACE_SHIFT) - 1;

  private EmulatedAddress() {}

  /**
   * The address of a device in a place.
   *
   * @param place 0 to 255
   * @param rest the other five octets
   */
  public static BluetoothAddress of(int place, long rest) {
    if (place < 0 || place > 255) {
      throw new IllegalArgumentException("A place is a number from 0 to 255, not " + place);
    }
    if (rest < 0 || rest > REST) {
      throw new IllegalArgumentException("Five octets are left beside the place");
    }
    return new BluetoothAddress((long) place << PLACE_SHIFT | rest);
  }

  /** Some address in a place: a phone that nobody met before. */
  public static BluetoothAddress random(int place, RandomGenerator random) {
    return of(place, random.nextLong() & REST);
  }

  /** The place an emulated device is in. */
  public static int placeOf(BluetoothAddress address) {
    return (int) (address.value() >> PLACE_SHIFT);
  }
}
