package org.towncrier.hardware.bluez;

import java.util.EnumSet;
import java.util.Set;

/**
 * What an adapter can be switched to, as the kernel's management channel tells it (BlueZ, {@code
 * doc/mgmt-api.txt}, Read Controller Information: bits of the settings).
 */
public enum AdapterMode {
  POWERED(0),
  CONNECTABLE(1),
  FAST_CONNECTABLE(2),
  DISCOVERABLE(3),
  BONDABLE(4),
  LINK_SECURITY(5),
  SECURE_SIMPLE_PAIRING(6),
  /** Classic Bluetooth, which Object Push needs. */
  CLASSIC(7),
  LOW_ENERGY(9);

  private final int bit;

  AdapterMode(int bit) {
    this.bit = bit;
  }

  static Set<AdapterMode> of(int settings) {
    Set<AdapterMode> modes = EnumSet.noneOf(AdapterMode.class);
    for (AdapterMode mode : values()) {
      if ((settings & 1 << mode.bit) != 0) {
        modes.add(mode);
      }
    }
    return modes;
  }
}
