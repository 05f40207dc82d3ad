package org.towncrier.hardware.bluez;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.towncrier.hardware.BluetoothAddress;

/** Asks a device for its name, through a controller. */
final class RemoteName {
  private RemoteName() {}

  /**
   * @throws IOException if it does not tell it before the deadline
   */
  static String ask(Hci hci, BluetoothAddress device, Deadline deadline) throws IOException {
    hci.send(HciCommand.remoteName(device));
    while (true) {
      HciEvent event;
      try {
        event = hci.next(deadline);
      } catch (SocketTimeoutException late) {
        hci.send(HciCommand.cancelRemoteName(device));
        throw late;
      }
      if (event instanceof HciEvent.RemoteName told && told.device().equals(device)) {
        if (told.status() == HciStatus.OK) {
          return told.name();
        }
        throw failure(told.status());
      }
      if (event instanceof HciEvent.CommandStatus begun
          && begun.opcode() == HciCommand.REMOTE_NAME_REQUEST
          && begun.status() != HciStatus.OK) {
        throw failure(begun.status());
      }
    }
  }

  private static IOException failure(int status) {
    return new IOException("Could not ask for a name: " + HciStatus.words(status));
  }
}
