package org.towncrier.hardware.bluez;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.towncrier.hardware.BluetoothAddress;

/**
 * A socket of the kernel's Bluetooth. Every wait ends by a deadline, or at once when another thread
 * closes it; the descriptor is given back when the last thread has left, never while one uses it.
 */
final class BluetoothSocket implements Closeable {
  private static final long DRAIN_NANOS = 5_000_000;

  private final int fd;
  private final int wake;
  private final Object lock = new Object();
  private int users;
  private boolean closed;

  private BluetoothSocket(int type, int protocol) throws IOException {
    fd = LibC.socket(type, protocol);
    try {
      wake = LibC.eventfd();
    } catch (IOException e) {
      LibC.close(fd);
      throw e;
    }
  }

  /** Something that may fail after the socket was opened. */
  private interface Setup {
    void run(int fd) throws IOException;
  }

  /**
   * A socket bound to an adapter's commands and events, or to the management interface.
   *
   * @param index N of hciN, or {@link HciChannel#NO_ADAPTER}
   */
  static BluetoothSocket hci(int index, HciChannel channel) throws IOException {
    return open(
        LibC.SOCK_RAW, LibC.BTPROTO_HCI, fd -> LibC.bind(fd, SocketAddress.hci(index, channel)));
  }

  /** An HCI socket bound to nothing, for the requests that list adapters. */
  static BluetoothSocket hciUnbound() throws IOException {
    return open(LibC.SOCK_RAW, LibC.BTPROTO_HCI, fd -> {});
  }

  /**
   * An L2CAP socket that speaks in packets.
   *
   * @param local the adapter's address
   */
  static BluetoothSocket l2cap(BluetoothAddress local) throws IOException {
    return open(
        LibC.SOCK_SEQPACKET,
        LibC.BTPROTO_L2CAP,
        fd -> LibC.bind(fd, SocketAddress.l2cap(local, 0)));
  }

  /**
   * An RFCOMM socket, a stream.
   *
   * @param local the adapter's address
   */
  static BluetoothSocket rfcomm(BluetoothAddress local) throws IOException {
    return open(
        LibC.SOCK_STREAM, LibC.BTPROTO_RFCOMM, fd -> LibC.bind(fd, SocketAddress.rfcomm(local, 0)));
  }

  private static BluetoothSocket open(int type, int protocol, Setup setup) throws IOException {
    BluetoothSocket socket = new BluetoothSocket(type, protocol);
    boolean ready = false;
    try {
      setup.run(socket.fd);
      ready = true;
      return socket;
    } finally {
      if (!ready) {
        socket.close();
      }
    }
  }

  /**
   * Connects.
   *
   * @param address of the other side, by {@link SocketAddress}
   * @throws SocketTimeoutException if the deadline passed first
   * @throws AsynchronousCloseException if another thread closed the socket
   */
  void connect(byte[] address, Deadline deadline) throws IOException {
    enter();
    try {
      LibC.connect(fd, address);
      int ready = await(LibC.POLLOUT, deadline);
      int error = LibC.pendingError(fd);
      if (error == 0 && (ready & LibC.POLLHUP) != 0) {
        error = Errno.ECONNRESET.number(); // it was there for a moment
      }
      if (error != 0) {
        throw new ErrnoException("connect to the phone", error);
      }
    } finally {
      leave();
    }
  }

  /**
   * Reads what has come, and waits when nothing has.
   *
   * @return how many bytes; -1 at the end
   * @throws SocketTimeoutException if the deadline passed first
   * @throws AsynchronousCloseException if another thread closed the socket
   */
  int read(byte[] into, Deadline deadline) throws IOException {
    enter();
    try {
      while (true) {
        // Whoever reads has asked something, and the answer is hardly ever there yet.
        await(LibC.POLLIN, deadline);
        int read = LibC.read(fd, into);
        if (read >= 0) {
          return read == 0 ? -1 : read;
        }
      }
    } finally {
      leave();
    }
  }

  /**
   * Writes as much as there is room for, and waits for room when there is none.
   *
   * @return how many bytes
   * @throws SocketTimeoutException if the deadline passed first
   * @throws AsynchronousCloseException if another thread closed the socket
   */
  int write(byte[] bytes, Deadline deadline) throws IOException {
    enter();
    try {
      while (true) {
        int written = LibC.write(fd, bytes);
        if (written >= 0) {
          return written;
        }
        await(LibC.POLLOUT, deadline);
      }
    } finally {
      leave();
    }
  }

  /** Bytes that can be read without waiting. */
  int available() throws IOException {
    byte[] count = new byte[4];
    ioctl(LibC.FIONREAD, count);
    return Bytes.nativeInt(count, 0);
  }

  /** See {@link LibC#ioctl(int, long, byte[])}. */
  int ioctl(long request, byte[] argument) throws IOException {
    enter();
    try {
      return LibC.ioctl(fd, request, argument);
    } finally {
      leave();
    }
  }

  /** See {@link LibC#ioctl(int, long, int)}. */
  int ioctl(long request, int argument) throws IOException {
    enter();
    try {
      return LibC.ioctl(fd, request, argument);
    } finally {
      leave();
    }
  }

  void setOption(int level, int option, byte[] value) throws IOException {
    enter();
    try {
      LibC.setOption(fd, level, option, value);
    } finally {
      leave();
    }
  }

  /**
   * @param value where it goes
   * @return its length
   */
  int getOption(int level, int option, byte[] value) throws IOException {
    enter();
    try {
      return LibC.getOption(fd, level, option, value);
    } finally {
      leave();
    }
  }

  /**
   * Closes the socket, frees whoever waits on it at once, and lets what was written go out, for a
   * while.
   *
   * @return whether something did not go out: the other side takes nothing any more
   */
  boolean closeWhenSent(Duration patience) throws IOException {
    synchronized (lock) {
      if (closed) {
        return false;
      }
      users++; // so that the descriptor stays for a moment
      close();
    }
    try {
      Deadline deadline = Deadline.in(patience);
      while (LibC.unsent(fd) > 0) {
        if (deadline.passed()) {
          return true;
        }
        // Nothing tells of a buffer that is empty, so look again in a moment.
        LockSupport.parkNanos(DRAIN_NANOS);
      }
      return false;
    } finally {
      leave();
    }
  }

  /** Closes the socket and frees whoever waits on it. Never blocks; may be called again. */
  @Override
  public void close() throws IOException {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      if (users == 0) {
        release();
      } else {
        LibC.signal(wake);
      }
    }
  }

  private void enter() throws IOException {
    synchronized (lock) {
      if (closed) {
        throw new ClosedChannelException();
      }
      users++;
    }
  }

  private void leave() {
    synchronized (lock) {
      users--;
      if (closed && users == 0) {
        release();
      }
    }
  }

  private void release() {
    LibC.close(fd);
    LibC.close(wake);
  }

  /** Waits until the socket is ready, has failed or has ended. */
  private int await(short events, Deadline deadline) throws IOException {
    while (true) {
      int ready = LibC.poll(fd, events, wake, deadline.pollMillis());
      synchronized (lock) {
        if (closed) {
          throw new AsynchronousCloseException();
        }
      }
      if (ready != 0) {
        return ready;
      }
      if (deadline.passed()) {
        throw new SocketTimeoutException("The deadline passed");
      }
    }
  }
}
