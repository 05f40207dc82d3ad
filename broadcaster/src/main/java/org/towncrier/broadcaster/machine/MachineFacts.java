package org.towncrier.broadcaster.machine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How this machine is, unjudged.
 *
 * @param model what it calls itself, such as a model of Raspberry Pi; empty when it doesn't
 * @param kernelRelease {@code uname -r}
 * @param kernelBuild {@code uname -v}
 * @param bluez version of Debian's package bluez, if it is installed
 * @param bluetoothd whether BlueZ's daemon runs
 * @param remembered devices in BlueZ's cache; empty when this user may not look
 * @param capabilities this program's, effective: a bit for each
 * @param root whether this program runs as root
 * @param blocks the switches over Bluetooth
 * @param swaps where memory is written out to, on a disk
 * @param keptFromSwap whether this program's memory never is
 * @param coreDumps whether a crash would write this program's memory to a disk
 * @param javaDumps what Java itself would write when it fails, such as "a heap dump"
 */
record MachineFacts(
    String model,
    String kernelRelease,
    String kernelBuild,
    Optional<String> bluez,
    boolean bluetoothd,
    OptionalInt remembered,
    long capabilities,
    boolean root,
    List<Block> blocks,
    List<String> swaps,
    boolean keptFromSwap,
    boolean coreDumps,
    List<String> javaDumps) {

  MachineFacts {
    blocks = List.copyOf(blocks);
    swaps = List.copyOf(swaps);
    javaDumps = List.copyOf(javaDumps);
  }

  /**
   * A switch over one Bluetooth radio.
   *
   * @param name such as hci0
   * @param soft off by a program
   * @param hard off by a key or a switch on the machine
   */
  record Block(String name, boolean soft, boolean hard) {}
}
