package org.towncrier.hardware.emulator;

import org.towncrier.hardware.BluetoothAddress;

/**
 * What an emulated phone is.
 *
 * @param address its address, whose first octet is its place (see {@link EmulatedAddress})
 * @param name the name it gives
 * @param classOfDevice the 24-bit class it gives
 * @param behaviour what it does with offers
 */
public record PhoneSettings(
    BluetoothAddress address, String name, int classOfDevice, PhoneBehaviour behaviour) {
  /** A smartphone that takes objects (networking, capturing, object transfer, telephony). */
  public static final int SMARTPHONE = 0x5A020C;

  /** A smartphone without the object transfer bit, as iPhones show themselves. */
  public static final int SMARTPHONE_WITHOUT_TRANSFER = 0x4A020C;

  /** A laptop: seen, but no phone. */
  public static final int LAPTOP = 0x10010C;

  /** An Android phone. */
  public static PhoneSettings android(BluetoothAddress address, PhoneBehaviour behaviour) {
    return new PhoneSettings(address, "Android phone", SMARTPHONE, behaviour);
  }

  /** An iPhone: visible, and takes nothing over Object Push. */
  public static PhoneSettings iphone(BluetoothAddress address) {
    return new PhoneSettings(
        address, "iPhone", SMARTPHONE_WITHOUT_TRANSFER, new PhoneBehaviour.NoObjectPush());
  }
}
