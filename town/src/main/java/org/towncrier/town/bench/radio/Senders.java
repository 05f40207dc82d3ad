package org.towncrier.town.bench.radio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.bluecove.BlueZStack;
import org.towncrier.hardware.bluecove.NativeStack;

/** Who is compared. Each has an adapter of its own: the controller of its number. */
enum Senders {
  /** BlueZ's obexd over D-Bus. */
  OBEXD("obexd"),
  /** BlueCove's own native stack under our OBEX. GPL: for this comparison only, never shipped. */
  BLUECOVE_GPL("bluecove-gpl"),
  /** The radio as nodes have it. */
  TOWNCRIER("towncrier");

  /** A text such as a campaign's. */
  private static final PushObject OBJECT =
      new PushObject("last-bus.txt", "text/plain", new byte[2000]);

  private final String label;

  Senders(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static Senders named(String label) {
    return Arrays.stream(values())
        .filter(sender -> sender.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No such sender: " + label));
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Senders::label).toList();
  }

  Sender open() throws IOException, InterruptedException {
    BluetoothAddress adapter = RigAir.address(ordinal());
    return switch (this) {
      case OBEXD -> {
        Path file = Files.createTempDirectory("bench").resolve(OBJECT.name());
        yield ObexdSender.open(adapter, Files.write(file, OBJECT.content()));
      }
      case BLUECOVE_GPL -> RadioSender.open(new NativeStack(null), adapter, OBJECT);
      case TOWNCRIER -> RadioSender.open(new BlueZStack(), adapter, OBJECT);
    };
  }
}
