package org.towncrier.hardware.bluez;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.towncrier.hardware.BluetoothAddress;

/**
 * What a controller tells (Bluetooth Core, volume 4 part E, 7.7); only what this stack listens to.
 */
sealed interface HciEvent {
  /** Event codes. */
  int INQUIRY_COMPLETE = 0x01;

  int INQUIRY_RESULT = 0x02;
  int CONNECTION_COMPLETE = 0x03;
  int REMOTE_NAME_COMPLETE = 0x07;
  int COMMAND_COMPLETE = 0x0E;
  int COMMAND_STATUS = 0x0F;
  int INQUIRY_RESULT_WITH_RSSI = 0x22;
  int EXTENDED_INQUIRY_RESULT = 0x2F;

  /** A controller that has no signal strength to tell says this. */
  int NO_RSSI = 127;

  /** The inquiry has run its length. */
  record InquiryComplete(int status) implements HciEvent {}

  /** Devices that answered. */
  record Found(List<InquiryResponse> responses) implements HciEvent {}

  /** A link was made, or could not be. */
  record ConnectionComplete(int status) implements HciEvent {}

  /** A device told its name, or did not. */
  record RemoteName(int status, BluetoothAddress device, String name) implements HciEvent {}

  /**
   * A command has been carried out.
   *
   * @param status 0 when it went well
   * @param rest what it returned
   */
  record CommandComplete(int opcode, int status, byte[] rest) implements HciEvent {}

  /** A command has been begun, or refused. */
  record CommandStatus(int opcode, int status) implements HciEvent {}

  /** Anything else, and anything that is cut short. */
  record Other() implements HciEvent {}

  /**
   * Reads a packet of an HCI socket: kind of packet, event, length, parameters.
   *
   * @param length bytes that are the packet's
   */
  static HciEvent parse(byte[] packet, int length) {
    if (length < 3 || packet[0] != 4) {
      return new Other();
    }
    int size = Math.min(Bytes.unsigned(packet, 2), length - 3);
    byte[] p = Arrays.copyOfRange(packet, 3, 3 + size);
    return switch (Bytes.unsigned(packet, 1)) {
      case INQUIRY_COMPLETE -> size < 1 ? new Other() : new InquiryComplete(Bytes.unsigned(p, 0));
      case CONNECTION_COMPLETE ->
          size < 1 ? new Other() : new ConnectionComplete(Bytes.unsigned(p, 0));
      case COMMAND_COMPLETE ->
          size < 4
              ? new Other()
              : new CommandComplete(
                  Bytes.little16(p, 1), Bytes.unsigned(p, 3), Arrays.copyOfRange(p, 4, size));
      case COMMAND_STATUS ->
          size < 4 ? new Other() : new CommandStatus(Bytes.little16(p, 2), Bytes.unsigned(p, 0));
      case REMOTE_NAME_COMPLETE ->
          size < 7
              ? new Other()
              : new RemoteName(
                  Bytes.unsigned(p, 0), Bytes.address(p, 1), ExtendedResponse.text(p, 7, size));
      // Address 6, page scan mode 1, reserved 2, class 3, clock offset 2.
      case INQUIRY_RESULT -> found(p, 14, 9, -1);
      // Address 6, page scan mode 1, reserved 1, class 3, clock offset 2, signal strength 1.
      case INQUIRY_RESULT_WITH_RSSI -> found(p, 14, 8, 13);
      case EXTENDED_INQUIRY_RESULT -> extended(p);
      default -> new Other();
    };
  }

  private static HciEvent found(byte[] p, int each, int classAt, int rssiAt) {
    List<InquiryResponse> all = new ArrayList<>();
    int told = p.length == 0 ? 0 : Bytes.unsigned(p, 0);
    for (int i = 0; i < told && 1 + (i + 1) * each <= p.length; i++) {
      int at = 1 + i * each;
      all.add(
          new InquiryResponse(
              Bytes.address(p, at),
              Bytes.little24(p, at + classAt),
              rssiAt < 0 ? OptionalInt.empty() : rssi(p[at + rssiAt]),
              null,
              null,
              false));
    }
    return new Found(all);
  }

  /** Always one device: as with signal strength, and up to 240 bytes of its own. */
  private static HciEvent extended(byte[] p) {
    if (p.length < 15 || p[0] != 1) {
      return new Other();
    }
    ExtendedResponse said = ExtendedResponse.parse(p, 15, p.length);
    return new Found(
        List.of(
            new InquiryResponse(
                Bytes.address(p, 1),
                Bytes.little24(p, 9),
                rssi(p[14]),
                said.name(),
                said.services(),
                said.allServices())));
  }

  private static OptionalInt rssi(byte value) {
    return value == NO_RSSI ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
