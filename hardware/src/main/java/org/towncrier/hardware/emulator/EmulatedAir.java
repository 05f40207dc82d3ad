package org.towncrier.hardware.emulator;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;

/**
 * The air in which emulated phones and emulated adapters meet: inside this process, or served by
 * another one on this machine. All emulated devices of a process are in one air; {@link
 * EmulatedAddress} tells its places apart.
 */
public final class EmulatedAir implements AutoCloseable {
  private final int port;
  private final InstantSource clock;
  private final Set<EmulatedPhone> phones = ConcurrentHashMap.newKeySet();
  private final ExecutorService sessions =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "phone-session");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable JvmAir jvm;
  private @Nullable ServedAir served;
  private boolean closed;

  /**
   * @param port where the air is served on this machine; 0 for an air inside this process, where
   *     radios find it with {@code new EmulatorStack(0)}
   * @param clock dates receipts and prompts
   */
  public EmulatedAir(int port, InstantSource clock) {
    this.port = port;
    this.clock = clock;
  }

  /**
   * Enters the air.
   *
   * @throws IOException if there is none on that port, or this process is in another one
   */
  public synchronized EmulatedAir start() throws IOException {
    if (jvm != null || closed) {
      throw new IllegalStateException("An air is started once");
    }
    jvm = JvmAir.hold(port);
    return this;
  }

  /**
   * Lets other processes of this machine into an air that is inside this one, on loopback only.
   *
   * @param onPort 0 for any that is free
   * @return the port, for {@code new EmulatorStack(port)} and {@code new EmulatedAir(port, …)} over
   *     there
   */
  public synchronized int serve(int onPort) throws IOException {
    if (served != null) {
      throw new IllegalStateException("The air is served already, on port " + served.port());
    }
    ServedAir serving = jvm().serve(onPort);
    served = serving;
    return serving.port();
  }

  /** A phone that has not appeared yet. */
  public EmulatedPhone phone(PhoneSettings settings, PhoneWitness witness) {
    EmulatedPhone phone = new EmulatedPhone(this, settings, witness, clock);
    phones.add(phone);
    return phone;
  }

  /** A phone that has not appeared yet, and is its own witness. */
  public EmulatedPhone phone(PhoneSettings settings) {
    return phone(settings, PhoneWitness.none());
  }

  /** Pulls an adapter out: everything on it breaks, and it can't be opened. */
  public void unplug(BluetoothAddress adapter) throws IOException {
    control().setPlugged(adapter.value(), false);
  }

  /** Puts an adapter back. */
  public void plugIn(BluetoothAddress adapter) throws IOException {
    control().setPlugged(adapter.value(), true);
  }

  /** Devices in the air now, adapters and phones of every process. */
  public int devices() throws IOException {
    return control().devices();
  }

  /** Every phone of this process leaves; an air inside this process ends. */
  @Override
  public void close() {
    List<EmulatedPhone> leaving;
    JvmAir was;
    ServedAir serving;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      leaving = new ArrayList<>(phones);
      was = jvm;
      serving = served;
    }
    leaving.forEach(EmulatedPhone::close);
    sessions.shutdownNow();
    try {
      sessions.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (serving != null) {
      serving.close();
    }
    if (was != null) {
      was.leave();
    }
  }

  AirControl control() {
    return jvm().control();
  }

  Executor sessions() {
    return sessions;
  }

  void gone(EmulatedPhone phone) {
    phones.remove(phone);
  }

  private synchronized JvmAir jvm() {
    JvmAir now = jvm;
    if (now == null || closed) {
      throw new IllegalStateException("The air is not started, or closed");
    }
    return now;
  }
}
