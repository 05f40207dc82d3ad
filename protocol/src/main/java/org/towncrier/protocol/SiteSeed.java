package org.towncrier.protocol;

import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * A site's secrets, as {@code add-node} writes them into one node's file. No topic ever carries
 * them.
 *
 * @param night the local day at whose noon the night of that key began
 * @param nightKey tonight's key; each noon the next is made from it, with no way back
 * @param campaignSecret from which the keys of campaigns, and whatever outlives a night, are made
 */
public record SiteSeed(SiteId site, LocalDate night, byte[] nightKey, byte[] campaignSecret) {
  /** Of each secret: as long as what HMAC-SHA-256 makes of it. */
  public static final int KEY_BYTES = 32;

  public SiteSeed {
    check("nightKey", nightKey);
    check("campaignSecret", campaignSecret);
  }

  private static void check(String name, byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(name + " has " + key.length + " bytes, not " + KEY_BYTES);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SiteSeed that
        && site.equals(that.site)
        && night.equals(that.night)
        && MessageDigest.isEqual(nightKey, that.nightKey)
        && MessageDigest.isEqual(campaignSecret, that.campaignSecret);
  }

  @Override
  public int hashCode() {
    return 31 * site.hashCode() + Arrays.hashCode(campaignSecret);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SiteSeed[" + site + "]";
  }
}
