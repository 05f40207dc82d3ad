/**
 * Bluetooth sockets of the Linux kernel (BlueZ 5), through the C library by JNA: looking for phones
 * over HCI, asking them for services over SDP, RFCOMM links, and the adapters themselves. Knows
 * nothing of JSR-82 or BlueCove, and needs no root: {@code CAP_NET_RAW} and {@code CAP_NET_ADMIN}.
 */
@NullMarked
package org.towncrier.hardware.bluez;

import org.jspecify.annotations.NullMarked;
