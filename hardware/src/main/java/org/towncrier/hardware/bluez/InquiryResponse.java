package org.towncrier.hardware.bluez;

import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;

/**
 * One answer to an inquiry.
 *
 * @param address who answered
 * @param classOfDevice its 24-bit class
 * @param rssi signal strength in dBm, when the controller said
 * @param name its name, when it told
 * @param services its services by 16-bit UUID, when it told any
 * @param allServices whether it said that those are all
 */
public record InquiryResponse(
    BluetoothAddress address,
    int classOfDevice,
    OptionalInt rssi,
    @Nullable String name,
    @Nullable Set<Integer> services,
    boolean allServices) {}
