package org.towncrier.broadcaster.clock;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Properties;

/**
 * What the build wrote down of itself.
 *
 * @param built no clock that is right shows less
 */
public record BuildInfo(String version, Instant built) {
  private static final String FILE = "/broadcaster-build.properties";

  /**
   * Reads it from the class path.
   *
   * @throws IllegalStateException if this was not built by Maven
   */
  public static BuildInfo read() {
    try (InputStream file = BuildInfo.class.getResourceAsStream(FILE)) {
      Properties properties = new Properties();
      if (file != null) {
        properties.load(file);
      }
      return new BuildInfo(
          properties.getProperty("version", ""),
          Instant.parse(properties.getProperty("built", "")));
    } catch (IOException | DateTimeParseException e) {
      throw new IllegalStateException(FILE + " is not as Maven writes it; build with mvn", e);
    }
  }
}
