package org.towncrier.protocol;

/**
 * The one rule for identifiers on the wire: {@code [a-z0-9-]}, since a dot or a slash could become
 * a topic level.
 */
final class Ids {
  private Ids() {}

  static void check(String what, String value, int longest) {
    if (value.isEmpty() || value.length() > longest || !value.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "a %s is 1 to %d lower-case letters, digits or dashes, not \"%s\""
              .formatted(what, longest, value));
    }
  }
}
