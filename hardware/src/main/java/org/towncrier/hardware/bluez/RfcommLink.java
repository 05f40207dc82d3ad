package org.towncrier.hardware.bluez;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.towncrier.hardware.BluetoothAddress;

/**
 * An RFCOMM link to a phone. Reading and writing wait as long as it takes; {@link #close()} from
 * another thread frees them at once.
 */
public final class RfcommLink implements Closeable {
  /** Longer than a last packet takes on a bad link, and shorter than anybody waits for an end. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final SocketGroup group;
  private final BluetoothSocket socket;
  private final BluetoothAddress phone;
  private final Drop drop;

  /** Something that ends the link to the phone below RFCOMM. */
  interface Drop {
    void run() throws IOException;
  }

  RfcommLink(SocketGroup group, BluetoothSocket socket, BluetoothAddress phone, Drop drop) {
    this.group = group;
    this.socket = socket;
    this.phone = phone;
    this.drop = drop;
  }

  public BluetoothAddress phone() {
    return phone;
  }

  /**
   * Reads what has come, and waits when nothing has.
   *
   * @return how many bytes; -1 when the phone has closed the link
   */
  public int read(byte[] into, int offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    int read = socket.read(bytes, Deadline.NEVER);
    if (read > 0) {
      System.arraycopy(bytes, 0, into, offset, read);
    }
    return read;
  }

  /** Writes all of it. */
  public void write(byte[] from, int offset, int length) throws IOException {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      at += socket.write(Arrays.copyOfRange(from, at, end), Deadline.NEVER);
    }
  }

  /** Bytes that can be read without waiting. */
  public int available() throws IOException {
    return socket.available();
  }

  /**
   * Closes it, and frees whoever reads or writes at once. Then blocks for a moment while the last
   * bytes go out; when the phone takes nothing any more, its whole link is cut: the kernel would
   * wait 20 s for it, and keep a place in the piconet. May be called again.
   */
  @Override
  public void close() throws IOException {
    boolean stuck;
    try {
      stuck = socket.closeWhenSent(PATIENCE);
    } finally {
      group.close(socket);
    }
    if (stuck && !group.closed()) {
      drop.run();
    }
  }
}
