package org.towncrier.hardware.bluez;

/** How the kernel answers a management command (BlueZ, {@code lib/mgmt.h}). */
enum ManagementStatus {
  SUCCESS(0x00, "done"),
  UNKNOWN_COMMAND(0x01, "this kernel is too old for it"),
  /** Also what a radio that is blocked gives on some kernels. */
  FAILED(
      0x03,
      "the adapter failed; if rfkill blocks it, run rfkill unblock bluetooth, otherwise unplug it"
          + " and put it back, or restart this machine"),
  BUSY(0x0A, "something else on this machine is changing the adapter; stop bluetoothd"),
  REJECTED(0x0B, "the kernel refuses it in the state the adapter is in"),
  NOT_SUPPORTED(0x0C, "the adapter can't do it; use another"),
  INVALID_PARAMETERS(0x0D, "the kernel does not take this value"),
  NOT_POWERED(0x0F, "the adapter is switched off"),
  INVALID_INDEX(0x11, "the adapter is gone"),
  BLOCKED(0x12, "the radio is blocked: run rfkill unblock bluetooth, or release its switch"),
  PERMISSION_DENIED(
      0x14,
      "the program needs CAP_NET_ADMIN: start it by its systemd unit, which has"
          + " AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN"),
  OTHER(-1, "it failed");

  private final int number;
  private final String words;

  ManagementStatus(int number, String words) {
    this.number = number;
    this.words = words;
  }

  static ManagementStatus of(int number) {
    for (ManagementStatus status : values()) {
      if (status.number == number) {
        return status;
      }
    }
    return OTHER;
  }

  /** What it means and what to do, for the person who looks after the node. */
  String words() {
    return words;
  }
}
