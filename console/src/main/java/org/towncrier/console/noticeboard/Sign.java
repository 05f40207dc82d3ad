package org.towncrier.console.noticeboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.util.Matrix;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.noticeboard.Sheet.Style;
import org.towncrier.console.page.QrCode;

/**
 * The sign at a site, as a PDF: what guidance on location analytics asks for, and how to take part.
 */
final class Sign {
  /** Liberation Sans, under the SIL Open Font License 1.1; PDFBox brings it along. */
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private static final float MARGIN = 40;
  private static final float INNER = Sheet.WIDTH - 2 * MARGIN;
  private static final float GUTTER = 26;
  private static final float COLUMN = (INNER - GUTTER) / 2;
  private static final float HEAD = 150;
  private static final float CODE = 200;
  private static final float CODE_TOP = HEAD + 26;
  private static final float COLUMNS_TOP = CODE_TOP + CODE + 22;
  private static final float FOOT = 44;

  /** Paper. */
  enum Paper {
    A4(1f),
    /** Twice the area. */
    A3((float) Math.sqrt(2));

    private final float scale;

    Paper(float scale) {
      this.scale = scale;
    }
  }

  private record Part(String heading, List<String> paragraphs) {}

  private final Facts facts;
  private final ConsoleSettings.PermittedHours hours;
  private final Board.Site site;
  private final String base;

  /**
   * @param facts with all that {@link Facts#enoughForSigns()} asks for
   */
  Sign(Facts facts, ConsoleSettings.PermittedHours hours, Board.Site site) {
    this.facts = facts;
    this.hours = hours;
    this.site = site;
    this.base = Objects.requireNonNull(facts.base(), "towncrier.noticeboard.url is not set");
  }

  /** Where the code leads: the site's page. */
  String address() {
    return base + "/at/" + site.id();
  }

