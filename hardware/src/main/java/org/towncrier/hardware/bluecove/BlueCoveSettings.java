package org.towncrier.hardware.bluecove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link BlueCoveRadio} needs to know.
 *
 * @param stack which Bluetooth stack
 * @param adapters the node's adapters
 * @param timing how long things may take
 */
public record BlueCoveSettings(BlueCoveStack stack, List<AdapterSettings> adapters, Timing timing) {
  public BlueCoveSettings {
    adapters = List.copyOf(adapters);
    if (adapters.isEmpty()) {
      throw new IllegalArgumentException("adapters: a radio needs at least one");
    }
    List<Object> seen = new ArrayList<>();
    for (AdapterSettings adapter : adapters) {
      if (seen.contains(adapter.id())) {
        throw new IllegalArgumentException("adapters: " + adapter.id() + " is named twice");
      }
      if (adapter.address() != null && seen.contains(adapter.address())) {
        throw new IllegalArgumentException(
            "adapters: " + adapter.id() + " has the address of another");
      }
      seen.add(adapter.id());
      if (adapter.address() != null) {
        seen.add(adapter.address());
      }
    }
  }

  /** With every time at its default. */
  public BlueCoveSettings(BlueCoveStack stack, List<AdapterSettings> adapters) {
    this(stack, adapters, Timing.DEFAULT);
  }

  /**
   * How long things may take.
   *
   * @param connect how long to call one phone before it counts as not reached. Default 8 s: the
   *     page timeout of 5.12 s (Bluetooth Core, 6.7), and RFCOMM's own setting up after it. Not
   *     every native stack obeys it
   * @param probe how often an adapter is asked whether it still works. Default 5 s
   * @param firstRetry how long to wait before the first try to bring back a failed adapter; doubles
   *     with each. Default 1 s
   * @param longestRetry where the doubling ends. Default 30 s
   * @param giveUpAfter tries after which an adapter is reported as down instead of recovering; the
   *     trying goes on. Default 3
   * @param maxPacket the longest OBEX packet, 255 to 65,535 bytes. Default 8,192: what RFCOMM
   *     carries well, and small enough to stop within a packet
   */
  public record Timing(
      Duration connect,
      Duration probe,
      Duration firstRetry,
      Duration longestRetry,
      int giveUpAfter,
      int maxPacket) {
    public static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(8),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            3,
            8192);

    public Timing {
      positive("connect", connect);
      positive("probe", probe);
      positive("firstRetry", firstRetry);
      positive("longestRetry", longestRetry);
      if (maxPacket < 255 || maxPacket > 65_535) {
        throw new IllegalArgumentException("maxPacket: 255 to 65535 bytes, not " + maxPacket);
      }
      if (giveUpAfter < 1) {
        throw new IllegalArgumentException("giveUpAfter: at least 1, not " + giveUpAfter);
      }
    }

    /** How long to wait before a try, after so many failed ones. */
    Duration retryAfter(int failures) {
      Duration wait = firstRetry.multipliedBy(1L << Math.min(failures, 20));
      return wait.compareTo(longestRetry) > 0 ? longestRetry : wait;
    }

    private static void positive(String key, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(key + ": more than nothing, not " + value);
      }
    }
  }
}
