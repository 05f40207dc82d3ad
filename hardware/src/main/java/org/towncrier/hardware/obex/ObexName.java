package org.towncrier.hardware.obex;

/** Names that fit a phone's packets: an OBEX header can't be spread over two of them. */
final class ObexName {
  private static final int PREFIX_AND_NULL = 5;

  private ObexName() {}

  /**
   * The name, or its start with its extension kept, so that the header fits.
   *
   * @param room bytes the whole header may take
   */
  static String fitting(String name, int room) {
    int longest = (room - PREFIX_AND_NULL) / 2;
    if (name.length() <= longest) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 || name.length() - dot > longest / 2 ? "" : name.substring(dot);
    int keep = longest - extension.length();
    if (Character.isHighSurrogate(name.charAt(keep - 1))) {
      keep--; // half a character is none
    }
    return name.substring(0, keep) + extension;
  }
}
