package org.towncrier.hardware.bluez;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** Commands to one controller, and its events. */
interface Hci extends Closeable {
  void send(HciCommand command) throws IOException;

  /**
   * The next event.
   *
   * @throws SocketTimeoutException if none came in time
   */
  HciEvent next(Deadline deadline) throws IOException;

  /** How long to wait for a command that is carried out at once. */
  Deadline answer();

  /**
   * Sends a command that is carried out at once, and awaits its end.
   *
   * @throws SocketTimeoutException if the controller does not answer
   */
  default HciEvent.CommandComplete carryOut(HciCommand command) throws IOException {
    send(command);
    Deadline deadline = answer();
    while (true) {
      HciEvent event = next(deadline);
      if (event instanceof HciEvent.CommandComplete done && done.opcode() == command.opcode()) {
        return done;
      }
      if (event instanceof HciEvent.CommandStatus begun
          && begun.opcode() == command.opcode()
          && begun.status() != HciStatus.OK) {
        return new HciEvent.CommandComplete(begun.opcode(), begun.status(), new byte[0]);
      }
    }
  }

  /**
   * Asks for something that is known at once.
   *
   * @return what the controller said
   * @throws IOException if it refused or did not answer
   */
  default byte[] ask(String attempt, HciCommand command) throws IOException {
    HciEvent.CommandComplete done = carryOut(command);
    if (done.status() != HciStatus.OK) {
      throw new IOException("Could not " + attempt + ": " + HciStatus.words(done.status()));
    }
    return done.rest();
  }
}
