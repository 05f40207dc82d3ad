package org.towncrier.hardware.bluecove;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.bluetooth.DeviceClass;
import javax.bluetooth.DiscoveryAgent;
import javax.bluetooth.DiscoveryListener;
import javax.bluetooth.LocalDevice;
import javax.bluetooth.RemoteDevice;
import javax.bluetooth.ServiceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Sighting;

/**
 * One look on one device, made of as many rounds of the stack's own length as fit, the last one
 * cancelled when the time is up.
 */
final class Inquiry {
  /** A stack that takes longer than this to end a cancelled round is stuck. */
  private static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

  /** Too little for a round: the inquiry scan interval of most phones (Core, 4.1.2: 1.28 s)/8. */
  private static final long SHORTEST_ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(160);

  /** Rounds that may fail one after the other before the adapter counts as failed. */
  private static final int TOLERATED = 3;

  private static final Logger log = LoggerFactory.getLogger(Inquiry.class);

  private final BlueCoveDevice device;
  private final AdapterId by;
  private final boolean carriesNames;
  private final InstantSource clock;
  private final Consumer<Sighting> onSighting;
  private volatile boolean stopped;
  private volatile @Nullable Round current;

  Inquiry(
      BlueCoveDevice device,
      AdapterId by,
      boolean carriesNames,
      InstantSource clock,
      Consumer<Sighting> onSighting) {
    this.device = device;
    this.by = by;
    this.carriesNames = carriesNames;
    this.clock = clock;
    this.onSighting = onSighting;
  }

  /**
   * Looks. Blocks.
   *
   * @throws IOException if the stack can't inquire
   */
  void run(Duration length) throws IOException, InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    int failed = 0;
    long left = length.toNanos();
    do {
      IOException failure = round(left);
      if (failure == null) {
        failed = 0;
      } else if (++failed == TOLERATED || !device.healthy()) {
        throw failure;
      }
      left = end - System.nanoTime();
    } while (!stopped && left > SHORTEST_ROUND_NANOS);
  }

  /** Ends the look early, from another thread. */
  void stop() {
    stopped = true;
    Round round = current;
    if (round != null) {
      try {
        device.call(() -> agent().cancelInquiry(round));
      } catch (IOException e) {
        log.debug("{} could not cancel an inquiry", by);
      }
    }
  }

  /** Why this round failed, if it did; an adapter that gets stuck in it fails the whole look. */
  private @Nullable IOException round(long nanos) throws IOException, InterruptedException {
    Round round = new Round();
    current = round;
    try {
      if (!device.call(() -> agent().startInquiry(DiscoveryAgent.GIAC, round))) {
        return new IOException("The stack does not start an inquiry");
      }
    } catch (IOException e) {
      return e;
    }
    if (!round.done.await(nanos, TimeUnit.NANOSECONDS)) {
      device.call(() -> agent().cancelInquiry(round));
      if (!round.done.await(CANCEL_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("The stack did not end an inquiry that was cancelled");
      }
    }
    return round.type == DiscoveryListener.INQUIRY_ERROR
        ? new IOException("The stack's inquiry failed")
        : null;
  }

  private static DiscoveryAgent agent() throws IOException {
    return LocalDevice.getLocalDevice().getDiscoveryAgent();
  }

  private void saw(RemoteDevice phone, DeviceClass type) {
    try {
      onSighting.accept(
          type instanceof HeardDeviceClass heard
              ? sighting(phone, heard, heard)
              : sighting(
                  phone,
                  type,
                  new HeardDeviceClass(
                      0, OptionalInt.empty(), carriesNames ? name(phone) : null, null, false)));
    } catch (RuntimeException e) {
      log.warn("Whoever listens to the sightings of {} failed", by, e);
    }
  }

  private Sighting sighting(RemoteDevice phone, DeviceClass type, HeardDeviceClass heard) {
    return new Sighting(
        BluetoothAddress.parse(phone.getBluetoothAddress()),
        type.getServiceClasses() | type.getMajorDeviceClass() | type.getMinorDeviceClass(),
        heard.rssi(),
        heard.name(),
        heard.services(),
        heard.allServices(),
        by,
        clock.instant());
  }

  private static @Nullable String name(RemoteDevice phone) {
    try {
      return phone.getFriendlyName(false);
    } catch (IOException e) {
      return null; // it left; a name is a courtesy
    }
  }

  private final class Round implements DiscoveryListener {
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int type = INQUIRY_ERROR;

    @Override
    public void deviceDiscovered(RemoteDevice phone, DeviceClass deviceClass) {
      saw(phone, deviceClass);
    }

    @Override
    public void inquiryCompleted(int discType) {
      type = discType;
      done.countDown();
    }

    @Override
    public void servicesDiscovered(int transaction, ServiceRecord[] records) {}

    @Override
    public void serviceSearchCompleted(int transaction, int response) {}
  }
}
