package org.towncrier.hardware.bluez;

import org.towncrier.hardware.BluetoothAddress;

/**
 * A command to a Bluetooth controller (Bluetooth Core, volume 4 part E, 7). Little-endian.
 *
 * @param opcode group and number
 * @param parameters at most 255 bytes
 */
record HciCommand(int opcode, byte[] parameters) {
  static final int INQUIRY = opcode(0x01, 0x01);
  static final int INQUIRY_CANCEL = opcode(0x01, 0x02);
  static final int CREATE_CONNECTION = opcode(0x01, 0x05);
  static final int DISCONNECT = opcode(0x01, 0x06);
  static final int REMOTE_NAME_REQUEST = opcode(0x01, 0x19);
  static final int REMOTE_NAME_REQUEST_CANCEL = opcode(0x01, 0x1A);
  static final int READ_INQUIRY_MODE = opcode(0x03, 0x44);
  static final int WRITE_INQUIRY_MODE = opcode(0x03, 0x45);
  static final int READ_LOCAL_NAME = opcode(0x03, 0x14);
  static final int READ_CLASS_OF_DEVICE = opcode(0x03, 0x23);
  static final int READ_SCAN_ENABLE = opcode(0x03, 0x19);
  static final int READ_BD_ADDR = opcode(0x04, 0x09);

  /** An inquiry's answers carry signal strength, and the extended response when there is one. */
  static final int EXTENDED_RESPONSES = 2;

  private static final byte COMMAND_PACKET = 1;

  /** Reason of an end: somebody there ended it (Bluetooth Core, volume 1 part F, 2.19). */
  private static final byte REMOTE_USER = 0x13;

  private static int opcode(int group, int number) {
    return group << 10 | number;
  }

  /**
   * @param accessCode whom to ask: {@code 0x9E8B33} for all who are discoverable
   * @param units how long, in 1.28 s, 1 to 48
   */
  static HciCommand inquiry(int accessCode, int units) {
    byte[] parameters = {
      (byte) accessCode, (byte) (accessCode >> 8), (byte) (accessCode >> 16), (byte) units, 0
    };
    return new HciCommand(INQUIRY, parameters);
  }

  /** Asks a device for its name; it is called with the slowest page scan, which all devices do. */
  static HciCommand remoteName(BluetoothAddress device) {
    byte[] parameters = new byte[10];
    Bytes.putAddress(device, parameters, 0);
    parameters[6] = 2; // page scan repetition mode R2
    return new HciCommand(REMOTE_NAME_REQUEST, parameters);
  }

  static HciCommand cancelRemoteName(BluetoothAddress device) {
    byte[] parameters = new byte[6];
    Bytes.putAddress(device, parameters, 0);
    return new HciCommand(REMOTE_NAME_REQUEST_CANCEL, parameters);
  }

  /**
   * Ends a link as its user would.
   *
   * @param handle the controller's number for it
   */
  static HciCommand disconnect(int handle) {
    byte[] parameters = {(byte) handle, (byte) (handle >> 8), REMOTE_USER};
    return new HciCommand(DISCONNECT, parameters);
  }

  static HciCommand inquiryMode(int mode) {
    return new HciCommand(WRITE_INQUIRY_MODE, new byte[] {(byte) mode});
  }

  /** One that has no parameters. */
  static HciCommand plain(int opcode) {
    return new HciCommand(opcode, new byte[0]);
  }

  /** As an HCI socket takes it. */
  byte[] packet() {
    byte[] packet = new byte[4 + parameters.length];
    packet[0] = COMMAND_PACKET;
    packet[1] = (byte) opcode;
    packet[2] = (byte) (opcode >> 8);
    packet[3] = (byte) parameters.length;
    System.arraycopy(parameters, 0, packet, 4, parameters.length);
    return packet;
  }
}
