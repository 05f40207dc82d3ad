package org.towncrier.hardware.bluez;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What belongs together and is closed together: the sockets of an adapter, or of one search. Once
 * closed, nothing joins it any more, so nothing can be left open behind it.
 */
final class SocketGroup implements Closeable {
  private final Set<Closeable> members = new HashSet<>();
  private final @Nullable SocketGroup whole;
  private boolean closed;

  SocketGroup() {
    this(null);
  }

  private SocketGroup(@Nullable SocketGroup whole) {
    this.whole = whole;
  }

  /** Something that opens a socket. */
  interface Opening {
    BluetoothSocket open() throws IOException;
  }

  /**
   * Opens a socket as a member.
   *
   * @throws ClosedChannelException if the group is closed
   */
  synchronized BluetoothSocket open(Opening opening) throws IOException {
    mustBeOpen();
    BluetoothSocket socket = opening.open();
    members.add(socket);
    return socket;
  }

  /** A group that is closed with this one, or before it. */
  synchronized SocketGroup part() throws IOException {
    mustBeOpen();
    SocketGroup part = new SocketGroup(this);
    members.add(part);
    return part;
  }

  /** Closes a member and forgets it. */
  void close(Closeable member) throws IOException {
    forget(member);
    member.close();
  }

  /**
   * Lets some time pass.
   *
   * @throws AsynchronousCloseException at once when the group is closed
   */
  synchronized void pause(long millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    try {
      while (!closed && end - System.nanoTime() > 0) {
        wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AsynchronousCloseException();
    }
    if (closed) {
      throw new AsynchronousCloseException();
    }
  }

  synchronized boolean isEmpty() {
    return members.isEmpty();
  }

  synchronized boolean closed() {
    return closed;
  }

  /** Closes all members and frees whoever waits on them. Never blocks; may be called again. */
  @Override
  public void close() throws IOException {
    List<Closeable> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(members);
      members.clear();
      notifyAll();
    }
    if (whole != null) {
      whole.forget(this);
    }
    for (Closeable member : all) {
      member.close();
    }
  }

  private synchronized void forget(Closeable member) {
    members.remove(member);
  }

  private void mustBeOpen() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
