package org.towncrier.console.noticeboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;
import org.towncrier.console.TestPicture;
import org.towncrier.console.node.Nodes;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/** What anybody reads, over HTTP, while the console's people do their work. */
class NoticeboardTest {
  private static final SiteId SQUARE = new SiteId("square");

  @TempDir static Path data;
  static PublicTown town;
  static Browser visitor;

  @BeforeAll
  static void start() {
    town = PublicTown.open(data);
    visitor = town.visitor();
  }

  @AfterAll
  static void stop() {
    town.close();
  }

  /** Every page there is, as a visitor finds it by its links. */
  private static String everything() {
    StringBuilder all = new StringBuilder();
    Deque<String> ahead = new ArrayDeque<>(List.of("/"));
    Set<String> seen = new HashSet<>(ahead);
    while (!ahead.isEmpty()) {
      Page page = visitor.get(ahead.remove());
      all.append(page.response().body());
      page.html().select("a[href^=/], img[src^=/]").stream()
          .map(link -> link.attr(link.hasAttr("href") ? "href" : "src"))
          .filter(seen::add)
          .forEach(ahead::add);
    }
    assertThat(seen).contains("/privacy", "/object", "/receive", "/at/square");
    return all.toString();
  }

  @Test
  void a_message_on_air_is_read_word_for_word_as_phones_receive_it() {
    town.onAir("genuine");
    String words =
        "Words of Title of genuine\n\nThe community safety team\nObjections: 01530 454704";
    for (String path : List.of("/", "/at/square", PublicTown.path("genuine-0"))) {
      Page page = visitor.get(path);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.html().select("p.words").eachText().size()).isPositive();
      assertThat(page.html().select("p.words").stream().map(p -> p.wholeText().strip()))
          .as(path)
          .contains(words);
      assertThat(page.text())
          .contains(
              "On air now", "The community safety team", "message-0.txt", "Marlborough Square");
    }
    assertThat(visitor.get("/at/street").text()).doesNotContain("Words of Title of genuine");
    assertThat(everything())
        .as("the title is for the team, the id is made of it, and people's names are theirs")
        .doesNotContain(">Title of genuine", "genuine-0", "Ann", "Ben");
  }

  @Test
  void no_draft_and_nothing_unapproved_appears_anywhere() {
    for (String campaign : List.of("drafted", "waiting", "returned", "dropped")) {
      town.takeIn(TestConsole.campaign(campaign, "square", "Secret " + campaign));
    }
    town.submit("waiting-0");
    town.submit("returned-0");
    town.approver.submit(
        town.approver.get("/messages/returned-0").form("/return"), Map.of("reason", "Mend it"));
    town.submit("dropped-0");
    town.cancel("dropped-0");
    town.onAir("rewritten");
    Page edit = town.author.get("/messages/rewritten-0/edit");
    town.author.submit(edit.form("/edit"), Map.of("text", "Secret new words"));

    assertThat(everything()).contains("Words of Title of rewritten").doesNotContain("Secret");
    Page none = visitor.get(PublicTown.path("never-there"));
    for (String message : List.of("drafted-0", "waiting-0", "returned-0", "dropped-0")) {
      Page page = visitor.get(PublicTown.path(message));
      assertThat(page.status()).as(message).isEqualTo(404);
      assertThat(page.response().body())
          .as("not even that it exists")
          .isEqualTo(none.response().body());
    }
    town.submit("rewritten-0");
    assertThat(everything()).doesNotContain("Secret");
    town.approver.submit(town.approver.get("/messages/rewritten-0").form("/approve"), Map.of());
    assertThat(visitor.get(PublicTown.path("rewritten-0")).text())
        .contains("Secret new words", "Its words have been changed since it was first sent")
        .doesNotContain("Words of Title of rewritten");
  }

  @Test
  void a_cancelled_message_is_gone_at_once_and_its_page_says_to_disregard_it() {
    town.onAir("wrong");
    assertThat(visitor.get("/").text()).contains("Words of Title of wrong");
    town.offered("wrong-0", false);
    town.cancel("wrong-0");
    assertThat(everything()).doesNotContain("Words of Title of wrong");
    Page page = visitor.get(PublicTown.path("wrong-0"));
    assertThat(page.status()).isEqualTo(410);
    assertThat(page.text())
        .contains("This message was withdrawn", "Please disregard it", "message-0.txt")
        .doesNotContain("genuine");
    assertThat(visitor.get("/").html().select("section li").text()).contains("Withdrawn");
  }

  @Test
  void a_message_that_ended_says_so_without_its_words() {
    town.onAir("over");
    town.offered("over-0", false);
    town.end("over-0");
    Page page = visitor.get(PublicTown.path("over-0"));
    assertThat(page.status()).isEqualTo(410);
    assertThat(page.text())
        .contains("This message has ended", "It is not current")
        .doesNotContain("Words of Title of over");
    assertThat(everything()).doesNotContain("Words of Title of over");
  }

  @Test
  void a_message_between_its_windows_is_called_genuine_and_not_current() {
    DayOfWeek another = LocalDate.now(ZoneId.of("Europe/London")).plusDays(3).getDayOfWeek();
    town.takeIn(
        TestConsole.campaign("later", "square", "Later")
            .replaceAll("days: \\[.*?]", "days: [" + another.name().toLowerCase() + "]"));
    town.approve("later-0");
    assertThat(visitor.get(PublicTown.path("later-0")).status())
        .as("nobody has been offered it yet")
        .isEqualTo(404);
    town.offered("later-0", false);
    town.console.bean(Nodes.class).training(new SiteId("street"), null, false, "admin");
    Page page = visitor.get(PublicTown.path("later-0"));
    assertThat(page.status()).isEqualTo(410);
    assertThat(page.text()).contains("not on air now", "It is genuine, and may be on air again");
    assertThat(everything()).doesNotContain("Words of Later");
  }

  @Test
  void a_paused_message_is_not_on_air_until_it_is_resumed() {
    town.onAir("paused");
    town.offered("paused-0", false);
    town.pause("paused-0");
    assertThat(everything()).doesNotContain("Words of Title of paused");
    assertThat(visitor.get(PublicTown.path("paused-0")).text()).contains("not on air now");
    town.resume("paused-0");
    assertThat(visitor.get("/").text()).contains("Words of Title of paused");
  }

  @Test
  void what_a_site_or_node_on_hold_may_not_say_is_not_on_air() {
    town.onAir("held");
    Nodes nodes = town.console.bean(Nodes.class);
    assertThat(visitor.get("/at/square").text()).contains("Words of Title of held");
    nodes.hold(SQUARE, null, "admin");
    try {
      assertThat(everything()).doesNotContain("Words of Title of held");
      assertThat(visitor.get("/at/square").text()).contains("Nothing is on air here now");
      assertThat(visitor.get(PublicTown.path("held-0") + "/card.vcf").status()).isEqualTo(404);
    } finally {
      nodes.resume(SQUARE, null, "admin");
    }
    nodes.hold(SQUARE, new NodeId("square-north"), "admin");
    try {
      assertThat(visitor.get("/").text()).doesNotContain("Words of Title of held");
    } finally {
      nodes.resume(SQUARE, new NodeId("square-north"), "admin");
    }
    assertThat(visitor.get("/at/square").text()).contains("Words of Title of held");
  }

  @Test
  void a_training_message_never_appears_not_even_once_it_is_over() {
    Nodes nodes = town.console.bean(Nodes.class);
    nodes.training(SQUARE, null, true, "admin");
    try {
      town.onAir("exercise");
      town.offered("exercise-0", true);
      assertThat(everything()).doesNotContain("Words of Title of exercise", "raining");
      assertThat(visitor.get(PublicTown.path("exercise-0")).status()).isEqualTo(404);
      town.cancel("exercise-0");
    } finally {
      nodes.training(SQUARE, null, false, "admin");
    }
    assertThat(everything()).doesNotContain("Words of Title of exercise");
    assertThat(visitor.get(PublicTown.path("exercise-0")).status()).isEqualTo(404);
  }

  @Test
  void a_contact_card_can_be_read_and_saved() {
    town.card("card");
    String path = PublicTown.path("card-0");
    Page page = visitor.get(path);
    assertThat(page.text())
        .contains("Safe in town", "The partnership", "Police, not urgent", "101");
    assertThat(page.html().select("a[href='tel:101']")).hasSize(1);
    Page card = visitor.get(page.html().select("a[href$=card.vcf]").attr("href"));
    assertThat(card.response().headers().firstValue("Content-Type"))
        .contains("text/vcard;charset=utf-8");
    assertThat(card.response().headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"who-to-call.vcf\"");
    assertThat(card.response().body())
        .startsWith("BEGIN:VCARD\r\n")
        .contains("FN:Safe in town\r\n", "item1.TEL:101\r\n")
        .endsWith("END:VCARD\r\n");
    assertThat(visitor.get(path + "/picture.jpg").status()).isEqualTo(404);
  }

  @Test
  void a_picture_is_shown_with_what_it_says_in_words() {
    town.picture("pictures", TestPicture.jpeg(), "A map: taxis stand at \"the clock\" <north>");
    Page page = visitor.get(PublicTown.path("map-of-the-square"));
    assertThat(page.html().select("figure img").attr("alt"))
        .isEqualTo("A map: taxis stand at \"the clock\" <north>");
    assertThat(page.html().select("figcaption").text()).contains("taxis stand at");
    Page picture = visitor.get(page.html().select("figure img").attr("src"));
    assertThat(picture.response().headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(picture.response().body().getBytes(UTF_8).length).isPositive();
  }

  @Test
  void each_wording_is_genuine_and_each_language_is_marked() {
    town.takeIn(
        TestConsole.campaign("worded", "square", "Way home")
            .replace(
                "    places:",
                """
                    otherWordings:
                      - object: other.txt
                        texts:
                          - {language: en, words: "Another way to say it"}
                          - {language: pl, words: "Inaczej"}
                    places:\
                """));
    town.approve("worded-0");
    Page page = visitor.get(PublicTown.path("worded-0"));
    assertThat(page.text())
        .contains("It goes out in 2 wordings. Yours is one of these.")
        .contains("Words of Way home")
        .contains("Another way to say it")
        .contains("message-0.txt or other.txt");
    assertThat(page.html().select(".words span").eachAttr("lang"))
        .containsExactly("en", "en", "en", "pl", "en");
    assertThat(page.html().select(".words span[lang=pl]").text()).isEqualTo("— Polski — Inaczej");
    assertThat(everything()).contains("Another way to say it", "Inaczej");
  }

  @Test
  void the_file_of_each_wording_has_an_address_and_no_other() {
    String card = "card: {name: \"%s\", organisation: \"o\", numbers: [{label: p, dial: \"101\"}]}";
    town.takeIn(
        TestConsole.campaign("cards", "square", "Who to call")
            .replace("kind: text", "kind: vcard")
            .replace("object: message-0.txt", "object: who.vcf")
            .replaceAll("text: \"Words.*", card.formatted("First"))
            .replace(
                "    places:",
                "    otherWordings:\n      - {object: help.vcf, %s}\n    places:"
                    .formatted(card.formatted("Second"))));
    town.approve("cards-0");
    String path = PublicTown.path("cards-0");
    assertThat(visitor.get(path).html().select("a[href$=.vcf]").eachAttr("href"))
        .containsExactly(path + "/card.vcf", path + "/card-2.vcf");
    assertThat(visitor.get(path + "/card.vcf").response().body()).contains("FN:First");
    assertThat(visitor.get(path + "/card-2.vcf").response().body()).contains("FN:Second");
    for (String none :
        List.of(
            "/card-1.vcf",
            "/card-3.vcf",
            "/card-2.jpg",
            "/card.jpg",
            "/picture.vcf",
            "/card-22.vcf")) {
      assertThat(visitor.get(path + none).status()).as(none).isEqualTo(404);
    }
  }

  @Test
  void the_privacy_notice_says_who_is_responsible_and_how_long_anything_is_kept() {
    assertThat(visitor.get("/privacy").text())
        .contains(
            "North West Leicestershire District Council",
            "01530 454704",
            "dpo@example.gov.uk",
            "It is part of our public task.",
            "two years",
            "overwritten at noon",
            "92 days at most")
        .doesNotContain("not complete");
    assertThat(visitor.get("/object").text())
        .contains("not asked again in the same campaign", "01530 454704", "0303 123 1113");
    assertThat(visitor.get("/receive").text())
        .contains("Open Settings", "50 seconds", "iPhones can't receive");
  }

  @Test
  void the_console_offers_the_signs_to_whoever_is_signed_in_and_to_nobody_else() {
    Page signs = town.author.get("/signs");
    assertThat(signs.text())
        .contains("Marlborough Square", "https://check.example.gov.uk/at/square");
    for (String paper : List.of("a4", "a3")) {
      String path = "/signs/square-" + paper + ".pdf";
      assertThat(signs.hasLink(path)).isTrue();
      Page pdf = town.author.get(path);
      assertThat(pdf.status()).isEqualTo(200);
      assertThat(pdf.response().body()).startsWith("%PDF-");
      assertThat(town.console.browser().get(path).path()).isEqualTo("/sign-in");
    }
    assertThat(town.author.get("/signs/nowhere-a4.pdf").status()).isEqualTo(404);
    assertThat(town.author.get("/signs/square-a5.pdf").status()).isEqualTo(404);
  }
}
