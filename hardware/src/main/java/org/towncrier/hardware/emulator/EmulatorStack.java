package org.towncrier.hardware.emulator;

import java.io.IOException;
import java.util.Map;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveStack;

/**
 * BlueCove's emulator, for towns without radios. Adapters need an address, whose first octet is
 * their place (see {@link EmulatedAddress}).
 *
 * @param port where the air is served on this machine ({@link EmulatedAirServer}, {@link
 *     EmulatedAir#serve}); 0 for the air inside this process
 */
public record EmulatorStack(int port) implements BlueCoveStack {
  public EmulatorStack {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: 0 to 65535, not " + port);
    }
  }

  @Override
  public Map<String, String> prepare(AdapterSettings adapter) throws IOException {
    BluetoothAddress address = adapter.address();
    if (address == null) {
      throw new IOException("Adapter " + adapter.id() + " needs an address on the emulator");
    }
    // A process that was killed leaves its devices in the air for a while; the next one with this
    // address is the same adapter come back.
    JvmAir.enter(port).control().reclaim(address.value());
    return properties(address);
  }

  @Override
  public boolean inquiryCarriesNames() {
    return true;
  }

  /** BlueCove's settings for an emulated device; which air it is in, {@link JvmAir} says. */
  static Map<String, String> properties(BluetoothAddress address) {
    return Map.of(
        "bluecove.stack", "emulator",
        "bluecove.emu.rmiRegistryPort", "0",
        "bluecove.deviceAddress", address.hex());
  }
}
