package org.towncrier.console.urgent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.datasketches.hll.HllSketch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeState.MessageState;
import org.towncrier.protocol.Window;

class UrgentPagesTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

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
    console.node("square", "Marlborough Square", "square-south");
    console.node("street", "Market Street", "street-east");
    ann.submit(
        ann.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml",
                TestConsole.campaign("winter", "square", "Before")
                    .getBytes(StandardCharsets.UTF_8))));
    // Two nights, 30 phones and 10: two nodes saw the same ten of them.
    seen(1, "square-north", 0, 30);
    seen(1, "square-south", 0, 10);
    seen(2, "square-north", 0, 10);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static void seen(int daysAgo, String node, int from, int to) {
    HllSketch sketch = new HllSketch(12);
    for (int phone = from; phone < to; phone++) {
      sketch.update(phone);
    }
    // This hour and the next, should the clock strike while the test runs.
    for (int hour = 0; hour < 2; hour++) {
      console
          .bean(JdbcClient.class)
          .sql("INSERT INTO phones_seen VALUES ('square', ?, ?, 0, ?)")
          .params(
              node,
              LocalDateTime.now(LONDON)
                  .truncatedTo(ChronoUnit.HOURS)
                  .plusHours(hour)
                  .minusDays(daysAgo)
                  .atZone(LONDON)
                  .toInstant()
                  .toString(),
              sketch.toCompactByteArray())
          .update();
    }
  }

  private static Page send(Map<String, ?> typed) {
    return ann.submit(ann.get("/messages/urgent").form("/messages/urgent"), typed);
  }

  @Test
  void one_form_and_one_approval_bring_it_out_and_both_read_what_it_does() {
    Page form = ann.get("/messages/urgent");
    assertThat(form.text())
        .contains("offers this at once, before every other message")
        .contains("Marlborough Square About 20 phones an hour at this time of day")
        .contains("Market Street Nobody has looked for phones there at this hour yet");
    Page sent =
        send(
            Map.of(
                "title", "Gas leak",
                "text", "Leave the square by Belvoir Road.",
                "places", List.of("square"),
                "hours", "4"));
    assertThat(sent.path()).isEqualTo("/messages/gas-leak");
    assertThat(sent.text()).contains("It waits for an approver");
    assertThat(ben.get("/").text()).contains("Gas leak by Ann Author Urgent");
    Page read = ben.get("/messages/gas-leak");
    assertThat(read.text())
        .contains("Urgent: once approved, every node below offers it at once")
        .contains("Marlborough Square: about 20 phones an hour")
        .contains("Priority: urgent");
    Page approved = ben.submit(read.form("/approve"), Map.of());
    assertThat(approved.text()).contains("Live");
  }

  @Test
  void a_node_that_has_it_not_yet_is_being_told_also_before_its_schedule_is_numbered() {
    send(Map.of("title", "Flood", "text", "x", "places", List.of("square"), "hours", "1"));
    ben.submit(ben.get("/messages/flood").form("/approve"), Map.of());
    // It applies all it was told so far, and what it is told next is a moment away.
    console.heard("square", "square-north", null);
    Page page = ben.get("/messages/flood/nodes");
    assertThat(page.text())
        .contains("0 of 2 nodes do as told: to offer it")
        .contains("It is being told");
    assertThat(page.html().select("#effect").hasAttr("data-again")).isTrue();
  }

  @Test
  void its_cancel_is_shown_node_by_node_until_every_node_is_silent() {
    send(Map.of("title", "Road closed", "text", "x", "places", List.of("square"), "hours", "1"));
    Page approved = ben.submit(ben.get("/messages/road-closed").form("/approve"), Map.of());
    assertThat(approved.hasLink("/messages/road-closed/nodes")).isTrue();
    MessageState onAir = new MessageState(new MessageId("road-closed"), MessageState.Status.ON_AIR);
    console.heard("square", "square-north", null, onAir);
    Page before = ben.get("/messages/road-closed/nodes");
    assertThat(before.text()).contains("It has never connected").doesNotContain("street-east");
    Page cancelled = ben.submit(ben.get("/messages/road-closed/cancel").form("/cancel"), Map.of());
    assertThat(cancelled.path()).isEqualTo("/messages/road-closed/nodes");
    assertThat(cancelled.text())
        .contains("1 of 2 nodes do as told: to stop")
        .contains("Still has it; it is being told");
    console.heard("square", "square-north", null);
    console.heard("square", "square-south", null);
    Page after = ben.get("/messages/road-closed/nodes");
    assertThat(after.text()).contains("2 of 2 nodes do as told: to stop");
    assertThat(after.html().select("#effect").hasAttr("data-again")).isFalse();
    assertThat(ben.get("/messages/none/nodes").status()).isEqualTo(404);
  }

  @Test
  void every_error_keeps_what_was_typed_and_leaves_no_draft_behind() {
    Page page =
        send(
            Map.of(
                "title", "Kept", "text", "", "places", List.of("street", "nowhere"), "hours", "3"));
    assertThat(page.problems()).contains("Select how long it is on air");
    assertThat(page.html().select("#title").val()).isEqualTo("Kept");
    assertThat(page.html().select("input[name=places][checked]").eachAttr("value"))
        .containsExactly("street");
    Page unknown =
        send(Map.of("title", "Kept", "text", "", "places", List.of("nowhere"), "hours", "1"));
    assertThat(unknown.problems()).contains("Enter the message").contains("There is no site");
    Page none = send(Map.of("campaign", "", "title", "Kept", "text", "Typed"));
    assertThat(none.problems()).contains("Select a campaign").contains("Select at least one place");
    assertThat(none.html().select("#text").val()).isEqualTo("Typed");
    Page never = send(Map.of("campaign", "never", "title", "x", "text", "y", "places", "square"));
    assertThat(never.problems()).contains("There is no campaign never");
    assertThat(ann.get("/messages").text()).doesNotContain("Kept");
  }

  @Test
  void what_is_on_air_on_one_day_alone_names_it_once() {
    LocalDate friday = LocalDate.of(2026, 11, 27);
    Window night =
        new Window(
            friday,
            friday,
            Set.of(DayOfWeek.FRIDAY),
            LocalTime.of(22, 0),
            LocalTime.of(2, 0),
            LONDON);
    assertThat(console.bean(LocalTimes.class).window(night))
        .isEqualTo("Fri 27 Nov 2026, 22:00 to 02:00 the next day");
  }

  @Test
  void it_is_said_in_several_languages_when_somebody_adds_one() {
    Page form = ann.get("/messages/urgent");
    assertThat(form.html().select("select[name^=language]")).isEmpty();
    Page two =
        press(
            form,
            "add-language",
            Map.of("title", "Gas in two", "text", "Leave by\r\nBelvoir Road.", "hours", "4"));
    assertThat(two.problems()).isEmpty();
    assertThat(two.html().select("#title").val()).isEqualTo("Gas in two");
    assertThat(two.html().select("input[name=hours][checked]").val()).isEqualTo("4");
    assertThat(two.html().select("#language-1-2 option[selected]").val()).isEqualTo("pl");
    Page sent =
        ann.submit(
            two.form("/messages/urgent"),
            Map.of("text-1-2", "Wyjdź ulicą Belvoir Road.", "places", List.of("square")));
    assertThat(sent.problems()).isEmpty();
    Page read = ben.get(sent.path());
    assertThat(read.html().select(".tc-phone__text p").eachAttr("lang"))
        .containsExactly("en", "pl", "en");
    assertThat(read.html().select(".tc-phone__text").text())
        .contains("— English — Leave by Belvoir Road. — Polski — Wyjdź ulicą");
    assertThat(ben.submit(read.form("/approve"), Map.of()).text()).contains("Live");
  }

  @Test
  void mistakes_in_its_languages_are_said_where_they_are_and_nothing_typed_is_lost() {
    Map<String, Object> typed =
        Map.of("title", "Kept too", "text", "English", "places", List.of("square"));
    Page two = press(ann.get("/messages/urgent"), "add-language", typed);
    Page empty = ann.submit(two.form("/messages/urgent"), Map.of());
    assertThat(empty.html().select("#text-1-2-error").text()).contains("Enter the message in Pol");
    assertThat(empty.html().select(".govuk-error-summary a").attr("href")).isEqualTo("#text-1-2");
    assertThat(empty.html().select("#text").val()).isEqualTo("English");
    for (Map.Entry<String, String> wrong :
        Map.of("en", "English is there twice", "klingon", "Select the language", "", "twice")
            .entrySet()) {
      Page page =
          ann.submit(
              two.form("/messages/urgent"),
              Map.of("language-1-2", wrong.getKey(), "text-1-2", "Słowa"));
      assertThat(page.html().select("#language-1-2-error").text()).contains(wrong.getValue());
      assertThat(page.html().select("#text-1-2").val()).isEqualTo("Słowa");
    }
    Page many = two;
    for (int n = 0; n < 6; n++) {
      many = press(many, "add-language", Map.of());
    }
    assertThat(many.html().select("textarea")).hasSize(6);
    assertThat(many.html().select("button[value=add-language]")).isEmpty();
    for (String change : List.of("remove-language-9", "remove-language-0", "remove-", "x")) {
      assertThat(press(two, change, Map.of()).html().select("textarea")).hasSize(2);
    }
    Page polish = press(two, "remove-language-1", Map.of("text-1-2", "Tylko po polsku"));
    assertThat(polish.html().select("#text").val()).isEqualTo("Tylko po polsku");
    assertThat(polish.html().select("#language option[selected]").val()).isEqualTo("pl");
    assertThat(ann.get("/messages").text()).doesNotContain("Kept too");
  }

  private static Page press(Page page, String change, Map<String, ?> typed) {
    Map<String, Object> all = new HashMap<>(typed);
    all.put("change", change);
    return ann.submit(page.form("/messages/urgent"), all);
  }

  @Test
  void it_takes_an_author() {
    assertThat(ben.get("/messages/urgent").status()).isEqualTo(403);
    assertThat(ben.forge("/messages/urgent", Map.of()).status()).isEqualTo(403);
  }
}
