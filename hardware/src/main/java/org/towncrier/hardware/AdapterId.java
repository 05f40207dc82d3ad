package org.towncrier.hardware;

/**
 * The name of one of the node's own adapters in configuration, logs and reports, such as {@code
 * hci0}. It is not the adapter's address.
 */
public record AdapterId(String value) {
  public AdapterId {
    if (!value.matches("[A-Za-z0-9_-]{1,40}")) {
      throw new IllegalArgumentException(
          "An adapter's name is 1 to 40 letters, digits, dashes or underscores: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
