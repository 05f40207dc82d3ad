package org.towncrier.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.noticeboard.PublicTown;

/** Every page of the public notice board, and the console's page of signs, in both widths. */
@Tag("browser")
class NoticeboardInBrowserTest {
  private static final PageAudit AUDIT = new PageAudit();

  @TempDir Path data;
  @TempDir Path profile;
  @TempDir Path another;

  @Test
  void every_public_page_is_accessible_and_fits_any_phone() throws Exception {
    try (PublicTown town = PublicTown.open(data)) {
      try (Chromium visitor = new Chromium(town.url(), profile)) {
        visitor.open("/");
        AUDIT.look(visitor, "board-quiet");
        fill(town);
        walk(visitor);
      }
      try (Chromium signedIn = new Chromium(town.console().url(), another)) {
        signedIn.as("ann");
        signedIn.open("/signs");
        AUDIT.look(signedIn, "signs");
      }
    }
    AUDIT.verdict();
  }

  /** One of each kind on air, and one of each that is not any more. */
  private static void fill(PublicTown town) throws IOException {
    town.onAir("home");
    town.card("numbers");
    town.picture("map", jpeg(), "A map of the square. Taxis stand by the clock tower until 03:00.");
    for (String campaign : List.of("wrong", "paused", "over")) {
      town.onAir(campaign);
      town.offered(campaign + "-0", false);
    }
    town.cancel("wrong-0");
    town.pause("paused-0");
    town.end("over-0");
  }

  private static byte[] jpeg() throws IOException {
    BufferedImage image = new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(0xDD, 0xE8, 0xF0));
    pen.fillRect(0, 0, 600, 400);
    pen.setColor(new Color(0x1D, 0x70, 0xB8));
    pen.fillRect(60, 60, 480, 40);
    pen.fillOval(260, 180, 80, 80);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }

  private static void walk(Chromium visitor) {
    Deque<String> ahead = new ArrayDeque<>(List.of("/?now", "/no/such/page"));
    Set<String> seen = new HashSet<>(ahead);
    seen.add("/"); // The browser keeps it 20 seconds, as it may: it is the quiet one.
    int number = 0;
    while (!ahead.isEmpty()) {
      String path = ahead.remove();
      if (path.endsWith(".vcf")) {
        continue;
      }
      visitor.open(path);
      if (path.startsWith("/no/")
          || path.startsWith("/message/") && !visitor.text().contains("On air now")) {
        visitor.complaints(); // That it is not there is what the browser should say.
      }
      AUDIT.look(visitor, "board" + name(path, ++number));
      visitor.links().stream().filter(seen::add).forEach(ahead::add);
    }
    assertThat(seen).hasSizeGreaterThan(9);
  }

  private static String name(String path, int number) {
    return path.startsWith("/?")
        ? ""
        : path.startsWith("/message/") ? "-message-" + number : path.replace('/', '-');
  }
}
