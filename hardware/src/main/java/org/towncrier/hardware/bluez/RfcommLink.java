package org.towncrier.hardware.bluez;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.towncrier.hardware.BluetoothAddress;

/**
 * An RFCOMM link to a phone. Reading and writing wait as long as it takes; {@link #close()} from
 * another thread frees them at once.
 */
public final class RfcommLink implements Closeable {
  private final SocketGroup group;
  private final BluetoothSocket socket;
  private final BluetoothAddress phone;

  RfcommLink(SocketGroup group, BluetoothSocket socket, BluetoothAddress phone) {
    this.group = group;
    this.socket = socket;
    this.phone = phone;
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

  /** Closes it. Never blocks; may be called again. */
  @Override
  public void close() throws IOException {
    group.close(socket);
  }
}
