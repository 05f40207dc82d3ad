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
 * @param by the adapter that heard it
 * @param at when
 */
public record Sighting(
    BluetoothAddress address,
    int classOfDevice,
    OptionalInt rssi,
    @Nullable String name,
    @Nullable Set<Integer> services,
    AdapterId by,
    Instant at) {

  /** Major device class "phone" (Bluetooth Assigned Numbers, 2.8: major class 2). */
  public boolean isPhone() {
    return ((classOfDevice >> 8) & 0x1F) == 2;
  }

  /** The service bit "object transfer" of the class of device (bit 20). */
  public boolean announcesObjectTransfer() {
    return (classOfDevice & (1 << 20)) != 0;
  }
}
