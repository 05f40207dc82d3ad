package org.towncrier.town.privacy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.towncrier.hardware.BluetoothAddress;

/**
 * Looks for Bluetooth addresses in bytes, however they are spelled: hexadecimal with any separator
 * or none and in either case, decimal, raw, as base64 (also inside of something longer), as a list
 * of numbers; forwards and backwards; and all that in UTF-16 too.
 */
public final class AddressSearch {
  private static final int OCTETS = 6;
  private static final long MASK = (1L << 48) - 1;
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final Pattern SEPARATED =
      Pattern.compile("(?=([0-9a-fA-F]{2}(?:([:\\-._ ])[0-9a-fA-F]{2})(?:\\2[0-9a-fA-F]{2}){4}))");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{5,20}");
  private static final Pattern NUMBERS =
      Pattern.compile("(?=(?<![0-9])((?:-?[0-9]{1,3}\\s*,\\s*){5}-?[0-9]{1,3})(?![0-9]))");

  private final Map<Long, String> wanted = new HashMap<>();

  public AddressSearch(Collection<BluetoothAddress> addresses) {
    for (BluetoothAddress address : addresses) {
      wanted.put(address.value(), "");
      wanted.put(Long.reverseBytes(address.value()) >>> 16, ", backwards");
    }
  }

  /** How and where addresses stand in there; empty when none does. */
  public List<String> findings(byte[] content) {
    List<String> found = new ArrayList<>();
    raw(content, found);
    String text = new String(content, StandardCharsets.ISO_8859_1);
    texts(text, "", found);
    if (text.indexOf('\0') >= 0) {
      texts(text.replace("\0", ""), " in UTF-16", found);
    }
    return found;
  }

  private void raw(byte[] content, List<String> found) {
    long window = 0;
    for (int i = 0; i < content.length; i++) {
      window = (window << 8 | content[i] & 0xFF) & MASK;
      if (i >= OCTETS - 1) {
        check(window, "raw bytes", i - OCTETS + 1, found);
      }
    }
  }

  private void texts(String text, String how, List<String> found) {
    hex(text, how, found);
    base64(text, how, found);
    Matcher separated = SEPARATED.matcher(text);
    while (separated.find()) {
      String digits = separated.group(1).replaceAll("[^0-9a-fA-F]", "");
      check(Long.parseLong(digits, 16), "separated digits" + how, separated.start(), found);
    }
    Matcher decimal = DECIMAL.matcher(text);
    while (decimal.find()) {
      String digits = decimal.group();
      if (digits.length() <= 16) {
        check(Long.parseLong(digits) & MASK, "decimal" + how, decimal.start(), found);
      }
    }
    Matcher numbers = NUMBERS.matcher(text);
    while (numbers.find()) {
      long value = 0;
      for (String number : numbers.group(1).split("\\s*,\\s*")) {
        value = value << 8 | Integer.parseInt(number) & 0xFF;
      }
      check(value, "a list of numbers" + how, numbers.start(), found);
    }
  }

  private void hex(String text, String how, List<String> found) {
    long window = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), 16);
      run = digit < 0 ? 0 : run + 1;
      window = (window << 4 | digit & 0xF) & MASK;
      if (run >= 2 * OCTETS) {
        check(window, "digits" + how, i - 2 * OCTETS + 1, found);
      }
    }
  }

  /** Six octets in base64 begin at bit 0, 2 or 4 of a letter, by where they stand in the whole. */
  private void base64(String text, String how, List<String> found) {
    long window = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i) == '-' ? '+' : text.charAt(i) == '_' ? '/' : text.charAt(i);
      int bits = BASE64.indexOf(letter);
      run = bits < 0 ? 0 : run + 1;
      window = window << 6 | bits & 0x3F;
      if (run >= 8) {
        check(window & MASK, "base64" + how, i - 7, found);
      }
      if (run >= 9) {
        check(window >> 2 & MASK, "base64" + how, i - 8, found);
        check(window >> 4 & MASK, "base64" + how, i - 8, found);
      }
    }
  }

  private void check(long value, String how, int at, List<String> found) {
    String direction = wanted.get(value);
    if (direction != null) {
      found.add(how + direction + " at " + at);
    }
  }
}
