package org.towncrier.console.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;

/** What an author sees while writing, and what follows from the checks. */
class WritingPagesTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser ann;
  static Browser ben;
  static Browser sue;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    Browser administrator = console.administrator();
    ann = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    ben = console.person(administrator, "ben", "Ben Approver", "APPROVER");
    sue = console.person(administrator, "sue", "Sue Senior", "SENIOR_APPROVER");
    console.node("square", "Marlborough Square", "square-north");
    ann.submit(
        ann.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml", TestConsole.campaign("winter", "square", "Before").getBytes(UTF_8))));
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static Page look(Map<String, ?> typed) {
    Map<String, Object> pressed = new HashMap<>(typed);
    pressed.put("look", "yes");
    return ann.submit(ann.get("/messages/new").form("/messages/new"), pressed);
  }

  /** Written and scheduled; its page. */
  private static Page written(String title, String text) {
    Page schedule =
        ann.submit(
            ann.get("/messages/new").form("/messages/new"), Map.of("title", title, "text", text));
    return ann.submit(schedule.form("/schedule"), Map.of("places", List.of("square")));
  }

  @Test
  void what_is_typed_is_shown_as_a_phone_shows_it_and_nothing_is_saved() {
    Page page =
        look(Map.of("title", "Home <b>", "text", "The last <i>bus</i> leaves [stop] at 23:15."));
    assertThat(page.path()).isEqualTo("/messages/new");
    assertThat(page.html().select("#look").text())
        .contains("Incoming file Home b.txt (")
        .contains("The last <i>bus</i> leaves [stop] at 23:15.")
        .contains("The community safety team")
        .contains("Must change Fill in “[stop]”");
    assertThat(page.html().select("#title").val()).isEqualTo("Home <b>");
    assertThat(ann.get("/messages").text()).doesNotContain("Home <b>");
  }

  @Test
  void a_contact_card_is_shown_as_one() {
    Page page =
        look(
            Map.of(
                "title", "Who to call",
                "kind", "VCARD",
                "contactName", "Police",
                "contactNumbers", "Not urgent: 101\nUrgent: 999"));
    assertThat(page.html().select(".tc-phone__numbers li").eachText())
        .containsExactly("101 Not urgent", "999 Urgent");
  }

  @Test
  void half_of_a_message_can_be_looked_at() {
    for (Map<String, ?> typed :
        List.of(
            Map.of("title", "", "text", ""),
            Map.of("campaign", "", "title", "x"),
            Map.of("campaign", "none", "title", "x"),
            Map.of("title", "x", "kind", "VCARD", "contactNumbers", ":::"),
            Map.of("title", "x", "kind", "IMAGE"),
            Map.of("title", "x".repeat(5000), "text", "\u0000\u202e"),
            Map.of("title", "x", "kind", "OPERA"))) {
      assertThat(look(typed).status()).as(typed.toString()).isEqualTo(200);
    }
  }

  @Test
  void a_mistake_on_the_form_hides_nobody_elses_words() {
    Page page = written("Two at once", "Take the bus.");
    Page form = ann.get(page.path() + "/edit");
    ann.submit(form.form("/edit"), Map.of("text", "Take the tram."));
    // Read from before the tram, and refused for another reason first.
    Page refused = ann.submit(form.form("/edit"), Map.of("title", "", "text", "Take the train."));
    assertThat(refused.problems()).contains("Enter a title");
    Page again = ann.submit(refused.form("/edit"), Map.of("title", "Two at once"));
    assertThat(again.problems()).contains("changed this message since you opened it");
    assertThat(ann.get(page.path()).text()).contains("Take the tram.");
    // Told of it, whoever saves anew means it.
    ann.submit(again.form("/edit"), Map.of());
    assertThat(ann.get(page.path()).text()).contains("Take the train.");
  }

  @Test
  void an_edit_is_looked_at_without_losing_who_was_first() {
    Page page = written("Looked at", "Take the bus.");
    Page form = ann.get(page.path() + "/edit");
    Page looked = ann.submit(form.form("/edit"), Map.of("look", "yes", "text", "Take the train."));
    assertThat(looked.html().select("#look").text()).contains("Take the train.");
    ann.submit(form.form("/edit"), Map.of("text", "Take the tram."));
    assertThat(ann.submit(looked.form("/edit"), Map.of()).problems())
        .contains("Somebody has changed this message since you opened it");
  }

  @Test
  void a_usual_topic_gives_a_beginning_that_does_not_go_out_as_it_is() {
    Page page = ann.get("/messages/new");
    for (String link : page.html().select("a[href*=from]").eachAttr("href")) {
      Page started = ann.get(link);
      assertThat(started.html().select("#title").val()).as(link).isNotEmpty();
    }
    assertThat(page.html().select("a[href*=from]")).hasSize(6);
    assertThat(ann.get("/messages/new?from=nothing").status()).isEqualTo(200);
    Page begun = ann.get("/messages/new?from=getting-home");
    Page schedule = ann.submit(begun.form("/messages/new"), Map.of());
    Page saved = ann.submit(schedule.form("/schedule"), Map.of("places", List.of("square")));
    Page refused = ann.submit(saved.form("/submit"), Map.of());
    assertThat(refused.problems()).contains("Fill in “[place]”");
    assertThat(ben.get(saved.path()).hasForm("/approve")).isFalse();
  }

  @Test
  void every_check_that_blocks_is_named_when_it_is_sent_for_approval() {
    Page page =
        written("Two mistakes", "Ring Joe on 07700 900123 or see https://bit.ly/3abc for times.");
    Page refused = ann.submit(page.form("/submit"), Map.of());
    assertThat(refused.problems())
        .contains("“07700 900123” looks like somebody's own mobile number")
        .contains("bit.ly");
    assertThat(refused.html().select(".govuk-error-summary__list a").eachAttr("href"))
        .hasSizeGreaterThan(1)
        .containsOnly("#text");
  }

  @Test
  void a_sensitive_topic_waits_for_a_senior_approver() {
    Page page = written("Worried?", "Worried about drugs? Somebody listens: 0800 776600.");
    assertThat(page.text()).contains("It touches on drugs, so a senior approver decides");
    ann.submit(page.form("/submit"), Map.of());
    Page read = ben.get(page.path());
    assertThat(read.text()).contains("a senior approver must approve it");
    assertThat(read.hasForm("/approve")).isFalse();
    assertThat(read.hasForm("/return")).isTrue();
    int edit = Integer.parseInt(read.form("/return").select("[name=edit]").val());
    assertThat(ben.forge(page.path() + "/approve", Map.of("edit", edit)).problems())
        .contains("This message touches on drugs, so a senior approver must approve it");
    assertThat(sue.submit(sue.get(page.path()).form("/approve"), Map.of()).text())
        .contains("Approved. Its nodes are told now");
  }

  @Test
  void a_senior_approver_may_all_that_an_approver_may() {
    Page page = written("Taxis", "Take a taxi.");
    ann.submit(page.form("/submit"), Map.of());
    sue.submit(sue.get(page.path()).form("/approve"), Map.of());
    assertThat(sue.submit(sue.get(page.path()).form("/pause"), Map.of()).text()).contains("Paused");
  }
}
