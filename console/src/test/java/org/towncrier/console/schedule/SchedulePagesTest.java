package org.towncrier.console.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
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

class SchedulePagesTest {
  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/London"));
  private static final List<String> WEEK =
      List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY");

  @TempDir static Path data;
  static TestConsole console;
  static Browser ann;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    ann = console.person(console.administrator(), "ann", "Ann Author", "AUTHOR");
    console.node("square", "Marlborough Square", "square-north");
    ann.submit(
        ann.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml",
                TestConsole.campaign("winter", "square", "One", "Two", "Three").getBytes(UTF_8))));
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static Page send(String id, Map<String, ?> typed) {
    Map<String, Object> all = new HashMap<>(typed);
    all.putIfAbsent("places", List.of("square"));
    return ann.submit(ann.get("/messages/" + id + "/schedule").form("/schedule"), all);
  }

  @Test
  void a_message_has_several_sets_of_times_and_days_left_out() {
    Page two = send("winter-0", Map.of("add", "yes"));
    assertThat(two.html().select("#from-2").val()).isEqualTo(two.html().select("#from").val());
    Page saved =
        ann.submit(
            two.form("/schedule"),
            Map.of(
                "from",
                TODAY.toString(),
                "to",
                TODAY.plusDays(20).toString(),
                "opens",
                "19:00",
                "closes",
                "04:00",
                "except",
                TODAY.plusDays(5) + ", " + TODAY.plusDays(6),
                "from-2",
                TODAY.plusDays(30).toString(),
                "to-2",
                TODAY.plusDays(30).toString(),
                "opens-2",
                "12:00",
                "closes-2",
                "23:00"));
    assertThat(saved.path()).isEqualTo("/messages/winter-0");
    assertThat(saved.html().select("#windows li")).hasSize(3);
    Page again = ann.get("/messages/winter-0/schedule");
    assertThat(again.html().select("#except").val())
        .isEqualTo(TODAY.plusDays(5) + ", " + TODAY.plusDays(6));
    assertThat(again.html().select("#to").val()).isEqualTo(TODAY.plusDays(20).toString());
    assertThat(again.html().select("#opens-2").val()).isEqualTo("12:00");
    Page one = ann.submit(again.form("/schedule"), Map.of("remove", "1"));
    assertThat(one.html().select("#opens").val()).isEqualTo("12:00");
    assertThat(one.html().select("#opens-2")).isEmpty();
    assertThat(ann.get("/messages/winter-0").html().select("#windows li")).hasSize(3);
  }

  @Test
  void mistakes_in_any_set_are_named_at_their_field_and_kept() {
    Page two = send("winter-1", Map.of("add", "yes"));
    Page wrong =
        ann.submit(
            two.form("/schedule"),
            Map.of(
                "from-2", "2020-01-01",
                "to-2", "2019-01-01",
                "opens-2", "late",
                "except-2", "Christmas"));
    assertThat(wrong.html().select("#to-2-error").text()).contains("The last day must be");
    assertThat(wrong.html().select("#opens-2-error").text()).contains("Enter the time it starts");
    assertThat(wrong.html().select("#except-2-error").text()).contains("with commas between");
    assertThat(wrong.html().select("#except-2").val()).isEqualTo("Christmas");
    assertThat(wrong.html().select("#from-error")).isEmpty();
    Page outside = ann.submit(two.form("/schedule"), Map.of("from-2", "2020-01-01"));
    assertThat(outside.html().select("#from-2-error").text()).contains("must lie within");
  }

  @Test
  void times_that_never_come_are_refused() {
    String day = TODAY.getDayOfWeek().name();
    Page page =
        send(
            "winter-2",
            Map.of(
                "from", TODAY.toString(),
                "to", TODAY.toString(),
                "days", WEEK.stream().filter(other -> !other.equals(day)).toList()));
    assertThat(page.problems()).contains("None of these days of the week lies between");
    assertThat(ann.forge("/messages/winter-2/schedule", Map.of("edit", "1")).problems())
        .contains("Enter the first day")
        .contains("Select at least one place");
  }

  @Test
  void there_is_an_end_to_sets_of_times() {
    Page page = send("winter-2", Map.of("add", "yes"));
    for (int n = 0; n < 15; n++) {
      page = ann.submit(page.form("/schedule"), Map.of("add", "yes"));
    }
    assertThat(page.html().select("section.tc-panel")).hasSize(ScheduleForm.MOST);
    assertThat(page.html().select("button[name=add]")).isEmpty();
  }

  @Test
  void an_event_gives_its_days_at_the_hours_above() {
    LocalDate first = TODAY.plusDays(12);
    ann.submit(
        ann.get("/plan/events").form("/plan/events"),
        Map.of("name", "Fair", "first", first.toString(), "last", first.plusDays(1).toString()));
    Page form = send("winter-2", Map.of("addEvent", "yes", "opens", "17:00", "closes", "23:00"));
    assertThat(form.problems()).contains("Select an event");
    String id = form.html().select("#event option:contains(Fair)").val();
    Page two = ann.submit(form.form("/schedule"), Map.of("addEvent", "yes", "event", id));
    assertThat(two.html().select("#from-2").val()).isEqualTo(first.toString());
    assertThat(two.html().select("#to-2").val()).isEqualTo(first.plusDays(1).toString());
    assertThat(two.html().select("#opens-2").val()).isEqualTo("17:00");
    assertThat(two.html().select("input[name=days-2][checked]")).hasSize(7);
  }

  @Test
  void the_last_week_is_copied_within_the_form() {
    Page form =
        send(
            "winter-2",
            Map.of(
                "from", TODAY.toString(),
                "to", TODAY.toString(),
                "opens", "19:00",
                "closes", "04:00",
                "addWeek", "yes"));
    assertThat(form.problems()).isEmpty();
    assertThat(form.html().select("[name^=from]")).hasSize(2);
    assertThat(form.html().select("#from-2").val()).isEqualTo(TODAY.plusWeeks(1).toString());
    Page outside =
        send(
            "winter-2",
            Map.of(
                "from", TODAY.plusDays(58).toString(),
                "to", TODAY.plusDays(58).toString(),
                "opens", "19:00",
                "closes", "04:00",
                "addWeek", "yes"));
    assertThat(outside.problems()).contains("The week after lies outside the campaign");
  }
}
