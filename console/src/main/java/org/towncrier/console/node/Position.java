package org.towncrier.console.node;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.page.Problems;

/**
 * Where something hangs or stands.
 *
 * @param latitude degrees north (WGS 84), -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record Position(double latitude, double longitude) {
  public Position {
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
      throw new IllegalArgumentException("no place on earth is at " + latitude + ", " + longitude);
    }
  }

  /** As people write it down; five decimals are a metre. */
  public String words() {
    return String.format(Locale.ROOT, "%.5f, %.5f", latitude, longitude);
  }

  /**
   * What somebody typed: two numbers, or both in the first field, as maps copy them.
   *
   * @return empty when both were left empty, or when something is wrong with them
   */
  static Optional<Position> read(String latitude, String longitude, Problems problems) {
    String first = latitude.strip();
    String second = longitude.strip();
    if (first.isEmpty() && second.isEmpty()) {
      return Optional.empty();
    }
    String[] both = first.split("[,;\\s]+");
    if (both.length == 2 && second.isEmpty()) {
      first = both[0];
      second = both[1];
    }
    return of(number(first), number(second), problems);
  }

  /**
   * What a program sent, or somebody typed.
   *
   * @param latitude null for what is no number, as for {@code longitude}
   * @return empty when something is wrong with them
   */
  public static Optional<Position> of(
      @Nullable Double latitude, @Nullable Double longitude, Problems problems) {
    if (!isWithin(90, latitude)) {
      problems.add("latitude", "Enter the latitude, such as 52.7240, from -90 to 90");
    }
    if (!isWithin(180, longitude)) {
      problems.add("longitude", "Enter the longitude, such as -1.3690, from -180 to 180");
    }
    return latitude == null || longitude == null || problems.any()
        ? Optional.empty()
        : Optional.of(new Position(latitude, longitude));
  }

  private static boolean isWithin(int most, @Nullable Double degrees) {
    return degrees != null && Math.abs(degrees) <= most;
  }

  /** Not "1e2", not "NaN": what Java reads as a number and nobody types. */
  private static @Nullable Double number(String typed) {
    return typed.matches("[+-]?[0-9]{1,3}(\\.[0-9]{1,15})?") ? Double.valueOf(typed) : null;
  }
}
