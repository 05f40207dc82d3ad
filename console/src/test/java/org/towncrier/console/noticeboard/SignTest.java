package org.towncrier.console.noticeboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.noticeboard.Sign.Paper;
import org.towncrier.protocol.SiteId;

/** The sign as it comes off the printer. */
class SignTest {
  private static final String COUNCIL = "North West Leicestershire District Council";

  private static Sign sign(String controller, String contact, String site) {
    return new Sign(
        new Facts(
            new ConsoleSettings.Noticeboard(
                8081,
                InetAddress.getLoopbackAddress(),
                URI.create("https://check.example.gov.uk/"),
                controller,
                contact,
                null,
                null,
                null)),
        new ConsoleSettings.PermittedHours(LocalTime.of(19, 0), LocalTime.of(4, 0)),
        new Board.Site(new SiteId("marlborough-square"), site, 1));
  }

  private static Sign usual() {
    return sign(COUNCIL, "01530 454704", "Marlborough Square, Coalville");
  }

  /** For people to look at, beside the pictures of the console's pages. */
  @Test
  void it_can_be_looked_at() throws Exception {
    Path screens = Files.createDirectories(Path.of("target", "screens"));
    for (Paper paper : Paper.values()) {
      Path file = screens.resolve("sign-" + paper + ".pdf");
      Files.write(file, usual().pdf(paper));
      assertThat(words(Files.readAllBytes(file))).isNotEmpty();
    }
  }

  private static String words(byte[] pdf) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  @ParameterizedTest
  @EnumSource(Paper.class)
  void the_code_on_the_printed_sign_leads_to_the_sites_page(Paper paper) throws Exception {
    try (PDDocument document = Loader.loadPDF(usual().pdf(paper))) {
      BufferedImage picture = new PDFRenderer(document).renderImageWithDPI(0, 100);
      int[] pixels =
          picture.getRGB(
              0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
      String read =
          new QRCodeReader()
              .decode(
                  new BinaryBitmap(
                      new HybridBinarizer(
                          new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), pixels))))
              .getText();
      assertThat(read).isEqualTo("https://check.example.gov.uk/at/marlborough-square");
    }
  }

  @Test
  void each_paper_has_its_size() throws Exception {
    for (Paper paper : Paper.values()) {
      try (PDDocument document = Loader.loadPDF(usual().pdf(paper))) {
        double millimetres = document.getPage(0).getMediaBox().getHeight() / 72 * 25.4;
        assertThat(millimetres)
            .isBetween(paper == Paper.A4 ? 296.5 : 419.5, paper == Paper.A4 ? 297.5 : 420.5);
      }
    }
  }

  @Test
  void it_says_all_that_a_sign_must() throws Exception {
    assertThat(words(usual().pdf(Paper.A4)))
        .contains(COUNCIL, "Marlborough Square, Coalville", "01530 454704")
        .contains("between 19:00 and 04:00", "Bluetooth", "50 seconds", "once a night at most")
        .contains("iPhones can't receive messages this way")
        .contains("Choose Decline", "To object", "check.example.gov.uk/object")
        .contains("is not stored", "92 days at most", "check.example.gov.uk/privacy")
        .contains("check.example.gov.uk/at/marlborough-square")
        .contains("999", "101");
  }

  @Test
  void its_font_comes_with_it() throws Exception {
    try (PDDocument document = Loader.loadPDF(usual().pdf(Paper.A4))) {
      document
          .getPage(0)
          .getResources()
          .getFontNames()
          .forEach(
              name -> {
                try {
                  assertThat(document.getPage(0).getResources().getFont(name).isEmbedded())
                      .isTrue();
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
    }
  }

  @Test
  void the_longest_names_still_fit_on_the_page() throws Exception {
    String contact = "w".repeat(60) + " " + "0123456789".repeat(5) + " 01530";
    byte[] pdf =
        sign("M".repeat(59) + " " + "W".repeat(60), contact, "Long Street ".repeat(12))
            .pdf(Paper.A4);
    List<String> outside = new ArrayList<>();
    float[] lowest = {0};
    try (PDDocument document = Loader.loadPDF(pdf)) {
      new PDFTextStripper() {
        @Override
        protected void processTextPosition(TextPosition letter) {
          lowest[0] = Math.max(lowest[0], letter.getYDirAdj());
          if (letter.getXDirAdj() < 39
              || letter.getXDirAdj() + letter.getWidthDirAdj() > Sheet.WIDTH - 39
              || letter.getYDirAdj() > Sheet.HEIGHT) {
            outside.add(letter.getUnicode() + " at " + letter.getXDirAdj());
          }
        }
      }.getText(document);
    }
    assertThat(outside).isEmpty();
    assertThat(words(pdf)).contains("In an emergency call 999").contains("The whole notice");
  }

  @Test
  void what_the_font_cannot_show_is_marked_and_does_not_stop_the_sign() throws Exception {
    assertThat(
            words(
                sign("Caf\u00e9 \ud83d\ude00 \u6f22", "01530\u0007 x", "Pla\u00e7a").pdf(Paper.A4)))
        .contains("Caf\u00e9 ? ?", "Pla\u00e7a");
  }
}
