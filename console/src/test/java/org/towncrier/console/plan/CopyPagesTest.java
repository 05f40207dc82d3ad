package org.towncrier.console.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;

/** The week of a message that is on air on one evening, once more. */
class CopyPagesTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser ann;
  static Browser ben;

  /** A Friday that is still to come. */
  static LocalDate friday =
      LocalDate.now(ZoneId.of("Europe/London")).with(TemporalAdjusters.next(DayOfWeek.FRIDAY));

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    Browser administrator = console.administrator();
    ann = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    ben = console.person(administrator, "ben", "Ben Approver", "APPROVER");
    console.node("square", "Marlborough Square", "square-north");
    ann.submit(
        ann.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml", TestConsole.campaign("winter", "square", "Taxis").getBytes(UTF_8))));
    ann.submit(
        ann.get("/messages/winter-0/schedule").form("/schedule"),
        Map.of(
            "from",
            friday.toString(),
            "to",
            friday.toString(),
            "opens",
            "19:00",
            "closes",
            "04:00"));
    ann.submit(ann.get("/messages/winter-0").form("/submit"), Map.of());
    ben.submit(ben.get("/messages/winter-0").form("/approve"), Map.of());
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void a_copied_week_is_a_new_version_that_waits_for_a_second_person() {
    Page ask = ann.get("/plan/copy?week=" + friday);
    assertThat(ask.text()).contains("Taxis").contains("19:00 to 04:00 the next day");
    Page done = ann.submit(ask.form("/plan/copy"), Map.of("message", List.of("winter-0")));
    assertThat(done.text()).contains("1 new version is written");
    assertThat(ben.get("/plan?week=" + friday.plusWeeks(1)).html().select(".tc-bar--normal"))
        .isEmpty();
    assertThat(ann.get("/plan/copy?week=" + friday).text())
        .contains("Another version of it is being written");

    ann.submit(ann.get("/messages/winter-0").form("/submit"), Map.of());
    ben.submit(ben.get("/messages/winter-0").form("/approve"), Map.of());
    for (LocalDate night : List.of(friday, friday.plusWeeks(1))) {
      assertThat(ben.get("/plan?week=" + night).html().select(".tc-bar--normal"))
          .as(night.toString())
          .hasSize(1);
    }
  }

  @Test
  void who_does_not_write_messages_copies_none() {
    assertThat(ben.get("/plan").hasLink("/plan/copy")).isFalse();
    assertThat(ben.get("/plan/copy?week=" + friday).status()).isEqualTo(403);
  }
}
