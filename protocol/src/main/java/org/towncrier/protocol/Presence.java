package org.towncrier.protocol;

import java.time.Instant;
import java.util.UUID;

/**
 * Whether a node is there.
 *
 * @param since when it connected (online, lost) or said goodbye (offline)
 */
public record Presence(Status status, UUID boot, Instant since) {
  /** How. */
  public enum Status {
    ONLINE,
    /** It said goodbye. */
    OFFLINE,
    /** The broker lost it: its last will. */
    LOST
  }
}
