package org.towncrier.console.noticeboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.towncrier.protocol.MessageId;

/**
 * What stands for a message in public addresses: the same for ever, and short enough to type. Not
 * its id, which is made of the title that its authors gave it: "domestic-abuse-2" would stand in
 * the history of a phone that somebody else looks at. It is no secret.
 */
final class NoticeCode {
  static final String PATTERN = "[0-9a-hjkmnp-tv-z]{8}";

  /** Crockford's base 32, lower case: no i, l, o or u. */
  private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

  private NoticeCode() {}

  /** 40 bits: among 10,000 messages two share a code once in 20,000 towns. */
  static String of(MessageId message) {
    byte[] digest = sha256(("towncrier noticeboard " + message).getBytes(StandardCharsets.UTF_8));
    long bits = 0;
    for (int i = 0; i < 5; i++) {
      bits = bits << 8 | (digest[i] & 0xFF);
    }
    StringBuilder code = new StringBuilder();
    for (int shift = 35; shift >= 0; shift -= 5) {
      code.append(LETTERS.charAt((int) (bits >> shift) & 31));
    }
    return code.toString();
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This JDK lacks SHA-256", impossible);
    }
  }
}
