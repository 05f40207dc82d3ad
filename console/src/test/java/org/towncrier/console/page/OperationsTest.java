package org.towncrier.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;

/** What the people who run the machine may ask, and who else may not. */
class OperationsTest {
  private static final String TOKEN = "a-token-for-the-collector";

  @TempDir static Path data;
  static TestConsole console;
  static Browser administrator;

  @BeforeAll
  static void start() {
    console = new TestConsole(data, "--towncrier.metrics-token=" + TOKEN);
    administrator = console.administrator();
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void everybody_learns_whether_it_is_up_and_no_more() {
    Page page = console.browser().get("/actuator/health");
    assertThat(page.response().body()).contains("\"status\"").doesNotContain("components", "db");
  }

  @Test
  void an_administrator_learns_what_it_rests_on() {
    assertThat(administrator.get("/actuator/health").response().body()).contains("components");
    assertThat(administrator.get("/actuator/prometheus").response().body()).contains("jvm_");
  }

  @Test
  void metrics_are_for_administrators_and_the_token_alone() {
    Browser author = console.person(administrator, "ann", "Ann", "AUTHOR");
    assertThat(author.get("/actuator/prometheus").status()).isEqualTo(403);
    Browser nobody = console.browser();
    assertThat(nobody.get("/actuator/prometheus").path()).isEqualTo("/sign-in");
    assertThat(nobody.get("/actuator/prometheus", "Authorization", "Bearer wrong").path())
        .isEqualTo("/sign-in");
    assertThat(nobody.get("/actuator/prometheus", "Authorization", "Bearer " + TOKEN).status())
        .isEqualTo(200);
    assertThat(nobody.get("/people", "Authorization", "Bearer " + TOKEN).path())
        .isEqualTo("/sign-in");
  }

  @Test
  void nothing_else_of_the_machinery_is_open() {
    for (String path : new String[] {"env", "beans", "heapdump", "shutdown", "configprops"}) {
      assertThat(administrator.get("/actuator/" + path).status()).as(path).isEqualTo(404);
    }
  }
}
