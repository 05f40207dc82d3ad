package org.towncrier.console.noticeboard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.towncrier.console.page.QrCode;

/**
 * Lays words out on a page of A4 in points from its top left corner, larger pages being the same
 * enlarged. Measures as it goes, so that a sign can be tried before it is drawn.
 */
final class Sheet {
  /** A4, in points. */
  static final float WIDTH = 595.28f;

  static final float HEIGHT = 841.89f;

  private static final float LEADING = 1.28f;

  /** The font has one weight; its outline drawn this much thicker, for its size, is the other. */
  private static final float BOLD = 0.035f;

  private final PDPageContentStream out;
  private final PDFont font;

  Sheet(PDPageContentStream out, PDFont font) {
    this.out = out;
    this.font = font;
  }

  /** How words look. */
  record Style(float size, boolean bold, boolean white) {
    static Style text(float size) {
      return new Style(size, false, false);
    }

    static Style bold(float size) {
      return new Style(size, true, false);
    }

    Style inWhite() {
      return new Style(size, bold, true);
    }
  }

  /** A box filled with a shade: 0 black, 1 white. */
  void box(float x, float top, float width, float height, float shade) throws IOException {
    out.setNonStrokingColor(shade);
    out.addRect(x, HEIGHT - top - height, width, height);
    out.fill();
  }

  /** A box filled with yellow, the colour of the town crier's pages. */
  void yellow(float x, float top, float width, float height) throws IOException {
    out.setNonStrokingColor(1f, 0.867f, 0f);
    out.addRect(x, HEIGHT - top - height, width, height);
    out.fill();
  }

  /** The QR code with its white edge, in a square. */
  void code(QrCode code, float x, float top, float side) throws IOException {
    box(x, top, side, side, 1f);
    float square = side / (code.size() + 2 * QrCode.QUIET);
    out.setNonStrokingColor(0f);
    for (int row = 0; row < code.size(); row++) {
      for (int column = 0; column < code.size(); column++) {
        if (code.isBlack(column, row)) {
          // A hair wider, or a printer shows white lines between them.
          out.addRect(
              x + (column + QrCode.QUIET) * square,
              HEIGHT - top - (row + QrCode.QUIET + 1) * square,
              square * 1.01f,
              square * 1.01f);
        }
      }
    }
    out.fill();
  }

  /** Writes a paragraph and says where it ends. */
  float write(String words, Style style, float x, float top, float width) throws IOException {
    float y = top;
    for (String line : lines(words, style, width)) {
      y += style.size() * LEADING;
      line(line, style, x, HEIGHT - y + style.size() * (LEADING - 1));
    }
    return y;
  }

  /** How high that paragraph is. */
  float height(String words, Style style, float width) throws IOException {
    return lines(words, style, width).size() * style.size() * LEADING;
  }

  private void line(String line, Style style, float x, float baseline) throws IOException {
    float shade = style.white() ? 1f : 0f;
    out.beginText();
    out.setFont(font, style.size());
    out.setNonStrokingColor(shade);
    out.setStrokingColor(shade);
    out.setRenderingMode(style.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
    out.setLineWidth(style.size() * BOLD);
    out.newLineAtOffset(x, baseline);
    out.showText(line);
    out.endText();
  }

  private List<String> lines(String words, Style style, float width) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : printable(words).split("\\s+", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (width(longer, style) <= width) {
        line = longer;
        continue;
      }
      if (!line.isEmpty()) {
        lines.add(line);
      }
      line = word;
      while (width(line, style) > width && line.length() > 1) {
        int fits = line.length() - 1;
        while (fits > 1 && width(line.substring(0, fits), style) > width) {
          fits--;
        }
        lines.add(line.substring(0, fits));
        line = line.substring(fits);
      }
    }
    lines.add(line);
    return lines;
  }

  private float width(String words, Style style) throws IOException {
    return font.getStringWidth(words) / 1000 * style.size();
  }

  /** What the font has no letter for is shown as a question mark. */
  private String printable(String words) {
    StringBuilder printable = new StringBuilder();
    words
        .strip()
        .codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .forEach(c -> printable.appendCodePoint(has(c) ? c : '?'));
    return printable.toString();
  }

  private boolean has(int codePoint) {
    try {
      font.encode(Character.toString(codePoint));
      return true;
    } catch (IOException | IllegalArgumentException none) {
      return false;
    }
  }
}
