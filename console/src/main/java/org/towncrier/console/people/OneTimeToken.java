package org.towncrier.console.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * 256 random bits that let one person set a password once. Only its hash is stored; with that much
 * randomness a plain SHA-256 is enough.
 */
record OneTimeToken(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();

  static OneTimeToken random() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return new OneTimeToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  String hash() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "OneTimeToken[secret]";
  }
}
