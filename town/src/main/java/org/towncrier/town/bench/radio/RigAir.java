package org.towncrier.town.bench.radio;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.towncrier.hardware.BluetoothAddress;

/** The switchboard of the rig's air, from inside; {@code hardware/rig/README.md} has its words. */
final class RigAir implements AutoCloseable {
  private static final Path CONTROL = Path.of("/run/rig-control");

  private final SocketChannel channel;
  private final BufferedReader answers;

  RigAir() throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(CONTROL));
    answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
  }

  /** Says something, and waits until it is done. */
  String command(String words) throws IOException {
    channel.write(ByteBuffer.wrap((words + "\n").getBytes(StandardCharsets.UTF_8)));
    String answer = answers.readLine();
    if (answer == null || !answer.startsWith("ok")) {
      throw new IOException("The rig could not " + words + ": " + answer);
    }
    return answer.substring(2).strip();
  }

  static BluetoothAddress address(int controller) {
    return BluetoothAddress.parse(
        String.format(Locale.ROOT, "00:AA:01:%02X:00:%02X", controller, controller));
  }

  /** As BlueZ writes it. */
  static String colons(BluetoothAddress address) {
    return address.hex().replaceAll("(..)(?=.)", "$1:");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
