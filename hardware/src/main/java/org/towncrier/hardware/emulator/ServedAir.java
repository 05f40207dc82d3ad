package org.towncrier.hardware.emulator;

import java.io.IOException;
import java.net.ServerSocket;
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

  private final int port;
  private final Registry registry;
  private final Remote service;
  private final Remote control;

  private ServedAir(int port, Registry registry, Remote service, Remote control) {
    this.port = port;
    this.registry = registry;
    this.service = service;
    this.control = control;
  }

  /**
   * Serves an air on loopback.
   *
   * @param wanted 0 for any port that is free
   */
  static ServedAir serve(Remote service, AirControl control, int wanted) throws IOException {
    LoopbackSockets sockets = new LoopbackSockets();
    ServerSocket listening;
    try {
      listening = sockets.createServerSocket(wanted);
    } catch (IOException e) {
      throw new IOException("The emulated air can't be served on port " + wanted, e);
    }
    int port = listening.getLocalPort();
    // The registry doesn't tell which port it chose, so it is handed a socket that has one; from
    // then on the socket is RMI's to close.
    Registry registry = LocateRegistry.createRegistry(port, sockets, ignored -> listening);
    ServedAir served = new ServedAir(port, registry, service, control);
    try {
      registry.bind(SERVICE, UnicastRemoteObject.exportObject(service, 0, sockets, sockets));
      registry.bind(CONTROL, UnicastRemoteObject.exportObject(control, 0, sockets, sockets));
      return served;
    } catch (AlreadyBoundException | RemoteException e) {
      served.close();
      throw new IOException("The emulated air can't be served", e);
    }
  }

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
