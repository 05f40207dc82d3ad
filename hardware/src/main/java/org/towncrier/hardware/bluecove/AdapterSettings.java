package org.towncrier.hardware.bluecove;

import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;

/**
 * One adapter of the node.
 *
 * @param id its name in configuration, logs and reports. On BlueZ, the system's name of it ({@code
 *     hci0}) also finds it when no address is given
 * @param address its own address; needed on the emulator, where its first octet is the place
 */
public record AdapterSettings(AdapterId id, @Nullable BluetoothAddress address) {}
