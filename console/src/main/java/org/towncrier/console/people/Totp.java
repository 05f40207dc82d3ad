package org.towncrier.console.people;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of an authenticator app: RFC 6238 with what every app supports, SHA-1, six digits, 30
 * seconds.
 *
 * @param secret base32 (RFC 4648), without padding
 */
record Totp(String secret) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int STEP_SECONDS = 30;

  /** 160 bits, as RFC 4226 recommends. */
  private static final int SECRET_BYTES = 20;

  static Totp random() {
    byte[] bits = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bits);
    return new Totp(base32(bits));
  }

  /**
   * Whether that is the code of now, of half a minute ago or of the next one: clocks differ.
   *
   * @param after the last step whose code was used; codes of it and before work no more
   * @return the step it belongs to
   */
  OptionalLong step(String code, Instant now, long after) {
    String plain = code.replaceAll("\\s", "");
    long current = now.getEpochSecond() / STEP_SECONDS;
    for (long step = current - 1; step <= current + 1; step++) {
      if (step > after
          && MessageDigest.isEqual(
              code(step).getBytes(StandardCharsets.US_ASCII),
              plain.getBytes(StandardCharsets.UTF_8))) {
        return OptionalLong.of(step);
      }
    }
    return OptionalLong.empty();
  }

  /** The code of a moment. */
  String codeAt(Instant moment) {
    return code(moment.getEpochSecond() / STEP_SECONDS);
  }

  private String code(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(bytes(), "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xF;
      int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-1", e);
    }
  }

  /** In groups of four, to be typed into an app. */
  String groups() {
    return secret.replaceAll("(.{4})(?=.)", "$1 ");
  }

  /** What opens an app on the same machine. */
  String link(String username) {
    return "otpauth://totp/Towncrier:"
        + URLEncoder.encode(username, StandardCharsets.UTF_8).replace("+", "%20")
        + "?secret="
        + secret
        + "&issuer=Towncrier";
  }

  static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    long buffer = 0;
    int bits = 0;
    for (byte next : bytes) {
      buffer = (buffer << 8 | (next & 0xFF)) & 0xFFFF;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt((int) (buffer >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(BASE32.charAt((int) (buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  private byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(secret.length() * 5 / 8);
    int buffer = 0;
    int bits = 0;
    for (char letter : secret.toCharArray()) {
      buffer = (buffer << 5 | BASE32.indexOf(letter)) & 0xFFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.put((byte) (buffer >> bits));
      }
    }
    return bytes.array();
  }

  @Override
  public String toString() {
    return "Totp[secret]";
  }
}
