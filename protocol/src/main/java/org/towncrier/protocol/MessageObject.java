package org.towncrier.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * The file a phone receives.
 *
 * @param name as the phone shows it; its extension goes with the type
 * @param type MIME type, one that phones take
 * @param content the bytes, base64 on the wire
 */
public record MessageObject(String name, String type, byte[] content) {
  /**
   * The types that Android's allow-list lets through and Towncrier sends, with their extensions.
   */
  public static final Map<String, String> TYPES =
      Map.of("text/plain", ".txt", "text/x-vcard", ".vcf", "image/jpeg", ".jpg");

  public MessageObject {
    String extension = TYPES.get(type);
    if (extension == null) {
      throw new IllegalArgumentException(
          "phones refuse objects of type \"%s\"; use one of %s"
              .formatted(type, TYPES.keySet().stream().sorted().toList()));
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}")
        || !name.toLowerCase(Locale.ROOT).endsWith(extension)) {
      throw new IllegalArgumentException(
          "the name of a %s object ends in %s and has 80 letters, digits, spaces, dots or dashes at most, not \"%s\""
              .formatted(type, extension, name));
    }
    if (content.length == 0) {
      throw new IllegalArgumentException("object " + name + " is empty");
    }
    if (content.length > Limits.OBJECT_BYTES) {
      throw new IllegalArgumentException(
          "object %s has %d bytes, over the limit of %d"
              .formatted(name, content.length, Limits.OBJECT_BYTES));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MessageObject that
        && name.equals(that.name)
        && type.equals(that.type)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "MessageObject[" + name + ", " + type + ", " + content.length + " bytes]";
  }
}
