package org.towncrier.hardware.bluez;

/** Channels of HCI sockets ({@code include/net/bluetooth/hci_sock.h}). */
enum HciChannel {
  /** Commands to one adapter, and its events, beside the kernel's own. */
  RAW(0),
  /** BlueZ's management interface: one socket for all adapters. */
  CONTROL(3);

  /** In place of an adapter's number: none in particular ({@code HCI_DEV_NONE}). */
  static final int NO_ADAPTER = 0xFFFF;

  private final int number;

  HciChannel(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
