package org.towncrier.hardware.bluez;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The kernel's Bluetooth management channel: how adapters are listed and switched. Reading needs no
 * rights, switching {@code CAP_NET_ADMIN}. One thread at a time.
 */
final class Management implements Closeable {
  /**
   * How long the kernel may take. Its own limit for one command to an adapter is 2 s, and switching
   * one on is some dozens of them, on some adapters with loading their firmware.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long an adapter that is being changed by somebody else is asked again. */
  private static final Duration BUSY_FOR = Duration.ofSeconds(3);

  private static final Duration BUSY_WAIT = Duration.ofMillis(100);

  private static final int COMMAND_COMPLETE = 0x0001;
  private static final int COMMAND_STATUS = 0x0002;
  private static final int HEADER = 6;
  private static final int LONGEST = 4096;

  /** Whole packets to the kernel and from it. */
  interface Packets extends Closeable {
    void send(byte[] packet) throws IOException;

    /**
     * @return the next one, its length that of the array
     * @throws SocketTimeoutException if none came in time
     */
    byte[] receive(Deadline deadline) throws IOException;
  }

  private final Packets packets;

  Management(Packets packets) {
    this.packets = packets;
  }

  /**
   * Opens the channel.
   *
   * @throws IOException if this kernel has no Bluetooth
   */
  static Management open() throws IOException {
    BluetoothSocket socket = BluetoothSocket.hci(HciChannel.NO_ADAPTER, HciChannel.CONTROL);
    return new Management(
        new Packets() {
          private final byte[] buffer = new byte[LONGEST];

          @Override
          public void send(byte[] packet) throws IOException {
            socket.write(packet, Deadline.in(PATIENCE));
          }

          @Override
          public byte[] receive(Deadline deadline) throws IOException {
            int length = socket.read(buffer, deadline);
            if (length < 0) {
              throw new IOException("The kernel closed its Bluetooth management channel");
            }
            return Arrays.copyOf(buffer, length);
          }

          @Override
          public void close() throws IOException {
            socket.close();
          }
        });
  }

  /** The adapters there are, by N of hciN, in order. */
  List<Integer> adapters() throws IOException {
    byte[] answer = ask(ManagementCommand.LIST_ADAPTERS, HciChannel.NO_ADAPTER);
    List<Integer> indexes = new ArrayList<>();
    for (int at = 2; at + 2 <= answer.length; at += 2) {
      indexes.add(Bytes.little16(answer, at));
    }
    indexes.sort(null);
    return indexes;
  }

  AdapterFacts read(int index) throws IOException {
    byte[] answer = ask(ManagementCommand.READ_ADAPTER, index);
    if (answer.length < AdapterFacts.BYTES) {
      throw new IOException("The kernel described hci%d in too few bytes".formatted(index));
    }
    return AdapterFacts.parse(index, answer);
  }

  /**
   * Has one command carried out.
   *
   * @return what the kernel answered, without its header
   * @throws ManagementException if it refused
   * @throws IOException if it did not answer
   */
  byte[] ask(ManagementCommand command, int index, byte... parameters) throws IOException {
    Deadline busyUntil = Deadline.in(BUSY_FOR);
    while (true) {
      try {
        return askOnce(command, index, parameters);
      } catch (ManagementException e) {
        if (e.status() != ManagementStatus.BUSY || busyUntil.passed()) {
          throw e;
        }
        passEvents(Deadline.in(BUSY_WAIT));
      }
    }
  }

  private byte[] askOnce(ManagementCommand command, int index, byte... parameters)
      throws IOException {
    packets.send(
        ByteBuffer.allocate(HEADER + parameters.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) command.code())
            .putShort((short) index)
            .putShort((short) parameters.length)
            .put(parameters)
            .array());
    Deadline deadline = Deadline.in(PATIENCE);
    while (true) {
      byte[] packet;
      try {
        packet = packets.receive(deadline);
      } catch (SocketTimeoutException e) {
        throw new IOException(
            "The kernel did not answer %s for %d s; restart this machine"
                .formatted(command, PATIENCE.toSeconds()),
            e);
      }
      if (answers(packet, command, index)) {
        int status = Bytes.unsigned(packet, HEADER + 2);
        if (status != 0) {
          throw new ManagementException(command, index, status);
        }
        return Arrays.copyOfRange(packet, HEADER + 3, packet.length);
      }
    }
  }

  /** Whether a packet is the end of that command, not one of the events that come in between. */
  private static boolean answers(byte[] packet, ManagementCommand command, int index) {
    if (packet.length < HEADER + 3) {
      return false;
    }
    int event = Bytes.little16(packet, 0);
    return (event == COMMAND_COMPLETE || event == COMMAND_STATUS)
        && Bytes.little16(packet, 2) == index
        && Bytes.little16(packet, HEADER) == command.code();
  }

  /** Lets time pass, and events with it. */
  private void passEvents(Deadline deadline) throws IOException {
    try {
      while (true) {
        packets.receive(deadline);
      }
    } catch (SocketTimeoutException passed) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    packets.close();
  }
}
