package org.towncrier.hardware.bluecove;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.towncrier.hardware.Radio;

/** An adapter while it is open: its device, its searches and its links. */
final class OpenAdapter {
  private static final long IDLE = Long.MIN_VALUE;

  private final BlueCoveDevice device;
  private final ServiceSearch search;
  private final Duration connectLimit;
  private final Runnable onFailure;
  private final Semaphore links = new Semaphore(Radio.MAX_LINKS, true);
  private final AtomicInteger active = new AtomicInteger();
  private final AtomicLong probingSince = new AtomicLong(IDLE);

  /**
   * @param onFailure called when somebody notices that the device answers no more
   */
  OpenAdapter(BlueCoveDevice device, Duration connectLimit, Runnable onFailure) {
    this.device = device;
    this.search = new ServiceSearch(device, connectLimit);
    this.connectLimit = connectLimit;
    this.onFailure = onFailure;
  }

  BlueCoveDevice device() {
    return device;
  }

  ServiceSearch search() {
    return search;
  }

  Duration connectLimit() {
    return connectLimit;
  }

  /** Places in the piconet. */
  Semaphore links() {
    return links;
  }

  int activeLinks() {
    return active.get();
  }

  void linkOpened() {
    active.incrementAndGet();
  }

  void linkClosed() {
    active.decrementAndGet();
    links.release();
  }

  /**
   * Asks the device once whether it still works. A stack that hasn't answered the last time for as
   * long as a connection may take is as good as one that says no.
   */
  void probe() {
    long now = System.nanoTime();
    long before = probingSince.compareAndExchange(IDLE, now);
    if (before == IDLE) {
      try {
        stillHealthy();
      } finally {
        probingSince.set(IDLE);
      }
    } else if (now - before > connectLimit.toNanos()) {
      onFailure.run();
    }
  }

  /** Asks the device whether it still works, and reports it if not. */
  boolean stillHealthy() {
    boolean healthy = device.healthy();
    if (!healthy) {
      onFailure.run();
    }
    return healthy;
  }
}
