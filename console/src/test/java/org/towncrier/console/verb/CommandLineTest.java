package org.towncrier.console.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.console.people.People;
import org.towncrier.console.people.Role;

/** The real program, on a real data folder, also while a console serves from it. */
final class CommandLineTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dance",
        "--dance",
        "add-node one",
        "add-node one two three",
        "add-node A.B two",
        "add-node one two --by ada",
        "create-admin",
        "create-admin ada --name",
        "export-campaign NOT-AN-ID",
        "--config nowhere.yaml",
        "--config console.txt",
        "--again"
      })
  void what_means_nothing_is_answered_with_the_usage_and_2(String line) {
    assertThat(new CommandLine(print(out), print(err)).run(line.split(" ", -1)))
        .isEqualTo(CommandLine.USAGE);
    assertThat(text(err)).startsWith("towncrier console: ").contains("Usage:");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void help_is_no_mistake() {
    assertThat(new CommandLine(print(out), print(err)).run("--help")).isEqualTo(CommandLine.DONE);
    assertThat(text(out)).contains("Usage:");
  }

  @Test
  void verbs_work_beside_a_console_that_serves() throws IOException {
    Path data = folder.resolve("data");
    try (TestConsole console = new TestConsole(data)) {
      assertThat(run("create-admin", "ada", "--name", "Ada Min")).as(text(err)).isZero();
      String link = text(out).lines().reduce((first, last) -> last).orElseThrow();
      Browser browser = console.browser();
      assertThat(browser.get(link.substring(link.indexOf("/set-password"))).text())
          .contains("password");

      assertThat(
              run(
                  "add-node",
                  "market",
                  "clock",
                  "--out",
                  folder + "/out",
                  "--site-name",
                  "The market",
                  "--broker-url",
                  "mqtts://broker.example:8883"))
          .as(text(err))
          .isZero();
      assertThat(console.bean(NodeOverview.class).one("market", "clock").orElseThrow().siteName())
          .isEqualTo("The market");
      assertThat(Files.readString(folder.resolve("out/clock.yaml")))
          .contains("mqtts://broker.example:8883");
      assertThat(Files.getPosixFilePermissions(folder.resolve("out/clock.seed.json")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(text(out))
          .contains(folder + "/out/clock.yaml", folder + "/out/clock.seed.json")
          .doesNotContain("was called");

      assertThat(
              run(
                  "add-node",
                  "market",
                  "arch",
                  "--out",
                  folder + "/out",
                  "--site-name",
                  "Market Place",
                  "--broker-url",
                  "mqtts://broker.example:8883"))
          .as(text(err))
          .isZero();
      assertThat(text(out))
          .contains(
              "Site market was called \"The market\"; from now on it is called \"Market Place\"");
    }
  }

  @Test
  void what_cannot_be_done_is_said_in_one_line_with_1() {
    assertThat(run("export-campaign", "nothing")).isEqualTo(CommandLine.FAILED);
    assertThat(text(err).lines()).hasSize(1);
    err.reset();
    assertThat(run("create-admin", "ada")).as(text(err)).isZero();
    assertThat(run("import-campaign", folder + "/nothing.yaml", "--by", "ada"))
        .isEqualTo(CommandLine.FAILED);
    assertThat(text(err).lines()).hasSize(1);
    assertThat(text(err)).contains("nothing.yaml");
  }

  @Test
  void a_campaign_is_brought_in_by_an_author_who_then_counts_as_having_written_it() {
    String shipped = Path.of("..", "config", "campaigns", "safer-evenings.yaml").toString();
    assertThat(run("import-campaign", shipped)).isEqualTo(CommandLine.USAGE);
    assertThat(run("import-campaign", shipped, "--by", "nobody")).isEqualTo(CommandLine.FAILED);
    assertThat(run("create-admin", "ada")).as(text(err)).isZero();
    for (String site : List.of("marlborough-square", "market-street")) {
      assertThat(
              run(
                  "add-node",
                  site,
                  "clock",
                  "--out",
                  folder + "/" + site,
                  "--broker-url",
                  "mqtts://broker.example:8883"))
          .as(text(err))
          .isZero();
    }
    assertThat(run("import-campaign", shipped, "--by", "ada")).isEqualTo(CommandLine.FAILED);
    assertThat(text(err)).contains("ada is no author", "the role Author");
    try (TestConsole console = new TestConsole(folder.resolve("data"))) {
      console.bean(People.class).add("grace", "Grace Author", Set.of(Role.AUTHOR));
    }
    assertThat(run("import-campaign", shipped, "--by", "grace")).as(text(err)).isZero();
    try (TestConsole console = new TestConsole(folder.resolve("data"))) {
      assertThat(
              console
                  .bean(JdbcClient.class)
                  .sql("SELECT DISTINCT username FROM version_editor")
                  .query(String.class)
                  .list())
          .containsExactly("grace");
    }
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--towncrier.data=" + folder.resolve("data"));
    return new CommandLine(print(out), print(err)).run(all.toArray(String[]::new));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
