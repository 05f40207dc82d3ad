package org.towncrier.console.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.Browser.Upload;
import org.towncrier.console.TestConsole;
import org.towncrier.console.TestPicture;

class MessagePagesTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser administrator;
  static Browser ann;
  static Browser ben;
  static Browser both;
  static Browser eve;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    administrator = console.administrator();
    ann = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    ben = console.person(administrator, "ben", "Ben Approver", "APPROVER");
    both = console.person(administrator, "both", "Bo Both", "AUTHOR", "APPROVER");
    eve = console.person(administrator, "eve", "Eve Evaluator", "EVALUATOR");
    console.node("square", "Marlborough Square", "square-north");
    console.node("square", "Marlborough Square", "square-south");
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static Page take(Browser who, String yaml) {
    return who.submit(
        who.get("/campaigns/import").form("/campaigns/import"),
        Map.of("file", new Upload("campaign.yaml", yaml.getBytes(UTF_8))));
  }

  /** A message of a campaign of its own, waiting for approval. */
  private static String submitted(Browser author, String campaign) {
    take(author, TestConsole.campaign(campaign, "square", "Title of " + campaign));
    String path = "/messages/" + campaign + "-0";
    assertThat(author.submit(author.get(path).form("/submit"), Map.of()).text())
        .contains("Sent for approval");
    return path;
  }

  @Test
  void a_message_goes_on_air_by_one_who_writes_and_one_who_approves() {
    take(ann, TestConsole.campaign("whole-road", "square", "First"));
    Page form = ann.get("/messages/new");
    Page schedule =
        ann.submit(
            form.form("/messages/new"),
            Map.of(
                "campaign", "whole-road",
                "title", "Getting home",
                "text", "Plan your way home before the last drink."));
    assertThat(schedule.path()).isEqualTo("/messages/getting-home/schedule");
    Page saved =
        ann.submit(
            schedule.form("/schedule"),
            Map.of(
                "places", List.of("square/square-north"),
                "days", List.of("THURSDAY", "FRIDAY"),
                "opens", "19:00",
                "closes", "04:00",
                "priority", "HIGH"));
    assertThat(saved.path()).isEqualTo("/messages/getting-home");
    assertThat(saved.text())
        .contains("Marlborough Square, square-north")
        .contains("Thu, Fri, 19:00 to 04:00 the next day")
        .contains("Priority: high")
        .contains("Draft")
        .contains("The community safety team");
    ann.submit(saved.form("/submit"), Map.of());
    Page approved = ben.submit(ben.get("/messages/getting-home").form("/approve"), Map.of());
    assertThat(approved.text())
        .contains("Approved. Its nodes are told now")
        .contains("Ben Approver approved it")
        .contains("Ann Author wrote it");
  }

  @Test
  void nobody_approves_what_they_wrote_and_the_page_says_why() {
    String path = submitted(both, "own");
    Page page = both.get(path);
    assertThat(page.text())
        .contains("You wrote some of this message, so somebody else must approve it");
    assertThat(page.hasForm("/approve")).isFalse();
    Page forged = both.forge(path + "/approve", Map.of("edit", 1));
    assertThat(forged.problems()).contains("somebody else must approve it");
    assertThat(both.get(path).text()).contains("Waiting for approval");
  }

  @Test
  void who_has_not_the_role_is_neither_offered_a_step_nor_allowed_it() {
    String path = submitted(ann, "roles");
    for (Browser other : List.of(ann, eve, administrator)) {
      assertThat(other.get(path).hasForm("/approve")).isFalse();
      assertThat(other.forge(path + "/approve", Map.of("edit", 1)).status()).isEqualTo(403);
      assertThat(other.forge(path + "/return", Map.of("edit", 1, "reason", "x")).status())
          .isEqualTo(403);
      assertThat(other.get(path + "/cancel").status()).isEqualTo(403);
      for (String step : List.of("/cancel", "/end", "/pause", "/resume")) {
        assertThat(other.forge(path + step, Map.of()).status()).as(step).isEqualTo(403);
      }
    }
    for (Browser other : List.of(ben, eve, administrator)) {
      assertThat(other.get("/messages").hasLink("/messages/new")).isFalse();
      assertThat(other.get("/messages/new").status()).isEqualTo(403);
      assertThat(other.get(path + "/edit").status()).isEqualTo(403);
      assertThat(other.get(path + "/schedule").status()).isEqualTo(403);
      assertThat(other.forge("/messages/new", Map.of("title", "x")).status()).isEqualTo(403);
      for (String step : List.of("/submit", "/withdraw", "/discard")) {
        assertThat(other.forge(path + step, Map.of()).status()).as(step).isEqualTo(403);
      }
      assertThat(other.forge("/campaigns/import", Map.of()).status()).isEqualTo(403);
    }
    assertThat(administrator.forge("/messages/roles-0", Map.of()).status()).isEqualTo(403);
    assertThat(eve.get(path).status()).isEqualTo(200);
    assertThat(ben.get("/evaluation").status()).isEqualTo(403);
    assertThat(eve.get("/evaluation").status()).isEqualTo(200);
  }

  @Test
  void a_message_returned_says_why_and_can_be_sent_again() {
    String path = submitted(ann, "returned");
    Page noReason = ben.submit(ben.get(path).form("/return"), Map.of("reason", " "));
    assertThat(noReason.problems()).contains("Enter what should be changed");
    Page returned =
        ben.submit(ben.get(path).form("/return"), Map.of("reason", "Name the last bus"));
    assertThat(returned.text()).contains("Returned to its author");
    Page seen = ann.get(path);
    assertThat(seen.text()).contains("Returned by Ben Approver").contains("Name the last bus");
    ann.submit(seen.form("/submit"), Map.of());
    assertThat(ben.get(path).hasForm("/approve")).isTrue();
  }

  @Test
  void nobody_approves_words_other_than_those_they_read() {
    String path = submitted(ann, "changed");
    Page read = ben.get(path);
    ben.submit(ben.get(path).form("/return"), Map.of("reason", "Shorter"));
    ann.submit(ann.get(path + "/edit").form("/edit"), Map.of("text", "Other words"));
    ann.submit(ann.get(path).form("/submit"), Map.of());
    Page late = ben.submit(read.form("/approve"), Map.of());
    assertThat(late.problems()).contains("Somebody has changed this message since you opened it");
  }

  @Test
  void cancelling_asks_once_and_then_ends_it() {
    String path = submitted(both, "cancelled");
    ben.submit(ben.get(path).form("/approve"), Map.of());
    Page ask = both.get(path + "/cancel");
    assertThat(ask.text()).contains("Cancel “Title of cancelled”?");
    Page done = both.submit(ask.form("/cancel"), Map.of());
    assertThat(done.text()).contains("Connected nodes stop within seconds").contains("Cancelled");
    assertThat(done.hasLink(path + "/cancel")).isFalse();
    Page again = both.submit(ask.form("/cancel"), Map.of());
    assertThat(again.problems()).contains("can't become cancelled");
  }

  @Test
  void what_was_sent_is_taken_back_and_a_draft_discarded_by_its_author() {
    String path = submitted(ann, "taken-back");
    assertThat(both.get(path).hasForm("/withdraw")).isFalse();
    assertThat(both.forge(path + "/withdraw", Map.of()).problems())
        .contains("Only somebody who wrote some of this message");
    Page back = ann.submit(ann.get(path).form("/withdraw"), Map.of());
    assertThat(back.text()).contains("It is a draft again").contains("Ann Author withdrew it");
    Page gone = ann.submit(ann.get(path + "/discard").form("/discard"), Map.of());
    assertThat(gone.text()).contains("Discarded");
    assertThat(gone.hasForm("/submit")).isFalse();
    assertThat(ann.submit(back.form("/submit"), Map.of()).problems())
        .contains("A message that is discarded can't become submitted");
  }

  @Test
  void a_message_is_paused_and_resumed_and_ended_early_by_an_approver() {
    String path = submitted(ann, "paused");
    ben.submit(ben.get(path).form("/approve"), Map.of());
    Page paused = ben.submit(ben.get(path).form("/pause"), Map.of());
    assertThat(paused.text()).contains("Paused").contains("No node offers it until it is resumed");
    assertThat(paused.hasForm("/pause")).isFalse();
    assertThat(ann.get(path).hasForm("/resume")).isFalse();
    Page resumed = ben.submit(paused.form("/resume"), Map.of());
    assertThat(resumed.text()).contains("Live").contains("Ben Approver resumed it");
    assertThat(ben.submit(paused.form("/resume"), Map.of()).problems())
        .contains("A message that is live can't be resumed");
    Page ended = ben.submit(ben.get(path + "/end").form("/end"), Map.of());
    assertThat(ended.text()).contains("Ended. Connected nodes stop").contains("nodes do as told");
    assertThat(ann.get(path).text()).contains("Ben Approver ended it early");
  }

  @Test
  void every_version_can_be_read_with_what_changed_and_who_decided() {
    String path = submitted(ann, "read-again");
    ben.submit(ben.get(path).form("/approve"), Map.of());
    ann.submit(ann.get(path + "/edit").form("/edit"), Map.of("text", "Newer <i>words</i>"));
    Page page = eve.get(path + "/versions");
    assertThat(page.text())
        .contains("Version 2 Draft Written by Ann Author")
        .contains("Changed the words")
        .contains("Newer <i>words</i>")
        .contains("Version 1 Live")
        .contains("Decided by Ben Approver")
        .contains("Words of Title of read-again")
        .contains("Where Every node of Marlborough Square");
    assertThat(eve.get(path + "/versions/1/image").status()).isEqualTo(404);
    assertThat(eve.get("/messages/none/versions").status()).isEqualTo(404);
  }

  @Test
  void every_error_in_writing_keeps_what_was_typed() {
    take(ann, TestConsole.campaign("typed", "square", "First"));
    Page page =
        ann.submit(
            ann.get("/messages/new").form("/messages/new"),
            Map.of(
                "campaign", "typed",
                "title", "t".repeat(81),
                "kind", "VCARD",
                "text", "Kept <b>words</b> & \"signs\"\nin two lines",
                "contactName", "",
                "contactOrganisation", "Police",
                "contactNumbers", "Not urgent: one oh one"));
    assertThat(page.problems())
        .contains("80 characters or fewer")
        .contains("Enter the name of the contact")
        .contains("\"one oh one\" is not a number to dial");
    assertThat(page.html().select("#title").val()).isEqualTo("t".repeat(81));
    assertThat(page.html().select("#text").val().replace("\r\n", "\n"))
        .isEqualTo("Kept <b>words</b> & \"signs\"\nin two lines");
    assertThat(page.html().select("input[name=kind][checked]").val()).isEqualTo("VCARD");
    assertThat(page.html().select("#contactOrganisation").val()).isEqualTo("Police");
    assertThat(page.html().select("#contactNumbers").val()).isEqualTo("Not urgent: one oh one");
    assertThat(page.html().select("#campaign option[selected]").val()).isEqualTo("typed");
    assertThat(page.html().title()).startsWith("Error: ");
  }

  @Test
  void a_message_without_a_campaign_or_of_no_kind_is_refused_at_its_field() {
    Page none =
        ann.submit(
            ann.get("/messages/new").form("/messages/new"),
            Map.of("campaign", "", "title", "Kept", "text", "x"));
    assertThat(none.problems()).contains("Select a campaign");
    assertThat(none.html().select("#title").val()).isEqualTo("Kept");
    Page kind =
        ann.submit(
            ann.get("/messages/new").form("/messages/new"),
            Map.of("campaign", "any", "title", "Kept", "kind", "VIDEO"));
    assertThat(kind.problems()).contains("Select what the phone receives");
  }

  @Test
  void every_error_in_the_schedule_keeps_what_was_typed() {
    take(ann, TestConsole.campaign("when", "square", "First"));
    Page page =
        ann.submit(
            ann.get("/messages/when-0/schedule").form("/schedule"),
            Map.of(
                "places", List.of(),
                "from", "2026-02-30",
                "to", "soon",
                "days", List.of(),
                "opens", "25:00",
                "closes", "04:00",
                "priority", "HUGE"));
    assertThat(page.problems())
        .contains("Select at least one place")
        .contains("Enter the first day")
        .contains("Enter the last day")
        .contains("Select at least one day of the week")
        .contains("Enter the time it starts")
        .contains("Select a priority");
    assertThat(page.html().select("#from").val()).isEqualTo("2026-02-30");
    assertThat(page.html().select("#to").val()).isEqualTo("soon");
    assertThat(page.html().select("#opens").val()).isEqualTo("25:00");
    assertThat(page.html().select("#closes").val()).isEqualTo("04:00");
    Page outside =
        ann.submit(
            ann.get("/messages/when-0/schedule").form("/schedule"),
            Map.of("from", "2020-01-01", "to", "2019-01-01"));
    assertThat(outside.problems()).contains("The last day must be the first day or later");
    Page early =
        ann.submit(
            ann.get("/messages/when-0/schedule").form("/schedule"), Map.of("from", "2020-01-01"));
    assertThat(early.problems()).contains("its messages must lie within");
  }

  @Test
  void a_message_with_nowhere_to_go_is_not_sent_for_approval() {
    take(ann, TestConsole.campaign("nowhere", "square", "First"));
    ann.submit(
        ann.get("/messages/new").form("/messages/new"),
        Map.of("campaign", "nowhere", "title", "No place yet", "text", "x"));
    Page page = ann.submit(ann.get("/messages/no-place-yet").form("/submit"), Map.of());
    assertThat(page.problems())
        .contains("Select at least one place")
        .contains("Enter when the message is on air");
  }

  @Test
  void an_approved_message_goes_on_while_its_new_version_is_written() {
    String path = submitted(ann, "newer");
    ben.submit(ben.get(path).form("/approve"), Map.of());
    Page page = ann.submit(ann.get(path + "/edit").form("/edit"), Map.of("text", "Newer words"));
    assertThat(page.text())
        .contains("Newer words")
        .contains("Live")
        .contains("Draft")
        .contains("The version approved before goes on");
  }

  @Test
  void a_picture_is_shown_and_something_else_is_refused() {
    take(ann, TestConsole.campaign("pictures", "square", "First"));
    Map<String, Object> typed =
        Map.of("campaign", "pictures", "title", "A picture", "kind", "IMAGE", "text", "A map");
    Page none = ann.submit(ann.get("/messages/new").form("/messages/new"), typed);
    assertThat(none.problems()).contains("needs a picture");
    Map<String, Object> wrong = new java.util.HashMap<>(typed);
    wrong.put("image", new Upload("x.jpg", "not a picture".getBytes(UTF_8)));
    assertThat(ann.submit(ann.get("/messages/new").form("/messages/new"), wrong).problems())
        .contains("must be a JPEG or PNG file");
    Map<String, Object> right = new java.util.HashMap<>(typed);
    right.put("image", new Upload("x.jpg", TestPicture.jpeg()));
    ann.submit(ann.get("/messages/new").form("/messages/new"), right);
    Page page = ann.get("/messages/a-picture");
    assertThat(page.html().select(".tc-phone img").attr("alt")).isEqualTo("A map");
    assertThat(ann.get("/messages/a-picture/image").response().headers().firstValue("Content-Type"))
        .contains("image/jpeg");
    assertThat(ann.get("/messages/pictures-0/image").status()).isEqualTo(404);
  }

  @Test
  void a_campaign_goes_out_as_the_file_it_came_in_as() {
    take(ann, TestConsole.campaign("there-and-back", "square", "One", "Two"));
    Page export = eve.get("/campaigns/there-and-back/export");
    assertThat(export.response().headers().firstValue("Content-Disposition").orElse(""))
        .contains("there-and-back.yaml");
    String renamed = export.response().body().replace("there-and-back", "back-again");
    assertThat(take(ann, renamed).text()).contains("The campaign is imported");
    assertThat(ann.get("/messages/back-again-1").text()).contains("Words of Two");
  }

  @Test
  void a_campaign_file_with_mistakes_is_refused_whole_with_each_of_them() {
    Page empty = ann.submit(ann.get("/campaigns/import").form("/campaigns/import"), Map.of());
    assertThat(empty.problems()).contains("Choose a campaign file");
    assertThat(take(ann, "").problems()).contains("The file is empty");
    Page wrong =
        take(
            ann,
            TestConsole.campaign("mistaken", "square", "Fine", "Not fine")
                .replace("kind: text", "kind: opera"));
    assertThat(wrong.problems()).contains("messages[0].kind").contains("messages[1].kind");
    assertThat(ann.get("/messages/mistaken-0").status()).isEqualTo(404);
    Page binary =
        ann.submit(
            ann.get("/campaigns/import").form("/campaigns/import"),
            Map.of("file", new Upload("x.yaml", new byte[] {(byte) 0xC3, 0x28, 0})));
    assertThat(binary.problems()).contains("not text in UTF-8");
  }

  @Test
  void a_file_far_too_large_is_refused_with_a_page() {
    Page page =
        ann.submit(
            ann.get("/campaigns/import").form("/campaigns/import"),
            Map.of("file", new Upload("x.yaml", new byte[20 * 1024 * 1024])));
    assertThat(page.status()).isBetween(400, 499);
    assertThat(page.html().select("h1")).hasSize(1);
  }

  @Test
  void many_messages_come_a_page_at_a_time() {
    String[] titles = IntStream.range(0, 45).mapToObj(n -> "Many " + n).toArray(String[]::new);
    take(ann, TestConsole.campaign("many", "square", titles));
    Page first = eve.get("/messages");
    assertThat(first.html().select("tbody tr")).hasSize(20);
    assertThat(first.hasLink("/messages?page=2")).isTrue();
    Page second = eve.get("/messages?page=2");
    assertThat(second.html().select("tbody tr")).hasSize(20);
    assertThat(second.hasLink("/messages?page=1")).isTrue();
    assertThat(eve.get("/messages?page=0").status()).isEqualTo(404);
    assertThat(eve.get("/messages?page=999").status()).isEqualTo(404);
    assertThat(eve.get("/messages?page=x").status()).isEqualTo(400);
  }

  @Test
  void messages_are_found_by_their_words_and_status() {
    take(ann, TestConsole.campaign("sought", "square", "Night buses 100%", "Other"));
    ann.submit(ann.get("/messages/sought-0").form("/submit"), Map.of());
    Page found = eve.get("/messages?words=night+BUSES");
    assertThat(found.html().select("tbody th").eachText()).containsExactly("Night buses 100%");
    assertThat(found.html().select("#words").val()).isEqualTo("night BUSES");
    assertThat(eve.get("/messages?words=sought").html().select("tbody tr")).hasSize(2);
    assertThat(eve.get("/messages?words=sought&status=SUBMITTED").html().select("tbody tr"))
        .hasSize(1);
    assertThat(eve.get("/messages?words=100%25").html().select("tbody tr")).hasSize(1);
    Page none = eve.get("/messages?words=no+such+words");
    assertThat(none.text()).contains("No message fits. See all of them");
    assertThat(eve.get("/messages?status=HUGE").text()).contains("No message fits");
  }

  @Test
  void what_is_not_there_is_a_404_page() {
    for (String path :
        List.of(
            "/messages/none",
            "/messages/NO%20ID",
            "/messages/none/edit",
            "/messages/none/schedule",
            "/messages/none/image",
            "/campaigns/none/export",
            "/nodes/none/none")) {
      Page page = both.get(path);
      assertThat(page.status()).as(path).isEqualTo(404);
      assertThat(page.text()).as(path).contains("Page not found");
    }
    assertThat(both.get("/messages/none/cancel").status()).isEqualTo(404);
    assertThat(both.forge("/messages/none/approve", Map.of("edit", 1)).status()).isEqualTo(404);
    assertThat(both.forge("/messages/none/submit", Map.of()).status()).isEqualTo(404);
  }
}
