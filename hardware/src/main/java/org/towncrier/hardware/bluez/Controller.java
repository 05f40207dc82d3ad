package org.towncrier.hardware.bluez;

import java.io.IOException;

/**
 * What a controller itself says, past the kernel's copy: one that was reset behind the kernel's
 * back has forgotten what the kernel still believes.
 */
interface Controller {
  /** Its own name and class, as phones are told them. */
  record Told(String name, int classOfDevice) {}

  /** Asks the controller of hciN. */
  Told ask(int index) throws IOException;

  /** Asks over HCI. */
  static Told overHci(int index) throws IOException {
    try (SocketGroup sockets = new SocketGroup();
        HciSocket hci = HciSocket.open(sockets, index)) {
      byte[] name = hci.ask("ask for its name", HciCommand.plain(HciCommand.READ_LOCAL_NAME));
      byte[] type = hci.ask("ask for its class", HciCommand.plain(HciCommand.READ_CLASS_OF_DEVICE));
      return new Told(
          ExtendedResponse.text(name, 0, name.length),
          type.length < 3 ? 0 : Bytes.little24(type, 0));
    }
  }
}
