package org.towncrier.town.reach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The figures as a picture: for each street and number of adapters, a bar for each policy. */
final class ReachPlot {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 220;
  private static final int MARGIN = 50;
  private static final int BAR = 17;
  private static final List<String> COLOURS = List.of("#b1b4b6", "#f47738", "#1d70b8", "#0b0c0c");

  private ReachPlot() {}

  /** Writes the picture as SVG. */
  static void draw(List<Row> rows, Path file) throws IOException {
    List<String> streets = rows.stream().map(Row::street).distinct().toList();
    List<String> policies = rows.stream().map(Row::policy).distinct().toList();
    StringBuilder svg = new StringBuilder();
    int width = MARGIN + Math.max(2, streets.size()) * (WIDTH + MARGIN);
    int height = HEIGHT + 3 * MARGIN;
    svg.append(
        format(
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'"
                + " font-family='sans-serif' font-size='12'><title>Willing phones"
                + " reached</title><rect width='100%%' height='100%%' fill='white'/>",
            width, height));
    for (int i = 0; i < streets.size(); i++) {
      String street = streets.get(i);
      panel(
          svg,
          rows.stream().filter(row -> row.street().equals(street)).toList(),
          policies,
          MARGIN + i * (WIDTH + MARGIN));
    }
    for (int i = 0; i < policies.size(); i++) {
      int x = MARGIN + i * 140;
      svg.append(
          format(
              "<rect x='%d' y='%d' width='12' height='12' fill='%s'/><text x='%d' y='%d'>%s</text>",
              x, height - 30, COLOURS.get(i), x + 18, height - 20, policies.get(i)));
    }
    svg.append("</svg>");
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, svg);
  }

  private static void panel(StringBuilder svg, List<Row> rows, List<String> policies, int left) {
    // An interval may reach above those who were willing; each quarter is a whole number.
    double highest =
        rows.stream()
            .mapToDouble(row -> Math.max(row.willing(), row.reachedHigh()))
            .max()
            .orElse(1);
    double most = Math.ceil(highest / 20) * 20;
    int bottom = MARGIN + HEIGHT;
    svg.append(
        format(
            "<text x='%d' y='%d' font-weight='bold'>%s: reached of %.0f willing</text>",
            left, MARGIN - 20, rows.get(0).street(), rows.get(0).willing()));
    for (int quarter = 0; quarter <= 4; quarter++) {
      int y = bottom - quarter * HEIGHT / 4;
      svg.append(
          format(
              "<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='#dddddd'/><text x='%d' y='%d'"
                  + " text-anchor='end' fill='#505a5f'>%.0f</text>",
              left, y, left + WIDTH - 20, y, left - 4, y + 4, most * quarter / 4));
    }
    List<Integer> adapters = rows.stream().map(Row::adapters).distinct().toList();
    for (Row row : rows) {
      int group = left + 10 + adapters.indexOf(row.adapters()) * 90;
      int x = group + policies.indexOf(row.policy()) * (BAR + 2);
      double scale = HEIGHT / most;
      double tall = row.reached() * scale;
      svg.append(
          format(
              "<rect x='%d' y='%.1f' width='%d' height='%.1f' fill='%s'/>",
              x, bottom - tall, BAR, tall, COLOURS.get(policies.indexOf(row.policy()))));
      svg.append(
          format(
              "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#d4351c' stroke-width='2'/>",
              x + BAR / 2.0,
              bottom - Math.max(0, row.reachedLow()) * scale,
              x + BAR / 2.0,
              bottom - row.reachedHigh() * scale));
      if (row.policy().equals(policies.get(0))) {
        svg.append(
            format(
                "<text x='%d' y='%d'>%d adapter%s</text>",
                group, bottom + 16, row.adapters(), row.adapters() == 1 ? "" : "s"));
      }
    }
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