  /** Makes it. */
  byte[] pdf(Paper paper) {
    try (PDDocument document = new PDDocument();
        InputStream font =
            Objects.requireNonNull(Sign.class.getResourceAsStream(FONT), "PDFBox's font")) {
      PDPage page =
          new PDPage(new PDRectangle(Sheet.WIDTH * paper.scale, Sheet.HEIGHT * paper.scale));
      document.addPage(page);
      document.getDocumentInformation().setTitle("Bluetooth messages at " + site.name());
      document.getDocumentInformation().setAuthor(facts.controller());
      document.getDocumentCatalog().setLanguage("en-GB");
      try (PDPageContentStream out = new PDPageContentStream(document, page)) {
        out.transform(Matrix.getScaleInstance(paper.scale, paper.scale));
        draw(new Sheet(out, PDType0Font.load(document, font)));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void draw(Sheet sheet) throws IOException {
    sheet.box(0, 0, Sheet.WIDTH, HEAD, 0.04f);
    sheet.yellow(0, HEAD, Sheet.WIDTH, 9);
    float y =
        sheet.write("Messages for your phone, here", Style.bold(34).inWhite(), MARGIN, 24, INNER);
    sheet.write(
        "From " + facts.controller() + ", at " + site.name() + ", over Bluetooth.",
        fitting(sheet, INNER, HEAD - y - 14).inWhite(),
        MARGIN,
        y + 4,
        INNER);
    code(sheet);
    columns(sheet);
    sheet.box(0, Sheet.HEIGHT - FOOT, Sheet.WIDTH, FOOT, 0.04f);
    sheet.write(
        "In an emergency call 999. If it is not urgent, the police are on 101.",
        Style.bold(13).inWhite(),
        MARGIN,
        Sheet.HEIGHT - FOOT + 13,
        INNER);
  }

  /** The names on the head, as large as they go. */
  private Style fitting(Sheet sheet, float width, float height) throws IOException {
    float size = 19;
    String words = "From " + facts.controller() + ", at " + site.name() + ", over Bluetooth.";
    while (size > 9 && sheet.height(words, Style.text(size), width) > height) {
      size -= 0.5f;
    }
    return Style.text(size);
  }

  private void code(Sheet sheet) throws IOException {
    sheet.code(QrCode.of(address()), MARGIN - 8, CODE_TOP, CODE);
    float x = MARGIN + CODE + 8;
    float width = Sheet.WIDTH - MARGIN - x;
    float y =
        sheet.write("Did you get a message? Check it here", Style.bold(23), x, CODE_TOP + 8, width);
    y =
        sheet.write(
            "Point your camera at the code. It shows the messages that are on air here now, word for"
                + " word. What is not on that page is not from us, or is over.",
            Style.text(14),
            x,
            y + 8,
            width);
    y = sheet.write("No camera? Type this address:", Style.text(12), x, y + 9, width);
    sheet.write(withoutScheme(address()), Style.bold(13), x, y + 1, width);
  }

  private void columns(Sheet sheet) throws IOException {
    float room = Sheet.HEIGHT - FOOT - 12 - COLUMNS_TOP;
    float size = 14;
    while (size > 6
        && (height(sheet, left(), size) > room || height(sheet, right(), size) > room)) {
      size -= 0.25f;
    }
    column(sheet, left(), MARGIN, size);
    column(sheet, right(), MARGIN + COLUMN + GUTTER, size);
  }

  private void column(Sheet sheet, List<Part> parts, float x, float size) throws IOException {
    float y = COLUMNS_TOP;
    for (Part part : parts) {
      y = sheet.write(part.heading(), Style.bold(size * 1.3f), x, y, COLUMN) + size * 0.25f;
      for (String paragraph : part.paragraphs()) {
        y = sheet.write(paragraph, Style.text(size), x, y, COLUMN) + size * 0.35f;
      }
      y += size * 0.8f;
    }
  }

  private static float height(Sheet sheet, List<Part> parts, float size) throws IOException {
    float height = 0;
    for (Part part : parts) {
      height += sheet.height(part.heading(), Style.bold(size * 1.3f), COLUMN) + size * 1.05f;
      for (String paragraph : part.paragraphs()) {
        height += sheet.height(paragraph, Style.text(size), COLUMN) + size * 0.35f;
      }
    }
    return height;
  }

  private List<Part> left() {
    List<String> android = new ArrayList<>();
    if (!hours.start().equals(hours.end())) {
      android.add("Messages are sent between %s and %s.".formatted(hours.start(), hours.end()));
    }
    android.add("1. Open Settings, Connected devices, Bluetooth, and turn Bluetooth on.");
    android.add("2. Stay on that page: your phone can be seen only while it is open.");
    android.add(
        "3. Within a minute or two your phone asks whether to accept a file. Choose Accept within"
            + " 50 seconds.");
    android.add(
        "It costs nothing and needs no app. You are asked %s a night at most."
            .formatted(site.offersPerNight() == 1 ? "once" : site.offersPerNight() + " times"));
    return List.of(
        new Part("Android: receive a message", android),
        new Part(
            "iPhone: read it",
            List.of(
                "iPhones can't receive messages this way. Point the camera at the code above and"
                    + " read the same words.")));
  }

  private List<Part> right() {
    return List.of(
        new Part(
            "You don't want it?",
            List.of(
                "Choose Decline, or do nothing: you are not asked again in this campaign. Leave the"
                    + " Bluetooth page and you are not seen at all.",
                "To object, or to ask: %s. How to: %s"
                    .formatted(facts.contact(), withoutScheme(base + "/object")))),
        new Part(
            "Your privacy",
            List.of(
                "Responsible: " + facts.controller() + ".",
                "Your phone's address is not stored. A number made from it, which nobody can turn"
                    + " back, keeps us from asking you twice: its key is gone at noon; that of a"
                    + " campaign when it ends, after 92 days at most. We count phones, not people.",
                "The whole notice: " + withoutScheme(base + "/privacy"))));
  }

  /** As people type it. */
  private static String withoutScheme(String address) {
    return address.replaceFirst("^https://", "");
  }
}
