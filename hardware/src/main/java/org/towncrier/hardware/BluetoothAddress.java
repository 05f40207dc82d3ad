package org.towncrier.hardware;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The 48-bit address of a phone or adapter, kept in memory only.
 *
 * <p>{@link #toString()} never shows it, so that no log line or error message can leak one: a
 * phone's address identifies its owner for years. Code that must hand the address to a Bluetooth
 * stack asks for {@link #hex()} by name.
 */
public record BluetoothAddress(long value) {
  private static final Pattern TWELVE_HEX = Pattern.compile("[0-9A-Fa-f]{12}");
  private static final Pattern ANYWHERE =
      Pattern.compile("(?i)[0-9a-f]{12}|[0-9a-f]{2}([:-][0-9a-f]{2}){5}");

  public BluetoothAddress {
    if (value < 0 || value > 0xFFFF_FFFF_FFFFL) {
      throw new IllegalArgumentException("A Bluetooth address has 48 bits");
    }
  }

  /**
   * Reads twelve hexadecimal digits, with or without colons or dashes between the octets.
   *
   * @throws IllegalArgumentException if they are not twelve hexadecimal digits (the text is not
   *     repeated in the message)
   */
  public static BluetoothAddress parse(String text) {
    String digits = text.replace(":", "").replace("-", "");
    if (!TWELVE_HEX.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          "A Bluetooth address is twelve hexadecimal digits, such as 00:1B:DC:00:00:01");
    }
    return new BluetoothAddress(Long.parseLong(digits, 16));
  }

  /**
   * Twelve upper-case hexadecimal digits, as JSR-82 writes addresses. For Bluetooth stacks only.
   */
  public String hex() {
    return String.format(Locale.ROOT, "%012X", value);
  }

  /**
   * Takes addresses out of a text that something else wrote, such as a Bluetooth stack's error
   * message.
   */
  public static String scrub(@Nullable String text) {
    return text == null ? "" : ANYWHERE.matcher(text).replaceAll("[address]");
  }

  /** Says that this is an address, not which. */
  @Override
  public String toString() {
    return "BluetoothAddress[hidden]";
  }
}
