package org.towncrier.hardware.bluez;

/**
 * How much a link is protected ({@code BT_SECURITY}, {@code include/net/bluetooth/bluetooth.h}).
 */
public enum LinkSecurity {
  /**
   * No more than the phone insists on: encrypted by a key that nobody keeps, when both sides can,
   * without a question to anybody.
   */
  LOW(1),
  /** Authenticated; the two pair, and remember each other. */
  MEDIUM(2),
  /** Authenticated with a number that both owners compare. */
  HIGH(3);

  /** {@code SOL_BLUETOOTH}'s option. */
  static final int OPTION = 4;

  private final int level;

  LinkSecurity(int level) {
    this.level = level;
  }

  /** {@code struct bt_security}: level, and the key's length or nought. */
  byte[] option() {
    return new byte[] {(byte) level, 0};
  }
}
