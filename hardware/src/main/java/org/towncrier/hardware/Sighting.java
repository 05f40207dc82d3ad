package org.towncrier.hardware;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One answer of one phone to one inquiry.
 *
 * @param address the phone
 * @param classOfDevice the 24-bit class of device
 * @param rssi signal strength in dBm, when the inquiry carried it
 * @param name the phone's own name, when the inquiry carried it
 * @param services 16-bit service class UUIDs the extended inquiry response carried; null when it
 *     carried none, which says nothing about what the phone offers
 * @param allServices whether it said that those are all
 * @param by the adapter that heard it
 * @param at when
 */
public record Sighting(
    BluetoothAddress address,
    int classOfDevice,
    OptionalInt rssi,
    @Nullable String name,
    @Nullable Set<Integer> services,
    boolean allServices,
    AdapterId by,
    Instant at) {

  /** The service class of Object Push (Bluetooth Assigned Numbers). */
  private static final int OBJECT_PUSH = 0x1105;

  /** Major device class "phone" (Bluetooth Assigned Numbers, 2.8: major class 2). */
  public boolean isPhone() {
    return ((classOfDevice >> 8) & 0x1F) == 2;
  }

  /** The service bit "object transfer" of the class of device (bit 20). */
  public boolean announcesObjectTransfer() {
    return (classOfDevice & (1 << 20)) != 0;
  }

  /** Whether the answer lists Object Push. */
  public boolean listsObjectPush() {
    return services != null && services.contains(OBJECT_PUSH);
  }

  /**
   * Whether the answer leaves no doubt that the phone takes no objects, so that nobody need search
   * it: it lists all its services, and Object Push is not among them, or its class lacks the bit
   * that a server of Object Push must set (Object Push Profile, "Class of Device usage").
   */
  public boolean saysNoObjectPush() {
    return !listsObjectPush() && (allServices || !announcesObjectTransfer());
  }
}
