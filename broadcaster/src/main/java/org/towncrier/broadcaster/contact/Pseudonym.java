package org.towncrier.broadcaster.contact;

/**
 * What is kept of a phone: the first 64 bits of {@code HMAC-SHA-256(key, address)}. Without the key
 * nobody can tell whose it is, and the key does not outlive the night, or the campaign.
 */
public record Pseudonym(long value) {
  /** Says that this is a pseudonym, not which: a log that names one can be followed. */
  @Override
  public String toString() {
    return "Pseudonym[hidden]";
  }
}
