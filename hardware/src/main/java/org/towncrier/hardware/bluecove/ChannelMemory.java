package org.towncrier.hardware.bluecove;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.towncrier.hardware.BluetoothAddress;

/**
 * The RFCOMM channels that phones named, so that a phone met again needs no service search. In
 * memory only, and the phones met longest ago are forgotten first.
 */
final class ChannelMemory {
  private static final int MOST = 10_000;

  private final Map<BluetoothAddress, Integer> channels =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BluetoothAddress, Integer> eldest) {
          return size() > MOST;
        }
      };

  synchronized OptionalInt of(BluetoothAddress phone) {
    Integer known = channels.get(phone);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  synchronized void remember(BluetoothAddress phone, int channel) {
    channels.put(phone, channel);
  }

  synchronized void forget(BluetoothAddress phone) {
    channels.remove(phone);
  }
}
