package org.towncrier.console.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.Browser.Upload;
import org.towncrier.console.TestConsole;
import org.towncrier.console.TestPicture;

/** Writing a message in several wordings, in several languages, with pictures. */
class WordingsPagesTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser ann;
  static Browser ben;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    Browser administrator = console.administrator();
    ann = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    ben = console.person(administrator, "ben", "Ben Approver", "APPROVER");
    console.node("square", "Marlborough Square", "square-north");
    importFile(TestConsole.campaign("winter", "square", "Before"));
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static Page importFile(String yaml) {
    return ann.submit(
        ann.get("/campaigns/import").form("/campaigns/import"),
        Map.of("file", new Upload("c.yaml", yaml.getBytes(UTF_8))));
  }

  private static Page press(Page page, String change, Map<String, ?> typed) {
    Map<String, Object> all = inWinter(typed);
    all.put("change", change);
    return ann.submit(form(page), all);
  }

  private static Map<String, Object> inWinter(Map<String, ?> typed) {
    Map<String, Object> all = new HashMap<>(typed);
    all.put("campaign", "winter");
    return all;
  }

  private static FormElement form(Page page) {
    return page.form(page.path().endsWith("/edit") ? "/edit" : "/messages/new");
  }

  /** Saved, with a place. */
  private static Page saved(Page form, Map<String, ?> typed) {
    Page schedule = ann.submit(form(form), inWinter(typed));
    assertThat(schedule.problems()).isEmpty();
    return ann.submit(schedule.form("/schedule"), Map.of("places", List.of("square")));
  }

  private static void approve(Page page) {
    assertThat(ann.submit(ann.get(page.path()).form("/submit"), Map.of()).text())
        .contains("Sent for approval");
    assertThat(ben.submit(ben.get(page.path()).form("/approve"), Map.of()).text())
        .contains("Approved. Its nodes are told now");
  }

  @Test
  void two_wordings_are_written_compared_approved_and_kept() {
    Page form =
        press(
            ann.get("/messages/new"),
            "add-wording",
            Map.of("title", "Last bus", "text", "The last bus leaves at 23:15."));
    assertThat(form.html().select(".tc-wording")).hasSize(2);
    assertThat(form.html().select("#text").val()).isEqualTo("The last bus leaves at 23:15.");
    Page same =
        ann.submit(
            form(form),
            Map.of("look", "yes", "file", "Bus", "file-2", "bus.txt", "text-2-1", "Get home."));
    assertThat(same.html().select("#look").text())
        .contains("Wordings A and B have the same file name")
        .contains("Incoming file Bus.txt")
        .contains("The last bus leaves at 23:15.")
        .contains("Get home.");
    Page page = saved(same, Map.of("file-2", "Home safe"));
    assertThat(page.html().select(".tc-phone")).hasSize(2);
    assertThat(page.text()).contains("It has 2 wordings").doesNotContain("the same file name");
    approve(page);
    assertThat(ben.get(page.path()).html().select(".tc-phone__question").eachText())
        .anyMatch(question -> question.contains("Bus.txt"))
        .anyMatch(question -> question.contains("Home safe.txt"));
    Page edit = ann.get(page.path() + "/edit");
    ann.submit(form(press(edit, "remove-wording-1", Map.of())), Map.of());
    Page versions = ben.get(page.path() + "/versions");
    assertThat(versions.text())
        .contains("On the phone, wording B File: Home safe.txt")
        .contains("how many wordings");
  }

  @Test
  void what_is_wrong_is_said_at_the_wording_it_is_wrong_in() {
    Page form = press(ann.get("/messages/new"), "add-wording", Map.of("title", "x", "text", "A"));
    Page empty = ann.submit(form(form), Map.of());
    assertThat(empty.html().select("#text-2-1-error").text()).contains("Enter the message");
    assertThat(empty.html().select(".govuk-error-summary a").attr("href")).isEqualTo("#text-2-1");
    Page twice = ann.submit(form(form), Map.of("text-2-1", "A"));
    assertThat(twice.problems()).contains("Wordings A and B say the same");
    Page page = saved(form, Map.of("text-2-1", "Call [name]", "file-2", "other"));
    Page refused = ann.submit(page.form("/submit"), Map.of());
    assertThat(refused.problems()).contains("Fill in “[name]”");
  }

  @Test
  void a_form_takes_four_wordings_and_six_languages_and_no_more() {
    Page form = ann.get("/messages/new");
    for (int i = 0; i < 6; i++) {
      form = press(form, "add-wording", Map.of("title", "Many"));
      form = press(form, "add-language-1", Map.of());
    }
    assertThat(form.html().select(".tc-wording")).hasSize(4);
    assertThat(form.html().select("#wording-1 textarea[name^=text]")).hasSize(6);
    for (String change :
        List.of("remove-wording-9", "remove-language-1-99", "up-language-0-0", "add-", "x", "")) {
      assertThat(press(form, change, Map.of()).html().select(".tc-wording")).hasSize(4);
    }
  }

  @Test
  void languages_follow_each_other_in_the_authors_order_and_are_marked() {
    Page form =
        press(
            ann.get("/messages/new"),
            "add-language-1",
            Map.of("title", "Ostatni autobus", "text", "The last bus leaves at 23:15."));
    Page polish =
        ann.submit(
            form(form),
            Map.of(
                "look", "yes",
                "language-1-2", "pl",
                "text-1-2", "Ostatni autobus odjeżdża o 23:15."));
    assertThat(polish.html().select("#look .tc-phone__text p").eachAttr("lang"))
        .containsExactly("en", "pl", "en");
    assertThat(polish.html().select("#look .tc-phone__text").text())
        .contains("— English — The last bus leaves at 23:15. — Polski — Ostatni autobus");
    assertThat(polish.html().select("#look").text()).contains("Somebody who reads Polish");
    Page turned = press(polish, "up-language-1-2", Map.of());
    assertThat(turned.html().select("#text").val()).startsWith("Ostatni");
    assertThat(turned.html().select("#language").select("option[selected]").val()).isEqualTo("pl");
    Page page = saved(turned, Map.of());
    assertThat(page.html().select(".tc-phone__text p").eachAttr("lang"))
        .containsExactly("pl", "en", "en");
    Page twice = ann.submit(form(ann.get(page.path() + "/edit")), Map.of("language-1-2", "pl"));
    assertThat(twice.problems()).contains("Polish is there twice");
    Page none = ann.submit(form(ann.get(page.path() + "/edit")), Map.of("language", "klingon"));
    assertThat(none.problems()).contains("Select the language");
    Page one = press(ann.get(page.path() + "/edit"), "remove-language-1-1", Map.of());
    assertThat(one.html().select("textarea[name^=text]").eachText())
        .containsExactly("The last bus leaves at 23:15.");
  }

  @Test
  void a_chosen_picture_is_shown_before_it_is_saved_and_outlives_a_mistake() {
    Map<String, Object> typed = new HashMap<>();
    typed.put("look", "yes");
    typed.put("campaign", "winter");
    typed.put("title", "");
    typed.put("kind", "IMAGE");
    typed.put("text", "A map of the taxi ranks");
    typed.put("image", new Upload("map.png", TestPicture.file("png", 0xFFFFFF)));
    Page looked = ann.submit(form(ann.get("/messages/new")), typed);
    Element shown = looked.html().selectFirst("#look .tc-phone img");
    assertThat(shown.attr("alt")).isEqualTo("A map of the taxi ranks");
    assertThat(ann.get(shown.attr("src")).response().headers().firstValue("Content-Type"))
        .contains("image/jpeg");
    assertThat(ben.get(shown.attr("src")).status()).isNotEqualTo(200);
    Page mistake = ann.submit(form(looked), Map.of());
    assertThat(mistake.problems()).contains("Enter a title");
    Page page = saved(mistake, Map.of("title", "Map of ranks"));
    assertThat(page.html().select(".tc-phone img").attr("src"))
        .isEqualTo("/messages/map-of-ranks/image/1?small=true");
    Page edited = ann.submit(form(ann.get(page.path() + "/edit")), Map.of("text", "Another map"));
    assertThat(edited.html().select(".tc-phone img").attr("alt")).isEqualTo("Another map");
  }

  @Test
  void each_wording_has_its_picture_and_keeps_it_when_another_is_taken_out() {
    Map<String, Object> typed = new HashMap<>();
    typed.put("title", "Two maps");
    typed.put("kind", "IMAGE");
    typed.put("text", "The first map");
    typed.put("image", new Upload("a.jpg", TestPicture.file("jpeg", 0)));
    Page form = press(ann.get("/messages/new"), "add-wording", typed);
    Map<String, Object> second = new HashMap<>();
    second.put("file-2", "Ranks");
    second.put("text-2-1", "The second map");
    second.put("image-2", new Upload("b.png", TestPicture.file("png", 0xFFFFFF)));
    Page page = saved(form, second);
    String secondPicture = ann.get(page.path() + "/image/2").response().body();
    assertThat(ann.get(page.path() + "/image/1").status()).isEqualTo(200);
    assertThat(ann.get(page.path() + "/image/3").status()).isEqualTo(404);
    Page one = press(ann.get(page.path() + "/edit"), "remove-wording-1", Map.of());
    ann.submit(form(one), Map.of());
    Page left = ann.get(page.path());
    assertThat(left.html().select(".tc-phone img").eachAttr("alt"))
        .containsExactly("The second map");
    assertThat(ann.get(page.path() + "/image/1").response().body()).isEqualTo(secondPicture);
  }

  @Test
  void a_picture_without_words_can_be_saved_and_not_sent() {
    Map<String, Object> typed = new HashMap<>();
    typed.put("title", "Only a picture");
    typed.put("kind", "IMAGE");
    typed.put("image", new Upload("a.jpg", TestPicture.file("jpeg", 0)));
    Page page = saved(ann.get("/messages/new"), typed);
    assertThat(ann.submit(page.form("/submit"), Map.of()).problems())
        .contains("Say what the picture shows");
  }

  @Test
  void a_file_is_called_after_its_title_until_it_was_approved_or_named() {
    Page page = saved(ann.get("/messages/new"), Map.of("title", "Bus home", "text", "Take it."));
    assertThat(question(page)).contains("Bus home.txt");
    Page edit = ann.get(page.path() + "/edit");
    assertThat(edit.html().select("#file").val()).isEmpty();
    ann.submit(form(edit), Map.of("title", "Night bus"));
    assertThat(question(ann.get(page.path()))).contains("Night bus.txt");
    approve(page);
    Page later = ann.get(page.path() + "/edit");
    assertThat(later.html().select("#file").val()).isEqualTo("Night bus.txt");
    ann.submit(form(later), Map.of("title", "Late bus"));
    assertThat(question(ann.get(page.path()))).contains("Night bus.txt");
    Page named =
        saved(
            ann.get("/messages/new"),
            Map.of("title", "Taxis", "file", "Home.jpeg", "text", "Take one."));
    assertThat(question(named)).contains("Home.txt");
    ann.submit(form(ann.get(named.path() + "/edit")), Map.of("title", "Cabs"));
    assertThat(question(ann.get(named.path()))).contains("Home.txt");
  }

  private static String question(Page page) {
    return page.html().select(".tc-phone__question").text();
  }

  @Test
  void wordings_and_languages_go_out_in_a_campaign_file_and_come_back_the_same() {
    importFile(
        TestConsole.campaign("worded", "square", "First")
            .replace(
                "    places:",
                """
                    otherWordings:
                      - object: other.txt
                        texts:
                          - language: en
                            words: Another way to say it
                          - language: pl
                            words: Inaczej
                    places:\
                """));
    Page page = ann.get("/messages/worded-0");
    assertThat(page.html().select(".tc-phone")).hasSize(2);
    String file = ann.get("/campaigns/worded/export").response().body();
    assertThat(file).contains("otherWordings").contains("Inaczej").contains("language: pl");
    importFile(file.replace("worded", "again"));
    String again = ann.get("/campaigns/again/export").response().body();
    assertThat(again.replace("again", "worded")).isEqualTo(file);
  }

  @Test
  void a_campaign_file_says_where_a_wording_is_wrong() {
    Page wrong =
        importFile(
            TestConsole.campaign("wrongly-worded", "square", "First")
                .replace(
                    "    places:",
                    """
                        otherWordings:
                          - object: other.txt
                            texts:
                              - language: xx
                                words: Another way
                          - text: No object
                        places:\
                    """));
    assertThat(wrong.problems())
        .contains("messages[0].otherWordings[0].texts[0].language")
        .contains("messages[0].otherWordings[1].object");
    assertThat(ann.get("/messages/wrongly-worded-0").status()).isEqualTo(404);
    Page twice =
        importFile(
            TestConsole.campaign("wrongly-worded", "square", "First")
                .replace(
                    "    places:",
                    """
                        otherWordings:
                          - object: ../other.txt
                            texts:
                              - {language: en, words: One}
                              - {language: en, words: ""}
                        places:\
                    """));
    assertThat(twice.problems())
        .contains("messages[0].otherWordings[0].object")
        .contains("messages[0].otherWordings[0].texts[1].language")
        .contains("messages[0].otherWordings[0].texts[1]: Enter the message in English (line ");
  }
}
