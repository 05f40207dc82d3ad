package org.towncrier.console.message;

/** What kind of file a phone receives, with the MIME type and extension that phones take. */
public enum MessageKind {
  TEXT("text/plain", ".txt"),
  VCARD("text/x-vcard", ".vcf"),
  IMAGE("image/jpeg", ".jpg");

  private final String type;
  private final String extension;

  MessageKind(String type, String extension) {
    this.type = type;
    this.extension = extension;
  }

  /** The MIME type, one of {@code protocol.MessageObject.TYPES}. */
  public String type() {
    return type;
  }

  /** With its dot. */
  public String extension() {
    return extension;
  }
}
