package org.towncrier.console.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Places drawn to scale, north up, on nothing: what stands in for a map where there is no tile
 * server or no script. Lengths are in the drawing's own units.
 *
 * @param north latitude of the upper edge
 * @param west longitude of the left edge
 * @param south latitude of the lower edge
 * @param east longitude of the right edge
 * @param scale the length of the scale's bar
 * @param scaleWords what that is in the town
 */
record TownPlan(
    List<Mark> marks,
    double north,
    double west,
    double south,
    double east,
    int scale,
    String scaleWords) {
  static final int WIDTH = 360;
  static final int HEIGHT = 240;

  private static final double METRES_PER_DEGREE = 111_320;

  /** Names stand beside their marks, so there is more room at the sides. */
  private static final int MARGIN_X = 60;

  private static final int MARGIN_Y = 28;

  /** Two places are never drawn further apart than if the drawing were so wide. */
  private static final double LEAST_METRES = 120;

  private static final int LINE = 15;
  private static final int LONGEST_NAME = 20;

  TownPlan {
    marks = List.copyOf(marks);
  }

  /**
   * Something to be drawn.
   *
   * @param name what people call it
   * @param words how it is, in words
   * @param style the last part of the class it is drawn with
   * @param path its page
   */
  record Place(String name, String words, String style, String path, Position position) {
    /** What schedules call it: a site, or a site and a node. */
    public String place() {
      return path.substring(path.indexOf('/', 1) + 1);
    }
  }

  /**
   * A place, drawn.
   *
   * @param before whether its name stands before it
   * @param nameY where its name stands, moved so that names do not cover each other
   */
  record Mark(Place place, int x, int y, boolean before, int nameY) {
    /** Its name, short enough to be drawn. */
    public String label() {
      String name = place.name();
      return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    /** Where its name begins, or ends. */
    public int nameX() {
      return before ? x - 11 : x + 11;
    }
  }

  /** A drawing of places; none of none. */
  static Optional<TownPlan> of(List<Place> places) {
    if (places.isEmpty()) {
      return Optional.empty();
    }
    double south = places.stream().mapToDouble(p -> p.position().latitude()).min().orElseThrow();
    double north = places.stream().mapToDouble(p -> p.position().latitude()).max().orElseThrow();
    double west = places.stream().mapToDouble(p -> p.position().longitude()).min().orElseThrow();
    double east = places.stream().mapToDouble(p -> p.position().longitude()).max().orElseThrow();
    double middle = (south + north) / 2;
    // Near the poles a degree of longitude is nothing; no town is there, and no division by zero.
    double perLongitude = METRES_PER_DEGREE * Math.max(0.01, Math.cos(Math.toRadians(middle)));
    double metresWide = Math.max(LEAST_METRES, (east - west) * perLongitude);
    double metresHigh = Math.max(LEAST_METRES / 2, (north - south) * METRES_PER_DEGREE);
    double perUnit =
        Math.max(metresWide / (WIDTH - 2 * MARGIN_X), metresHigh / (HEIGHT - 2 * MARGIN_Y));
    double left = (west + east) / 2 - WIDTH / 2.0 * perUnit / perLongitude;
    double top = middle + HEIGHT / 2.0 * perUnit / METRES_PER_DEGREE;
    List<Mark> marks = new ArrayList<>();
    for (Place place : places) {
      int x = (int) Math.round((place.position().longitude() - left) * perLongitude / perUnit);
      int y = (int) Math.round((top - place.position().latitude()) * METRES_PER_DEGREE / perUnit);
      boolean before = x > WIDTH / 2;
      marks.add(new Mark(place, x, y, before, free(marks, x, y, before)));
    }
    double metres = nice(perUnit * WIDTH / 4);
    return Optional.of(
        new TownPlan(
            marks,
            top,
            left,
            top - HEIGHT * perUnit / METRES_PER_DEGREE,
            left + WIDTH * perUnit / perLongitude,
            (int) Math.round(metres / perUnit),
            metres >= 1000
                ? String.format(Locale.ROOT, "%.0f km", metres / 1000)
                : String.format(Locale.ROOT, "%.0f m", metres)));
  }

  /** The height for a name at which it covers no other; where it belongs when there is no room. */
  private static int free(List<Mark> drawn, int x, int y, boolean before) {
    for (int step = 0; step <= 12; step++) {
      int tried = y + (step % 2 == 0 ? step / 2 : -(step + 1) / 2) * LINE;
      boolean covers =
          drawn.stream()
              .anyMatch(
                  other ->
                      Math.abs(other.nameY() - tried) < LINE
                          && (other.before() == before || Math.abs(other.x() - x) < WIDTH / 3));
      if (!covers && tried > LINE && tried < HEIGHT - LINE) {
        return tried;
      }
    }
    return y;
  }

  /** 1, 2 or 5 times a power of ten, at most that long. */
  private static double nice(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    double times = most / power;
    return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
  }
}
