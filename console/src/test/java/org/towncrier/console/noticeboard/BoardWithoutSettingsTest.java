package org.towncrier.console.noticeboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;

/** The board where little is set, and none where it is not asked for. */
class BoardWithoutSettingsTest {
  @TempDir Path data;

  @Test
  void there_is_no_public_listener_unless_it_is_set() {
    try (TestConsole console = new TestConsole(data)) {
      assertThat(console.beans(BoardServer.class)).isEmpty();
      Browser administrator = console.administrator();
      assertThat(administrator.get("/signs").text())
          .contains("towncrier.noticeboard.port", "towncrier.noticeboard.controller")
          .contains("There is no site yet");
      console.node("square", "Marlborough Square", "square-north");
      assertThat(administrator.get("/signs").text()).contains("Not yet");
      assertThat(administrator.get("/signs/square-a4.pdf").status())
          .as("a sign that leads nowhere is not printed")
          .isEqualTo(404);
    }
  }

  @Test
  void what_is_not_set_is_named_and_what_is_not_known_is_not_called_genuine() {
    LocalTime now = LocalTime.now(ZoneId.of("Europe/London")).truncatedTo(ChronoUnit.MINUTES);
    try (TestConsole console =
        new TestConsole(
            data,
            "--towncrier.noticeboard.port=0",
            "--towncrier.permitted-hours.start=" + now.plusHours(2),
            "--towncrier.permitted-hours.end=" + now.plusHours(3))) {
      Browser visitor =
          new Browser("http://127.0.0.1:" + console.beans(BoardServer.class).get(0).port());
      JdbcClient db = console.bean(JdbcClient.class);
      db.sql("ALTER TABLE site RENAME TO site_away").update();
      Browser.Page unknown = visitor.get("/");
      assertThat(unknown.status()).isEqualTo(503);
      assertThat(unknown.text()).contains("We can't say at the moment");
      db.sql("ALTER TABLE site_away RENAME TO site").update();

      assertThat(visitor.get("/privacy").text())
          .contains(
              "This notice is not complete",
              "the name of who is responsible",
              "how to reach them",
              "the lawful basis",
              "how long counts are kept")
          .doesNotContain("towncrier.noticeboard");
      assertThat(visitor.get("/object").text()).contains("How to reach us is missing here");

      console.node("square", "Marlborough Square", "square-north");
      Browser administrator = console.administrator();
      Browser author = console.person(administrator, "ann", "Ann", "AUTHOR");
      Browser approver = console.person(administrator, "ben", "Ben", "APPROVER");
      author.submit(
          author.get("/campaigns/import").form("/campaigns/import"),
          java.util.Map.of(
              "file",
              new Browser.Upload(
                  "c.yaml",
                  TestConsole.campaign("night", "square", "At night")
                      .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
      author.submit(author.get("/messages/night-0").form("/submit"), java.util.Map.of());
      approver.submit(approver.get("/messages/night-0").form("/approve"), java.util.Map.of());
      assertThat(visitor.get("/").text())
          .as("its window is open, but no node may speak now")
          .contains("Nothing is on air now", "only sent between " + now.plusHours(2))
          .doesNotContain("Words of At night");
    }
  }
}
