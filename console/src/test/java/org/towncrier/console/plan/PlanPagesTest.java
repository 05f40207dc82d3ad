package org.towncrier.console.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;

class PlanPagesTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser ann;
  static LocalDate today = LocalDate.now(ZoneId.of("Europe/London"));

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    Browser administrator = console.administrator();
    ann = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    Browser ben = console.person(administrator, "ben", "Ben Approver", "APPROVER");
    assertThat(ann.get("/plan").text()).contains("There is no node yet");
    console.node("square", "Marlborough Square", "square-north");
    console.node("street", "Market Street", "street-east");
    ann.submit(
        ann.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml",
                TestConsole.campaign("winter", "square", "Home safe", "Not approved")
                    .getBytes(UTF_8))));
    ann.submit(ann.get("/messages/winter-0").form("/submit"), Map.of());
    ben.submit(ben.get("/messages/winter-0").form("/approve"), Map.of());
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static Page ask(String site, String day, String time) {
    return ann.get("/plan?site=%s&day=%s&time=%s".formatted(site, day, time));
  }

  @Test
  void what_a_phone_will_be_offered_is_answered() {
    assertThat(ask("square", today.plusDays(1).toString(), "23:40").html().select("#answer").text())
        .contains("Marlborough Square, ")
        .contains(", 23:40")
        .contains("The first of these that it has not been offered before: Home safe (normal")
        .contains("1 message a night")
        .doesNotContain("Not approved");
    assertThat(ask("street", today.toString(), "23:40").html().select("#answer").text())
        .contains("Nothing. No approved message has a window open then");
    assertThat(ask("square", today.plusYears(1).toString(), "23:40").text()).contains("Nothing.");
  }

  @Test
  void a_question_with_mistakes_names_them_and_keeps_what_was_typed() {
    Page page = ask("nowhere", "2026-02-30", "25:00");
    assertThat(page.problems())
        .contains("Select a site")
        .contains("Enter a day")
        .contains("Enter a time");
    assertThat(page.html().select("#time").val()).isEqualTo("25:00");
    for (String day : List.of("soon", "%2B999999999-12-31", "-1-1-1", "%00")) {
      assertThat(ask("square", day, "23:40").problems()).as(day).contains("Enter a day");
      assertThat(ann.get("/plan?week=" + day).status()).as(day).isEqualTo(200);
    }
  }

  @Test
  void the_week_shows_each_night_of_each_site_and_leads_to_the_weeks_beside_it() {
    Page page = ann.get("/plan?week=" + today.plusWeeks(1));
    assertThat(page.html().select(".tc-night")).hasSize(14);
    assertThat(page.html().select("#site-square").parents().select(".tc-night__list").text())
        .contains("12:00 to 12:00 Home safe");
    assertThat(page.text()).contains("Nothing 19:00 to 04:00");
    Page before = ann.get(page.html().select(".tc-weeks a").first().attr("href"));
    assertThat(before.html().select(".tc-night")).hasSize(14);
  }
}
