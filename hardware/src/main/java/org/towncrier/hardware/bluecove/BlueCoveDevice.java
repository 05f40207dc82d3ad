package org.towncrier.hardware.bluecove;

import com.intel.bluetooth.BlueCoveImpl;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.bluetooth.LocalDevice;
import org.towncrier.hardware.BluetoothAddress;

/**
 * One open Bluetooth device of BlueCove's: a stack of its own, so that several adapters (or
 * emulated phones) live in one JVM. BlueCove knows a stack by the thread that calls; {@link #call}
 * lends it to the calling thread.
 */
public final class BlueCoveDevice {
  private final Object stackId;
  private final AtomicBoolean closed = new AtomicBoolean();

  private BlueCoveDevice(Object stackId) {
    this.stackId = stackId;
  }

  /** Something to do with a device. */
  public interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Opens a device. Blocks.
   *
   * @param properties BlueCove's configuration
   * @throws IOException if it can't be had, for whatever reason
   */
  public static BlueCoveDevice open(Map<String, String> properties) throws IOException {
    BlueCoveImpl.useThreadLocalBluetoothStack();
    // A second time, after forgetting what this thread may have used before: a new stack.
    BlueCoveImpl.releaseThreadBluetoothStack();
    BlueCoveImpl.useThreadLocalBluetoothStack();
    try {
      properties.forEach(BlueCoveImpl::setConfigProperty);
      BlueCoveDevice device = new BlueCoveDevice(BlueCoveImpl.getThreadBluetoothStackID());
      LocalDevice.getLocalDevice();
      return device;
    } catch (IOException | RuntimeException | LinkageError e) {
      throw failure(e);
    } finally {
      BlueCoveImpl.releaseThreadBluetoothStack();
    }
  }

  /**
   * Runs work with this device as the calling thread's.
   *
   * @throws IOException if the work failed or the device is closed; no address is in its message
   */
  public <T> T call(Work<T> work) throws IOException {
    if (closed.get()) {
      // BlueCove would open a new default stack instead.
      throw new IOException("The device is closed");
    }
    BlueCoveImpl.setThreadBluetoothStackID(stackId);
    try {
      return work.run();
    } catch (RuntimeException e) {
      throw failure(e);
    } finally {
      BlueCoveImpl.releaseThreadBluetoothStack();
    }
  }

  /** Whether the device still answers. */
  public boolean healthy() {
    try {
      return call(LocalDevice::isPowerOn);
    } catch (IOException e) {
      return false;
    }
  }

  /** Closes the device and every connection of it. May block on a sick stack. */
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    BlueCoveImpl.setThreadBluetoothStackID(stackId);
    try {
      BlueCoveImpl.shutdownThreadBluetoothStack();
    } catch (RuntimeException e) {
      throw failure(e);
    } finally {
      BlueCoveImpl.releaseThreadBluetoothStack();
    }
  }

  private static IOException failure(Throwable e) {
    String said = BluetoothAddress.scrub(e.getMessage());
    // The cause stays out: its message may hold an address.
    IOException failure = new IOException(said.isEmpty() ? e.getClass().getSimpleName() : said);
    failure.setStackTrace(e.getStackTrace());
    return failure;
  }
}
