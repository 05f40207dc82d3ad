package org.towncrier.broadcaster.contact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.SiteSeed;
import org.towncrier.protocol.WireJson;

/** The file in which {@code add-node} hands a node the site's secrets. */
final class SeedFile {
  private SeedFile() {}

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

  /**
   * Deletes the file.
   *
   * @throws SeedException if it is still there
   */
  static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new SeedException(
          "The site's seed has been read, but "
              + file
              + " cannot be deleted ("
              + e.getClass().getSimpleName()
              + "). Delete it: it holds the site's secrets.",
          e);
    }
  }
}
