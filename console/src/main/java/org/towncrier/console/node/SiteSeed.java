package org.towncrier.console.node;

import java.time.LocalDate;
import org.towncrier.protocol.SiteId;

/** A site's secrets, as a new node takes them over from a file. */
record SiteSeed(SiteId site, LocalDate night, byte[] nightKey, byte[] campaignSecret) {
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SiteSeed[" + site + "]";
  }
}
