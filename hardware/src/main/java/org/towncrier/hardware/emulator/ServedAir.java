package org.towncrier.hardware.emulator;

import java.io.IOException;
import java.rmi.AlreadyBoundException;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An air of this JVM that other processes of this machine may enter through a port. */
final class ServedAir implements AutoCloseable {
  /** Where BlueCove looks for it. */
  static final String SERVICE = "BlueCoveRMIService";

  static final String CONTROL = "TowncrierAirControl";

  private static final Logger log = LoggerFactory.getLogger(ServedAir.class);

  private final LoopbackSockets sockets = new LoopbackSockets();
  private final Registry registry;
  private final Remote service;
  private final Remote control;

  private ServedAir(Remote service, Remote control, int port) throws IOException {
    this.service = service;
    this.control = control;
    try {
      registry = LocateRegistry.createRegistry(port, sockets, sockets);
    } catch (RemoteException e) {
      throw new IOException("The emulated air can't be served on port " + port, e);
    }
  }

  /**
   * Serves an air on loopback.
   *
   * @param port 0 for any that is free
   */
  static ServedAir serve(Remote service, AirControl control, int port) throws IOException {
    ServedAir served = new ServedAir(service, control, port);
    int chosen = served.sockets.port();
    LoopbackSockets others = new LoopbackSockets();
    try {
      served.registry.bind(SERVICE, UnicastRemoteObject.exportObject(service, 0, others, others));
      served.registry.bind(CONTROL, UnicastRemoteObject.exportObject(control, 0, others, others));
    } catch (AlreadyBoundException | RemoteException e) {
      served.close();
      throw new IOException("The emulated air can't be served on port " + chosen, e);
    }
    served.port = chosen;
    return served;
  }

  private int port;

  int port() {
    return port;
  }

  /** What is served on a port of this machine. */
  static <T> T find(int port, String name, Class<T> type) throws IOException {
    try {
      return type.cast(
          LocateRegistry.getRegistry("localhost", port, new LoopbackSockets()).lookup(name));
    } catch (NotBoundException | RemoteException e) {
      throw new IOException("There is no emulated air on port " + port + " of this machine", e);
    }
  }

  @Override
  public void close() {
    for (Remote exported : new Remote[] {registry, service, control}) {
      try {
        UnicastRemoteObject.unexportObject(exported, true);
      } catch (NoSuchObjectException e) {
        log.debug("It was not served any more");
      }
    }
  }
}
