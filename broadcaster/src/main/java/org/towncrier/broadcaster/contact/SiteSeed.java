package org.towncrier.broadcaster.contact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.WireJson;

/** A site's secrets as {@code add-node} writes them for one node. */
record SiteSeed(SiteId site, LocalDate night, byte[] nightKey, byte[] campaignSecret) {
  SiteSeed {
    check("nightKey", nightKey);
    check("campaignSecret", campaignSecret);
  }

  /**
   * Reads the file.
   *
   * @throws SeedException saying what is wrong with it, without a word of what is in it
   */
  static SiteSeed read(Path file) {
    try {
      return WireJson.read(Files.readAllBytes(file), SiteSeed.class);
    } catch (IOException e) {
      throw new SeedException(
          "The site's seed in "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "). Let the user the broadcaster runs as read it and delete it.",
          e);
    } catch (MalformedPayloadException e) {
      throw new SeedException(
          "The site's seed in "
              + file
              + " is not one ("
              + e.getMessage()
              + "). Write it again with `towncrier console add-node`.",
          e);
    }
  }

  private static void check(String name, byte[] key) {
    if (key.length != SecretKey.BYTES) {
      throw new IllegalArgumentException(
          name + " has " + key.length + " bytes, not " + SecretKey.BYTES);
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "SiteSeed[" + site + "]";
  }
}
