package org.towncrier.hardware.bluecove;

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
  @Override
  public Map<String, String> prepare(AdapterSettings adapter) {
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

  @Override
  public boolean inquiryCarriesNames() {
    return false;
  }
}
