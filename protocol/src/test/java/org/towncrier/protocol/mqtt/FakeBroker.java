package org.towncrier.protocol.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers each packet with the next of its lines, in ways a real broker won't. */
final class FakeBroker implements AutoCloseable {
  static final byte[] CONNACK = {0x20, 2, 0, 0};
  static final byte[] SUBACK_REFUSED = {(byte) 0x90, 3, 0, 1, (byte) 0x80};

  final AtomicInteger visits = new AtomicInteger();
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final boolean curt;
  private final byte[][] lines;

  FakeBroker(byte[]... lines) throws IOException {
    this(false, lines);
  }

  /** As a proxy does whose broker is away. */
  static FakeBroker closingAtOnce() throws IOException {
    return new FakeBroker(true);
  }

  private FakeBroker(boolean curt, byte[]... lines) throws IOException {
    this.curt = curt;
    this.lines = lines;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  URI url(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket visitor = server.accept();
        sockets.add(visitor);
        visits.incrementAndGet();
        if (curt) {
          visitor.close();
          continue;
        }
        daemon(() -> serve(visitor));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket visitor) {
    try {
      DataInputStream in = new DataInputStream(visitor.getInputStream());
      for (byte[] line : lines) {
        in.readUnsignedByte();
        in.readFully(new byte[in.readUnsignedByte()]);
        visitor.getOutputStream().write(line);
      }
      in.readAllBytes();
    } catch (IOException gone) {
      // The visitor left.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "fake-broker");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
