package com.intel.bluetooth;

import java.lang.reflect.Field;
import java.util.Map;
import javax.bluetooth.LocalDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.BluetoothAddress;

/**
 * BlueCove 2.1.0 remembers every stack it ever opened and every phone it ever had a link to, in
 * tables without an end and without a way to take anything out. A node that meets strangers for
 * months takes them out itself; without that it would only use more memory.
 */
final class BlueCoveMemory {
  private static final Logger log = LoggerFactory.getLogger(BlueCoveMemory.class);

  private static final Map<?, ?> DEVICES = table(RemoteDeviceHelper.class, "stackDevicesCashed");
  private static final Map<?, ?> STACKS = table(LocalDevice.class, "localDevices");

  private BlueCoveMemory() {}

  /** Forgets a phone that has no link. */
  static void forget(BluetoothStack stack, BluetoothAddress phone) {
    if (DEVICES.get(stack) instanceof Map<?, ?> devices) {
      devices.remove(phone.value());
    }
  }

  /** Forgets a stack that is closed, and its phones. */
  static void forget(BluetoothStack stack) {
    DEVICES.remove(stack);
    STACKS.remove(stack);
  }

  private static Map<?, ?> table(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      if (field.get(null) instanceof Map<?, ?> table) {
        return table;
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.debug("BlueCove keeps its tables elsewhere", e);
    }
    return Map.of();
  }
}
