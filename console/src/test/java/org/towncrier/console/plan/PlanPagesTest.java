package org.towncrier.console.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.event.Event;
import org.towncrier.console.event.Events;

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
    ann.submit(
        ann.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "two.yaml",
                TestConsole.campaign("two-ways", "street", "Last bus")
                    .replace(
                        "    places:",
                        "    otherWordings: [{object: bus.txt, text: Mind the last bus}]\n    places:")
                    .getBytes(UTF_8))));
    for (String message : List.of("winter-0", "two-ways-0")) {
      ann.submit(ann.get("/messages/" + message).form("/submit"), Map.of());
      ben.submit(ben.get("/messages/" + message).form("/approve"), Map.of());
    }
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
    assertThat(
            ask("square", today.minusDays(30).toString(), "23:40").html().select("#answer").text())
        .contains("Nothing. No approved message has a window open then");
    assertThat(ask("square", today.plusYears(1).toString(), "23:40").text()).contains("Nothing.");
  }

  @Test
  void messages_of_one_priority_are_one_step_of_the_answer_and_drawn_by_lot() {
    LocalDate day = today.plusDays(50);
    String window = "{from: %s, to: %s, days".formatted(day, day);
    ann.submit(
        ann.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "lots.yaml",
                TestConsole.campaign("lots", "square", "Appeal", "Taxis")
                    .replaceFirst("priority: normal", "priority: high")
                    .replaceFirst("\\{days", java.util.regex.Matcher.quoteReplacement(window))
                    .replace("- {days", "- {from: %s, days".formatted(day))
                    .getBytes(UTF_8))));
    Browser ben = console.browser();
    ben.signIn("ben", TestConsole.PASSWORD);
    for (String message : List.of("lots-0", "lots-1")) {
      ann.submit(ann.get("/messages/" + message).form("/submit"), Map.of());
      ben.submit(ben.get("/messages/" + message).form("/approve"), Map.of());
    }
    Elements steps =
        ask("square", day.toString(), "23:40").html().select("#answer ol.govuk-list--number > li");
    assertThat(steps).hasSize(2);
    assertThat(steps.get(0).text()).isEqualTo("Appeal (high priority)");
    assertThat(steps.get(1).text()).startsWith("One of these, by lot: ");
    assertThat(steps.get(1).select("ul li").eachText())
        .containsExactlyInAnyOrder("Home safe (normal priority)", "Taxis (normal priority)");
    Element alike =
        ask("square", day.plusDays(1).toString(), "23:40").html().selectFirst("#answer");
    assertThat(alike.text()).contains("One of these that it has not been offered before, by lot: ");
    assertThat(alike.select("ol")).isEmpty();
    assertThat(alike.select("ul li")).hasSize(2);
  }

  @Test
  void a_message_in_several_wordings_says_so_in_the_answer_and_in_the_week() {
    assertThat(ask("street", today.toString(), "23:40").html().select("#answer li").text())
        .isEqualTo("Last bus (normal priority; in 2 wordings, one of them by lot)");
    assertThat(ann.get("/plan").html().select(".tc-night__list").text())
        .contains("Last bus, in 2 wordings")
        .doesNotContain("Home safe, in");
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
    assertThat(ann.get("/plan?week=" + today.minusWeeks(3)).text())
        .contains("Nothing 19:00 to 04:00");
    Page before = ann.get(page.html().select(".tc-weeks a").first().attr("href"));
    assertThat(before.html().select(".tc-night")).hasSize(14);
  }

  @Test
  void outside_the_permitted_hours_nothing_is_offered_and_after_midnight_the_night_is_named() {
    String noon =
        ask("square", today.plusDays(1).toString(), "15:00").html().select("#answer").text();
    assertThat(noon)
        .contains("Nothing: it is outside the permitted hours (19:00 to 04:00). If it were not:")
        .contains("Home safe");
    LocalDate friday =
        today.with(java.time.temporal.TemporalAdjusters.next(java.time.DayOfWeek.FRIDAY));
    assertThat(ask("square", friday.plusDays(1).toString(), "00:40").text())
        .contains("That belongs to the night of Fri");
  }

  @Test
  void an_event_is_added_stands_in_the_plan_and_is_removed() {
    Page page = ann.get("/plan/events");
    assertThat(page.text()).contains("No event is ahead");
    LocalDate first = today.plusDays(10);
    Page added =
        ann.submit(
            page.form("/plan/events"),
            Map.of(
                "name",
                " Download festival ",
                "first",
                first.toString(),
                "last",
                first.plusDays(2).toString()));
    assertThat(added.text()).contains("Added.").contains("Download festival");
    assertThat(ann.get("/plan?week=" + first).html().select(".tc-event").text())
        .contains("Download festival");
    Page removed = ann.submit(added.form("/remove"), Map.of());
    assertThat(removed.text()).contains("Removed.").contains("No event is ahead");
  }

  @Test
  void who_changes_an_event_leaves_its_old_name_and_days_in_the_trail() {
    Events events = console.bean(Events.class);
    LocalDate first = today.plusDays(20);
    Event fair = events.add("ann", "Fair", first, first);
    events.change("ann", fair.id(), "Winter fair", first, first.plusDays(1));
    assertThat(console.bean(AuditTrail.class).of("event Winter fair"))
        .extracting(AuditTrail.Entry::detail)
        .containsExactly(
            "%s to %s; it was Fair, %s to %s".formatted(first, first.plusDays(1), first, first));
    events.remove("ann", fair.id());
    assertThat(events.change("ann", fair.id(), "Fair", first, first)).isEmpty();
  }

  @Test
  void an_event_with_mistakes_names_them_and_keeps_what_was_typed() {
    Page page = ann.get("/plan/events");
    Page wrong =
        ann.submit(
            page.form("/plan/events"),
            Map.of("name", "", "first", "soon", "last", today.toString()));
    assertThat(wrong.problems()).contains("Enter the event's name").contains("Enter the first day");
    assertThat(wrong.html().select("#first").val()).isEqualTo("soon");
    for (List<String> days :
        List.of(
            List.of(today.plusDays(3).toString(), today.toString(), "first day or later"),
            List.of(today.toString(), today.plusDays(60).toString(), "31 days at most"),
            List.of("2020-01-01", "2020-01-02", "That event is over"),
            List.of("+999999999-12-31", "", "Enter the first day"))) {
      assertThat(
              ann.submit(
                      page.form("/plan/events"),
                      Map.of("name", "Fair", "first", days.get(0), "last", days.get(1)))
                  .problems())
          .contains(days.get(2));
    }
    assertThat(ann.forge("/plan/events", Map.of("name", "x".repeat(81))).problems())
        .contains("80 characters at most");
  }

  @Test
  void a_message_that_goes_on_by_itself_is_not_copied_and_the_page_says_why() {
    Page page = ann.get("/plan/copy?week=" + today);
    assertThat(page.text()).contains("Home safe can't be copied.");
    assertThat(page.hasForm("/plan/copy")).isFalse();
    assertThat(ann.get("/plan/copy?week=soon").status()).isEqualTo(404);
    assertThat(ann.get("/plan/copy?week=" + today.minusYears(2)).text())
        .contains("No approved message is on air in that week");
    assertThat(ann.forge("/plan/copy", Map.of("week", today.toString())).problems())
        .contains("Select at least one message");
  }
}
