package org.towncrier.hardware.bluez;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * A request to search services and tell their attributes in one ({@code
 * SDP_ServiceSearchAttributeRequest}; Bluetooth Core, volume 3 part B, 4.7.1).
 *
 * @param services what every service found must mention; at most twelve
 * @param attributes which attributes to tell of it
 */
record SdpRequest(List<UUID> services, Collection<Integer> attributes) {
  static final int SEARCH_ATTRIBUTES = 0x06;

  /** As much as the other side likes to put into one answer. */
  private static final int MOST_BYTES = 0xFFFF;

  SdpRequest {
    if (services.isEmpty() || services.size() > 12) {
      throw new IllegalArgumentException("One to twelve services, not " + services.size());
    }
    if (attributes.isEmpty() || attributes.size() > 256) {
      throw new IllegalArgumentException("1 to 256 attributes, not " + attributes.size());
    }
  }

  /**
   * As bytes.
   *
   * @param transaction tells answers apart
   * @param continuation what the answer before said to give back; empty at first
   */
  byte[] pdu(int transaction, byte[] continuation) {
    try {
      ByteArrayOutputStream parameters = new ByteArrayOutputStream();
      DataOutputStream p = new DataOutputStream(parameters);
      sequence(p, servicesSought());
      p.writeShort(MOST_BYTES);
      sequence(p, attributesSought());
      p.writeByte(continuation.length);
      p.write(continuation);
      ByteArrayOutputStream pdu = new ByteArrayOutputStream();
      DataOutputStream d = new DataOutputStream(pdu);
      d.writeByte(SEARCH_ATTRIBUTES);
      d.writeShort(transaction);
      d.writeShort(parameters.size());
      parameters.writeTo(d);
      return pdu.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes in memory can be written", e);
    }
  }

  private byte[] servicesSought() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream d = new DataOutputStream(bytes);
    for (UUID service : services) {
      long high = service.getMostSignificantBits();
      if (service.equals(SdpReader.uuid(high >>> 32)) && high >>> 48 == 0) {
        d.writeByte(3 << 3 | 1);
        d.writeShort((int) (high >>> 32));
      } else {
        d.writeByte(3 << 3 | 4);
        d.writeLong(high);
        d.writeLong(service.getLeastSignificantBits());
      }
    }
    return bytes.toByteArray();
  }

  private byte[] attributesSought() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream d = new DataOutputStream(bytes);
    for (int attribute : attributes.stream().sorted().toList()) {
      d.writeByte(1 << 3 | 1);
      d.writeShort(attribute);
    }
    return bytes.toByteArray();
  }

  private static void sequence(DataOutputStream into, byte[] elements) throws IOException {
    into.writeByte(6 << 3 | 6);
    into.writeShort(elements.length);
    into.write(elements);
  }
}
