package org.towncrier.hardware.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.towncrier.hardware.BluetoothAddress;

/**
 * The air inside the rig: commands to its switchboard ({@code guest/phones.py}; README.md has the
 * list) and what happened to its phones. Controllers are known by a number from 0 on.
 */
public final class Air implements AutoCloseable {
  private static final Path CONTROL = Path.of("/run/rig-control");
  private static final Path EVENTS = Path.of("/tmp/rig/events");

  private final SocketChannel channel;
  private final BufferedReader answers;

  /** Connects to the switchboard of the rig that this process runs in. */
  public Air() throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(CONTROL));
    answers = new BufferedReader(Channels.newReader(channel, UTF_8));
  }

  /**
   * A phone begins anew with this policy, such as {@code android:yes:8}.
   *
   * @return the number of its new life, which its events carry as {@code life}
   */
  public int set(int phone, String policy) throws IOException {
    return Integer.parseInt(command("set " + phone + " " + policy));
  }

  /**
   * Says something to the switchboard, and waits until it is done.
   *
   * @return what it answered, without the "ok"
   * @throws IOException if it could not do it
   */
  public synchronized String command(String words) throws IOException {
    channel.write(ByteBuffer.wrap((words + "\n").getBytes(UTF_8)));
    String answer = answers.readLine();
    if (answer == null || !answer.startsWith("ok")) {
      throw new IOException("The rig could not " + words + ": " + answer);
    }
    return answer.substring(2).strip();
  }

  /**
   * Ends bluetoothd for good, as {@code systemctl mask --now bluetooth.service} does on a node.
   * Beside it nobody can meet a phone twice in a row: at the end of a link to a phone that paired
   * without being bonded, bluetoothd lets the kernel forget that phone, which also cuts or refuses
   * the link that may be there again by then. Nor can many be met at once: it answers for all of
   * them and lets five calls wait, more are refused.
   */
  public void mask() throws IOException {
    command("mask");
  }

  /** Links the kernel has open on this controller. */
  public int links(int controller) throws IOException {
    return Integer.parseInt(command("links " + controller));
  }

  /** A controller's address. */
  public static BluetoothAddress address(int controller) {
    return BluetoothAddress.parse("00:AA:01:%02X:00:%02X".formatted(controller, controller));
  }

  /** Everything that has happened to any phone until now. */
  public static List<AirEvent> events() throws IOException {
    return Files.readAllLines(EVENTS).stream().map(AirEvent::parse).toList();
  }

  /** What has happened to one phone, of one kind. */
  public static List<AirEvent> events(int phone, String what) throws IOException {
    return events().stream().filter(e -> e.phone() == phone && e.what().equals(what)).toList();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
