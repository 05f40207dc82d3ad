package org.towncrier.hardware.bluecove;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;

/**
 * The stack of the machine itself: BlueZ on Linux. BlueCove needs its native module on the class
 * path for it, or a stack class of our own.
 *
 * @param stackClass the class BlueCove loads as its Linux stack ({@code bluecove.bluez.class}), or
 *     null for BlueCove's own
 */
public record NativeStack(@Nullable String stackClass) implements BlueCoveStack {
  /** BlueCove's own stack for Linux; its module is GPL, so it is not shipped here. */
  private static final String BLUEZ = "com.intel.bluetooth.BluetoothStackBlueZ";

  @Override
  public Map<String, String> prepare(AdapterSettings adapter) throws IOException {
    mustBeThere(stackClass == null ? BLUEZ : stackClass);
    Map<String, String> properties = new HashMap<>();
    if (stackClass != null) {
      properties.put("bluecove.bluez.class", stackClass);
    }
    BluetoothAddress address = adapter.address();
    if (address != null) {
      properties.put("bluecove.deviceAddress", address.hex());
    } else {
      properties.put("bluecove.deviceID", adapter.id().value().replaceFirst("^hci", ""));
    }
    return properties;
  }

  private static void mustBeThere(String name) throws IOException {
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return; // elsewhere BlueCove brings its stacks itself
    }
    try {
      Class.forName(name, false, NativeStack.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IOException(
          "BlueCove has no stack for this machine's radio: put a module with "
              + name
              + " on the class path (such as bluecove-gpl 2.1.0), or choose the emulator",
          e);
    }
  }

  @Override
  public boolean inquiryCarriesNames() {
    return false;
  }
}
