package com.intel.bluetooth;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.bluetooth.BluetoothStateException;
import javax.bluetooth.DiscoveryListener;
import javax.bluetooth.LocalDevice;
import javax.bluetooth.RemoteDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.bluecove.HeardDeviceClass;
import org.towncrier.hardware.bluez.DeviceInquiry;
import org.towncrier.hardware.bluez.InquiryResponse;

/** One inquiry on a thread of its own. */
final class InquiryRun {
  private static final Logger log = LoggerFactory.getLogger(InquiryRun.class);

  /** How long the start of an inquiry is awaited, so that it can be told why there is none. */
  private static final long BEGIN_SECONDS = 3;

  private final OpenStack open;
  private final DiscoveryListener listener;
  private final DeviceInquiry inquiry;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();

  InquiryRun(OpenStack open, int accessCode, Duration length, DiscoveryListener listener)
      throws IOException {
    this.open = open;
    this.listener = listener;
    this.inquiry = open.adapter().look(accessCode, length, () -> begun.complete(null), this::heard);
  }

  /**
   * Starts it.
   *
   * @throws BluetoothStateException if the adapter does not take it on; the listener is told
   *     nothing
   */
  void start() throws BluetoothStateException {
    Thread thread = new Thread(this::run, "bluez-look-hci" + open.adapter().index());
    thread.setDaemon(true);
    thread.start();
    try {
      begun.get(BEGIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw Translation.stateException(e.getCause());
    } catch (TimeoutException e) {
      // From now on the listener is told its end; one that failed just now is told here.
      if (!begun.complete(null) && begun.isCompletedExceptionally()) {
        throw Translation.stateException(begun.handle((none, why) -> why).join());
      }
      log.debug("The start of a look takes its time");
    } catch (InterruptedException e) {
      cancel(listener);
      Thread.currentThread().interrupt();
    }
  }

  boolean cancel(DiscoveryListener of) {
    if (of != listener) {
      return false;
    }
    try {
      inquiry.cancel();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void run() {
    int end;
    try {
      end =
          inquiry.run()
              ? DiscoveryListener.INQUIRY_COMPLETED
              : DiscoveryListener.INQUIRY_TERMINATED;
    } catch (IOException | RuntimeException e) {
      log.debug(
          "Looking with hci{} failed: {}",
          open.adapter().index(),
          BluetoothAddress.scrub(e.getMessage()));
      open.ended(this);
      if (!begun.completeExceptionally(e)) {
        listener.inquiryCompleted(DiscoveryListener.INQUIRY_ERROR);
      }
      return;
    }
    open.ended(this);
    begun.complete(null);
    listener.inquiryCompleted(end);
  }

  private void heard(InquiryResponse response) {
    RemoteDevice device = device(response.address());
    if (device != null) {
      listener.deviceDiscovered(
          device,
          new HeardDeviceClass(
              response.classOfDevice(),
              response.rssi(),
              response.name(),
              response.services(),
              response.allServices()));
    }
  }

  /**
   * JSR-82's remote device asks for the local one, for which BlueCove opens a new stack if this one
   * was closed meanwhile. So closing is kept out, by the locks that BlueCove takes, in its order.
   */
  private RemoteDevice device(BluetoothAddress address) {
    synchronized (LocalDevice.class) {
      synchronized (BlueCoveImpl.class) {
        if (open.closed()) {
          return null;
        }
        Object before = BlueCoveImpl.getCurrentThreadBluetoothStackID();
        BlueCoveImpl.setThreadBluetoothStack(open.stack());
        try {
          return new Heard(address.hex());
        } finally {
          if (before == null && BlueCoveImpl.getCurrentThreadBluetoothStackID() != null) {
            BlueCoveImpl.releaseThreadBluetoothStack();
          }
        }
      }
    }
  }

  private static final class Heard extends RemoteDevice {
    Heard(String hex) {
      super(hex);
    }
  }
}
