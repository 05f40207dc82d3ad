package org.towncrier.hardware.obex;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A phone that answers by a script, byte for byte, over a real socket. */
final class ScriptedPhone implements AutoCloseable {
  /** One step: reads a request, or does something else with the link. */
  interface Step {
    void run(Link link) throws IOException, InterruptedException;
  }

  record Link(InputStream in, OutputStream out, Socket socket, List<ObexPacket> requests) {
    ObexPacket request() throws IOException {
      ObexPacket request = ObexPacket.read(in, ObexPacket.LARGEST_MAX);
      requests.add(request);
      return request;
    }
  }

  private final ServerSocket server;
  private final List<ObexPacket> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch hungUp = new CountDownLatch(1);

  ScriptedPhone(Step... script) throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> play(script), "scripted-phone");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers the next request with these bytes, as they are. */
  static Step raw(int... octets) {
    return link -> {
      link.request();
      for (int octet : octets) {
        link.out().write(octet);
      }
      link.out().flush();
    };
  }

  /** Answers the next request with a code and no headers. */
  static Step code(int code) {
    return raw(code, 0, 3);
  }

  /** Answers CONNECT. */
  static Step connected(int maxPacket) {
    return raw(0xA0, 0, 7, 0x10, 0, maxPacket >> 8, maxPacket & 0xFF);
  }

  /** Reads the next request and hangs up. */
  static Step hangUp() {
    return link -> {
      link.request();
      link.socket().close();
    };
  }

  /** Reads the next request and never answers. */
  static Step silence() {
    return link -> {
      link.request();
      while (link.in().read() >= 0) {
        continue; // until the other side has enough
      }
    };
  }

  /** What it was asked, in order. */
  List<ObexPacket> requests() {
    return requests;
  }

  /** Waits until the sender is gone. */
  void awaitHangUp() throws InterruptedException {
    hungUp.await();
  }

  /** A link to it. */
  LinkSource source() {
    return new LinkSource() {
      @Override
      public ObexLink open() throws LinkFailure {
        try {
          return new SocketLink(
              new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }

      @Override
      public boolean healthy() {
        return true;
      }
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void play(Step[] script) {
    try (Socket socket = server.accept()) {
      Link link = new Link(socket.getInputStream(), socket.getOutputStream(), socket, requests);
      for (Step step : script) {
        step.run(link);
      }
      while (!socket.isClosed() && link.in().read() >= 0) {
        continue; // whatever else is said, the script is over
      }
    } catch (IOException | InterruptedException e) {
      // The sender hung up in the middle of the script: what the tests are about.
    } finally {
      hungUp.countDown();
    }
  }

  record SocketLink(Socket socket) implements ObexLink {
    @Override
    public InputStream in() {
      try {
        return socket.getInputStream();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public OutputStream out() {
      try {
        return socket.getOutputStream();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
