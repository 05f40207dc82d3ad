package org.towncrier.hardware;

import java.nio.charset.StandardCharsets;

/**
 * The name an adapter speaks under, which a phone shows its owner beside the question: who is
 * asking.
 */
public record RadioName(String value) {
  /** Bytes of UTF-8 that a name may have (Bluetooth Core, 3C 6.2.1: 248). */
  public static final int MOST_BYTES = 248;

  public RadioName {
    if (value.isBlank() || !value.equals(value.strip())) {
      throw new IllegalArgumentException(
          "needs a name without spaces around it, such as \"Safer Coalville\"");
    }
    if (value.codePoints().anyMatch(RadioName::isUnshowable)) {
      throw new IllegalArgumentException(
          "holds a character that a phone can't show; letters, digits and punctuation only");
    }
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "has %d bytes; a phone takes %d".formatted(bytes, MOST_BYTES));
    }
  }

  /** Control characters and line breaks; also what turns the direction of writing unseen. */
  private static boolean isUnshowable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** The start of it that fits in so many bytes of UTF-8, no character cut in two. */
  public String shortenedTo(int bytes) {
    StringBuilder start = new StringBuilder();
    int used = 0;
    for (int at = 0; at < value.length(); ) {
      int character = value.codePointAt(at);
      used += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
      if (used > bytes) {
        break;
      }
      start.appendCodePoint(character);
      at += Character.charCount(character);
    }
    return start.toString().strip();
  }

  @Override
  public String toString() {
    return value;
  }
}
