package org.towncrier.hardware.bluecove;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.towncrier.hardware.BluetoothAddress;

/**
 * The RFCOMM channels that phones named, so that a phone met again needs no service search,
 * whichever adapter calls it. In memory only, and for a night: {@value #HOURS} hours; when there
 * are too many, the phones met longest ago are forgotten first.
 */
final class ChannelMemory {
  /**
   * Longer than permitted hours usually are, shorter than from one evening to the next. Where they
   * are the whole day it reaches past noon: a radio knows of no nights.
   */
  static final int HOURS = 12;

  private static final int MOST = 10_000;

  private record Known(int channel, Instant named) {}

  private final InstantSource clock;
  private final Map<BluetoothAddress, Known> channels =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BluetoothAddress, Known> eldest) {
          return size() > MOST;
        }
      };

  ChannelMemory(InstantSource clock) {
    this.clock = clock;
  }

  synchronized OptionalInt of(BluetoothAddress phone) {
    forgetOld();
    Known known = channels.get(phone);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known.channel());
  }

  synchronized void remember(BluetoothAddress phone, int channel) {
    channels.put(phone, new Known(channel, clock.instant()));
  }

  synchronized void forget(BluetoothAddress phone) {
    channels.remove(phone);
  }

  /**
   * Forgets what was named over {@value #HOURS} hours ago, or, if the clock was set back, later.
   */
  synchronized void forgetOld() {
    Instant now = clock.instant();
    Instant oldest = now.minus(Duration.ofHours(HOURS));
    channels
        .values()
        .removeIf(known -> known.named().isBefore(oldest) || known.named().isAfter(now));
  }

  synchronized int size() {
    return channels.size();
  }
}
