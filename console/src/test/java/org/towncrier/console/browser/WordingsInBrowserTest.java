package org.towncrier.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;

/** Several wordings, languages and pictures, as their author, approver and evaluator see them. */
@Tag("browser")
class WordingsInBrowserTest {
  @RegisterExtension static final ConsoleInChromium BROWSER = new ConsoleInChromium();
  @TempDir static Path files;
  static TestConsole console;
  static Chromium chromium;

  @BeforeAll
  static void start(TestConsole running, Chromium shown) {
    console = running;
    chromium = shown;
    Browser administrator = console.administrator();
    Browser ann = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    console.person(administrator, "ben", "Ben Approver", "APPROVER");
    console.person(administrator, "eve", "Eve Evaluator", "EVALUATOR");
    console.node("square", "Marlborough Square", "square-north");
    TestConsole.takeIn(ann, "winter", "square", "Before");
  }

  private static void look(String name) {
    BROWSER.look("wordings-" + name);
  }

  private static void everyNight() {
    chromium.choose("Marlborough Square: every node");
    chromium.press("Save");
  }

  @Test
  void two_wordings_in_two_languages_are_written_approved_and_compared() {
    chromium.as("ann");
    chromium.open("/messages/new");
    chromium.type("title", "Last bus");
    chromium.type("text", "The last bus to Ashby leaves the square at 23:15. Be there by 23:10.");
    chromium.press("Add another language");
    chromium.select("language-1-2", "Urdu");
    chromium.type("text-1-2", "ایشبی کے لیے آخری بس رات 23:15 پر چوک سے روانہ ہوتی ہے۔");
    chromium.press("Add a second wording");
    chromium.type("file-2", "Home safe tonight");
    chromium.type("text-2-1", "Missed the last bus once? Leave the pub at 23:00 and you won't.");
    chromium.select("language-2-2", "Urdu");
    chromium.type("text-2-2", "آخری بس نہ چھوڑیں۔ 23:00 پر نکلیں۔");
    chromium.until("Home safe tonight.txt");
    look("form");
    chromium.press("Save");
    everyNight();
    look("draft");
    chromium.press("Send for approval");
    chromium.as("ben");
    chromium.open("/messages/last-bus");
    look("to-decide");
    chromium.press("Approve");
    chromium.press("Read every version");
    look("versions");
    counts("last-bus");
    chromium.as("eve");
    chromium.open("/evaluation");
    assertThat(chromium.text())
        .contains("B was accepted more often than A")
        .contains("Home safe tonight.txt");
    assertThat(
            chromium.script(
                "const table = document.querySelector('.tc-outcomes').parentElement;"
                    + " return table.scrollWidth - table.clientWidth"))
        .as("what only the scrollbar brings into sight")
        .isEqualTo(0L);
    look("evaluation");
  }

  private static void counts(String message) {
    JdbcClient db = console.bean(JdbcClient.class);
    String hour = Instant.now().truncatedTo(ChronoUnit.HOURS).toString();
    db.sql(
            """
            INSERT INTO outcome_count
              (message, variant, hour, site, node, outcome, reason, training, count)
            SELECT w.message, w.variant, ?, 'square', 'square-north', o.outcome, '', 0,
              CASE WHEN o.outcome = 'ACCEPTED' THEN 14 + 26 * (w.place - 1) ELSE 143 END
            FROM version_wording w,
              (SELECT 'ACCEPTED' AS outcome UNION SELECT 'DECLINED_OR_IGNORED') o
            WHERE w.message = ?
            """)
        .params(hour, message)
        .update();
  }

  @Test
  void a_chosen_picture_is_shown_while_its_description_is_still_being_written() throws IOException {
    Path photograph = files.resolve("ranks.png");
    ImageIO.write(map(), "png", photograph.toFile());
    chromium.as("ann");
    chromium.open("/messages/new");
    chromium.choose("A picture");
    chromium.type("title", "Where taxis stand");
    chromium.file("image", photograph);
    chromium.type("text", "A map of the square: taxis stand by the clock tower until 03:00.");
    // Its size is known once the console has it.
    chromium.until("Where taxis stand.jpg (");
    chromium.until("Nobody here can read a picture");
    assertThat(
            chromium.scriptThatCallsBack(
                "const done = arguments[0], picture = document.querySelector('#look img');"
                    + " picture.decode().then(() => done(picture.naturalWidth), done)"))
        .isEqualTo(1280L);
    look("picture-form");
    chromium.press("Save");
    everyNight();
    look("picture");
  }

  private static BufferedImage map() {
    BufferedImage image = new BufferedImage(2400, 1800, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(0xDD, 0xE8, 0xF0));
    pen.fillRect(0, 0, 2400, 1800);
    pen.setColor(new Color(0x1D, 0x70, 0xB8));
    pen.fillRect(200, 300, 2000, 160);
    pen.fillOval(1000, 800, 400, 400);
    pen.dispose();
    return image;
  }
}
