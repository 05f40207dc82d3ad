package org.towncrier.hardware.bluez;

import java.io.IOException;
import java.util.Optional;
import org.towncrier.hardware.BluetoothAddress;

/** Which adapter is meant. */
public sealed interface AdapterChoice {
  /** The one with this address, under whatever index the kernel has put it. */
  record WithAddress(BluetoothAddress address) implements AdapterChoice {}

  /** The one the kernel calls hciN. */
  record Numbered(int index) implements AdapterChoice {
    public Numbered {
      if (index < 0 || index > 0xFFFE) {
        throw new IllegalArgumentException("An adapter's number is 0 to 65534");
      }
    }
  }

  /** The one with the lowest number that is switched on. */
  record Any() implements AdapterChoice {}

  /**
   * Finds it.
   *
   * @throws IOException if it isn't there, with what to do about it
   */
  default AdapterInfo find() throws IOException {
    if (this instanceof WithAddress wanted) {
      return Adapters.byAddress(wanted.address())
          .orElseThrow(
              () ->
                  new IOException(
                      "No adapter has the address that the configuration gives: plug it in, or"
                          + " compare with ls /sys/class/bluetooth"));
    }
    if (this instanceof Numbered wanted) {
      return Adapters.byIndex(wanted.index())
          .orElseThrow(
              () ->
                  new IOException(
                      "There is no adapter hci"
                          + wanted.index()
                          + ": plug it in, or compare with ls /sys/class/bluetooth"));
    }
    Optional<AdapterInfo> first = Optional.empty();
    for (AdapterInfo adapter : Adapters.all()) {
      boolean better = first.isEmpty() || adapter.index() < first.get().index();
      if (adapter.up() && better) {
        first = Optional.of(adapter);
      }
    }
    return first.orElseThrow(() -> new IOException("No Bluetooth adapter is switched on"));
  }
}
