package org.towncrier.hardware.emulator;

import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.RMIServerSocketFactory;

/** Keeps the emulated air on this machine: RMI would listen on every interface. */
final class LoopbackSockets
    implements RMIClientSocketFactory, RMIServerSocketFactory, Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BACKLOG = 200;

  /** The port last listened on. */
  private transient volatile int port;

  @Override
  public ServerSocket createServerSocket(int wanted) throws IOException {
    ServerSocket socket = new ServerSocket(wanted, BACKLOG, InetAddress.getLoopbackAddress());
    port = socket.getLocalPort();
    return socket;
  }

  @Override
  public Socket createSocket(String host, int wanted) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), wanted);
  }

  int port() {
    return port;
  }
}
