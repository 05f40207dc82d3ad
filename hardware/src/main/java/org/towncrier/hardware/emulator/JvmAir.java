package org.towncrier.hardware.emulator;

import java.io.IOException;
import java.rmi.Remote;
import org.jspecify.annotations.Nullable;

/**
 * The one emulated air that the devices of this JVM are in. BlueCove keeps it in a static field,
 * hence the static state here, and only here.
 */
final class JvmAir {
  private static final Object LOCK = new Object();
  private static @Nullable JvmAir current;
  private static int holders;

  private final int port;
  private final AirControl control;
  private final @Nullable AirService local;
  private final @Nullable Remote service;
  private int servedOn;

  private JvmAir(
      int port, AirControl control, @Nullable AirService local, @Nullable Remote service) {
    this.port = port;
    this.control = control;
    this.local = local;
    this.service = service;
  }

  /**
   * Puts this JVM's devices into an air, without holding on to it.
   *
   * @param port where the air is served; 0 for one inside this JVM
   * @throws IOException if nothing is served there, or this JVM's devices are in another air
   */
  static JvmAir enter(int port) throws IOException {
    synchronized (LOCK) {
      JvmAir now = current;
      if (now != null && now.local != null && (port == 0 || port == now.servedOn)) {
        return now;
      }
      if (now != null && now.port != port && holders > 0) {
        throw new IOException(
            "All emulated devices of a process share one air; this one's is on port "
                + (now.local == null ? now.port : now.servedOn)
                + ", not "
                + port);
      }
      // One that is served elsewhere may have been restarted since: look it up afresh.
      JvmAir entered = port == 0 ? inside() : elsewhere(port);
      current = entered;
      return entered;
    }
  }

  /** As {@link #enter}, and keeps it until {@link #leave}. */
  static JvmAir hold(int port) throws IOException {
    synchronized (LOCK) {
      JvmAir held = enter(port);
      holders++;
      return held;
    }
  }

  /** Lets go; the last one out of an air inside this JVM takes its devices with it. */
  void leave() {
    synchronized (LOCK) {
      holders--;
      if (holders == 0) {
        if (local != null) {
          local.clear();
        }
        current = null;
      }
    }
  }

  AirControl control() {
    return control;
  }

  /** Lets other processes in. */
  ServedAir serve(int onPort) throws IOException {
    if (local == null || service == null) {
      throw new IOException("Only an air inside this process can be served");
    }
    ServedAir served = ServedAir.serve(service, control, onPort);
    synchronized (LOCK) {
      servedOn = served.port();
    }
    return served;
  }

  private static JvmAir inside() {
    EmulatorInternals internals = new EmulatorInternals();
    AirService service = new AirService(internals);
    Remote remote = internals.service(service::handle);
    internals.bind(remote);
    return new JvmAir(0, service, service, remote);
  }

  private static JvmAir elsewhere(int port) throws IOException {
    AirControl control = ServedAir.find(port, ServedAir.CONTROL, AirControl.class);
    new EmulatorInternals().bind(ServedAir.find(port, ServedAir.SERVICE, Remote.class));
    return new JvmAir(port, control, null, null);
  }
}
