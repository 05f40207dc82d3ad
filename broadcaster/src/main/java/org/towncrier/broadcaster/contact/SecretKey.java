package org.towncrier.broadcaster.contact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.SiteSeed;

/** 32 secret bytes and what is made with them. */
final class SecretKey {
  static final int BYTES = SiteSeed.KEY_BYTES;

  private final byte[] bytes;
  private final Mac mac;

  SecretKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a key has " + BYTES + " bytes, this one " + bytes.length);
    }
    this.bytes = bytes.clone();
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK lacks HMAC-SHA-256", impossible);
    }
  }

  /** Another key, from which this one cannot be found. */
  SecretKey derive(String label) {
    return new SecretKey(mac.doFinal(label.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The address as six bytes, most significant first. */
  Pseudonym pseudonym(BluetoothAddress address) {
    byte[] six = Arrays.copyOfRange(ByteBuffer.allocate(8).putLong(address.value()).array(), 2, 8);
    return new Pseudonym(ByteBuffer.wrap(mac.doFinal(six)).getLong());
  }

  byte[] bytes() {
    return bytes.clone();
  }

  boolean same(byte[] others) {
    return Arrays.equals(bytes, others);
  }
}
