package org.towncrier.hardware.bluez;

/** Why a controller refused a command (Bluetooth Core, volume 1 part F), as far as we meet it. */
final class HciStatus {
  static final int OK = 0x00;
  static final int PAGE_TIMEOUT = 0x04;

  /** Not now: most often because the controller inquires or calls somebody already. */
  static final int DISALLOWED = 0x0C;

  private HciStatus() {}

  static String words(int status) {
    String meaning =
        switch (status) {
          case 0x01 -> "the adapter does not know this command";
          case 0x03 -> "the adapter's hardware failed";
          case PAGE_TIMEOUT -> "the phone does not answer";
          case DISALLOWED -> "the adapter is busy; another program may be looking with it";
          case 0x11, 0x12 -> "the adapter does not take this command";
          default -> "the adapter refused";
        };
    return String.format("%s [HCI 0x%02X]", meaning, status);
  }
}
