package org.towncrier.hardware.emulator;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * That a phone received and kept an object: written before the phone says so to the sender. It
 * holds no address.
 *
 * @param name as the sender gave it
 * @param type the MIME type the sender gave
 * @param length bytes received
 * @param sha256 of the bytes, in lower-case hexadecimal digits
 * @param at when
 */
public record Receipt(String name, String type, int length, String sha256, Instant at) {
  static Receipt of(String name, String type, byte[] content, Instant at) {
    return new Receipt(name, type, content.length, sha256(content), at);
  }

  /** The digest in a receipt for these bytes. */
  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
