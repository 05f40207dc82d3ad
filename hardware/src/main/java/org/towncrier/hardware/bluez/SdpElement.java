package org.towncrier.hardware.bluez;

import java.math.BigInteger;
import java.util.List;
import java.util.UUID;

/** A data element of the Service Discovery Protocol (Bluetooth Core, volume 3 part B, 3). */
public sealed interface SdpElement {
  /** Nothing. */
  record Nil() implements SdpElement {}

  /**
   * A whole number of 1, 2, 4, 8 or 16 bytes.
   *
   * @param signed whether its highest bit is a sign
   */
  record Number(boolean signed, int bytes, BigInteger value) implements SdpElement {}

  /** A UUID, whatever its length was. */
  record Uuid(UUID value) implements SdpElement {}

  /** Text as bytes, whose encoding the record tells elsewhere. */
  record Text(byte[] bytes) implements SdpElement {}

  /** Yes or no. */
  record Bool(boolean value) implements SdpElement {}

  /** A sequence, or several of which one is to be chosen. */
  record Sequence(boolean alternative, List<SdpElement> elements) implements SdpElement {}

  /** An address on the web. */
  record Url(byte[] bytes) implements SdpElement {}
}
