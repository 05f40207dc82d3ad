package org.towncrier.hardware.bluez;

import java.io.IOException;
import java.util.Locale;

/** A management command that the kernel did not carry out. */
final class ManagementException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int number;

  ManagementException(ManagementCommand command, int index, int number) {
    super(
        "%s: could not %s: %s [0x%02x]"
            .formatted(
                index == HciChannel.NO_ADAPTER ? "Bluetooth" : "hci" + index,
                command.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                ManagementStatus.of(number).words(),
                number));
    this.number = number;
  }

  ManagementStatus status() {
    return ManagementStatus.of(number);
  }
}
