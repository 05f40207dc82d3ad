package org.towncrier.console.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.protocol.CampaignId;

class CampaignPagesTest {
  private static final Map<String, String> GOOD =
      Map.of(
          "title", "Safer evenings",
          "sender", "The community safety team",
          "contact", "Objections: 01530 454704",
          "starts", "2026-12-01",
          "ends", "2027-02-20");

  @TempDir static Path data;
  static TestConsole console;
  static Browser author;
  static Browser approver;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    Browser administrator = console.administrator();
    author = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    approver = console.person(administrator, "ben", "Ben Approver", "APPROVER");
    assertThat(author.get("/campaigns").text()).contains("There is no campaign yet");
    console.node("square", "Marlborough Square", "square-north");
    author.submit(
        author.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml",
                TestConsole.campaign("read", "square", "Waits").getBytes(StandardCharsets.UTF_8))));
    author.submit(author.get("/messages/read-0").form("/submit"), Map.of());
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static Page begin(Map<String, String> but) {
    Map<String, String> typed = new HashMap<>(GOOD);
    typed.putAll(but);
    return author.submit(author.get("/campaigns/new").form("/campaigns/new"), typed);
  }

  private static Campaign campaign(String id) {
    return console.bean(Campaigns.class).get(new CampaignId(id));
  }

  @Test
  void an_author_begins_a_campaign_and_changes_all_of_it_while_nobody_has_read_it() {
    Page list = begin(Map.of("title", "New Year's Eve"));
    assertThat(list.path()).isEqualTo("/campaigns");
    assertThat(list.text()).contains("The campaign is there").contains("New Year's Eve");
    Page form = author.get("/campaigns/new-year-s-eve/edit");
    author.submit(form.form("/edit"), Map.of("sender", "The council", "ends", "2027-01-02"));
    assertThat(campaign("new-year-s-eve").sender()).isEqualTo("The council");
    assertThat(campaign("new-year-s-eve").endsOn()).hasToString("2027-01-02");
    assertThat(console.bean(AuditTrail.class).of("campaign new-year-s-eve"))
        .extracting(AuditTrail.Entry::what)
        .containsExactly("changed", "added");
    begin(Map.of("title", "New Year's Eve"));
    assertThat(author.get("/campaigns").hasLink("/campaigns/new-year-s-eve-2/edit")).isTrue();
    // Of one title, they are told apart by their ids.
    assertThat(author.get("/campaigns").html().select("tbody th").eachText())
        .contains("New Year's Eve new-year-s-eve", "New Year's Eve new-year-s-eve-2");
    begin(Map.of("title", "import"));
    assertThat(author.get("/campaigns").hasLink("/campaigns/import-2/edit")).isTrue();
  }

  @Test
  void whatever_is_wrong_is_said_by_its_field_and_nothing_is_lost() {
    Page page = begin(Map.of("title", " ", "sender", "", "contact", "", "starts", "soon"));
    assertThat(page.problems()).contains("Enter a day");
    assertThat(page.html().select("#starts").val()).isEqualTo("soon");
    page = begin(Map.of("title", " ", "sender", "", "contact", "", "ends", "2027-03-01"));
    assertThat(page.problems())
        .contains("Enter a title")
        .contains("Enter who speaks")
        .contains("Enter how people can object")
        .contains("90 days at most");
    assertThat(begin(Map.of("ends", "2026-11-30")).problems())
        .contains("The last day must be the first day or later");
  }

  @Test
  void who_speaks_stays_once_a_second_person_has_read_it() {
    Page form = author.get("/campaigns/read/edit");
    assertThat(form.text()).contains("These stay as they are");
    Page refused = author.submit(form.form("/edit"), Map.of("sender", "Somebody else"));
    assertThat(refused.problems()).contains("A second person has read a message");
    assertThat(campaign("read").sender()).isEqualTo("The community safety team");
    assertThatThrownBy(
            () ->
                console
                    .bean(JdbcClient.class)
                    .sql("UPDATE campaign SET contact = 'nobody' WHERE id = 'read'")
                    .update())
        .hasStackTraceContaining("read by a second person");
    author.submit(author.get("/campaigns/read/edit").form("/edit"), Map.of("title", "Renamed"));
    assertThat(campaign("read").title()).isEqualTo("Renamed");
  }

  @Test
  void who_speaks_may_stay_as_it_was_written_before_there_were_limits() {
    begin(Map.of("title", "Of old"));
    console
        .bean(JdbcClient.class)
        .sql("UPDATE campaign SET sender = ?, contact = ? WHERE id = 'of-old'")
        .params("x".repeat(161), "Objections:\n01530 454704")
        .update();
    Page form = author.get("/campaigns/of-old/edit");
    // As browsers send it.
    Map<String, String> typed = new HashMap<>();
    typed.put("title", "Of old, renamed");
    typed.put("contact", "Objections:\r\n01530 454704");
    author.submit(form.form("/edit"), typed);
    assertThat(campaign("of-old").title()).isEqualTo("Of old, renamed");
    assertThat(campaign("of-old").contact()).isEqualTo("Objections:\n01530 454704");
    typed.put("sender", "y".repeat(161));
    typed.put("contact", "Questions:\n01530 454704");
    assertThat(author.submit(author.get("/campaigns/of-old/edit").form("/edit"), typed).problems())
        .contains("160 characters or fewer")
        .contains("It must be one line");
  }

  @Test
  void what_somebody_else_has_changed_meanwhile_is_not_lost() {
    begin(Map.of("title", "Both at once"));
    Page mine = author.get("/campaigns/both-at-once/edit");
    author.submit(
        author.get("/campaigns/both-at-once/edit").form("/edit"), Map.of("ends", "2027-02-01"));
    Page refused = author.submit(mine.form("/edit"), Map.of("title", "Mine"));
    assertThat(refused.problems()).contains("Somebody has changed this campaign");
    assertThat(refused.html().select("#title").val()).isEqualTo("Mine");
    assertThat(author.submit(refused.form("/edit"), Map.of()).problems())
        .as("until they have looked again")
        .contains("Somebody has changed this campaign");
    assertThat(campaign("both-at-once").endsOn()).hasToString("2027-02-01");
  }

  @Test
  void days_that_a_message_needs_can_t_be_taken_away() {
    String last = campaign("read").endsOn().minusDays(1).toString();
    Page refused =
        author.submit(author.get("/campaigns/read/edit").form("/edit"), Map.of("ends", last));
    assertThat(refused.problems()).contains("A message of it goes on until");
    assertThat(refused.html().select("#ends").val()).isEqualTo(last);
  }

  @Test
  void everybody_reads_the_list_and_only_authors_change_it() {
    assertThat(approver.get("/campaigns").status()).isEqualTo(200);
    assertThat(approver.get("/campaigns").hasLink("/campaigns/new")).isFalse();
    assertThat(approver.get("/campaigns/new").status()).isEqualTo(403);
    assertThat(approver.get("/campaigns/read/edit").status()).isEqualTo(403);
    assertThat(approver.forge("/campaigns/read/edit", GOOD).status()).isEqualTo(403);
    assertThat(author.get("/campaigns/none/edit").status()).isEqualTo(404);
    assertThat(author.get("/campaigns/%C3%A4/edit").status()).isEqualTo(404);
  }

  @Test
  void the_list_is_searched_and_read_a_page_at_a_time() {
    for (int n = 0; n < 21; n++) {
      begin(Map.of("title", "Series " + n));
    }
    Page first = author.get("/campaigns?words=series");
    assertThat(first.html().select("tbody tr")).hasSize(20);
    Page second = author.get(first.html().select("a[rel=next]").attr("href"));
    assertThat(second.html().select("tbody tr")).hasSize(1);
    assertThat(second.html().select("a[rel=prev]")).hasSize(1);
    assertThat(author.get("/campaigns?words=no%20such%20thing").text())
        .contains("No campaign fits");
    assertThat(author.get("/campaigns?page=99").status()).isEqualTo(404);
    assertThat(author.get("/campaigns?page=0").status()).isEqualTo(404);
  }
}
