package org.towncrier.hardware.bluecove;

import java.util.OptionalInt;
import java.util.Set;
import javax.bluetooth.DeviceClass;
import org.jspecify.annotations.Nullable;

/**
 * A device class that brings along what else an inquiry heard. JSR-82 has no place for it; a stack
 * of ours hands this to {@code deviceDiscovered} where a plain device class is due.
 */
public final class HeardDeviceClass extends DeviceClass {
  private final OptionalInt rssi;
  private final @Nullable String name;
  private final @Nullable Set<Integer> services;
  private final boolean allServices;

  /**
   * @param classOfDevice 24 bits
   * @param rssi signal strength in dBm, when it was heard
   * @param name the device's name, when it told
   * @param services its services by 16-bit UUID, when it told any
   * @param allServices whether it said that those are all
   */
  public HeardDeviceClass(
      int classOfDevice,
      OptionalInt rssi,
      @Nullable String name,
      @Nullable Set<Integer> services,
      boolean allServices) {
    super(classOfDevice);
    this.rssi = rssi;
    this.name = name;
    this.services = services;
    this.allServices = allServices;
  }

  OptionalInt rssi() {
    return rssi;
  }

  @Nullable String name() {
    return name;
  }

  @Nullable Set<Integer> services() {
    return services;
  }

  boolean allServices() {
    return allServices;
  }
}
