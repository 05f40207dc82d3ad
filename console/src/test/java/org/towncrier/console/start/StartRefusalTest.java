package org.towncrier.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.ConsoleMain;
import org.towncrier.console.TestConsole;

/** Whoever starts the console wrongly reads one message that names the setting, and no more. */
class StartRefusalTest {
  @TempDir Path folder;

  @Test
  void a_data_folder_that_cannot_be_made_is_named_with_its_setting() throws Exception {
    Path file = Files.writeString(folder.resolve("taken"), "a file");
    assertThat(refusal("--towncrier.data=" + file.resolve("data")))
        .contains("cannot write to its data folder", file.toString(), "towncrier.data");
  }

  @Test
  void a_data_folder_that_is_a_file_is_named_with_its_setting() throws Exception {
    Path file = Files.writeString(folder.resolve("taken"), "a file");
    assertThat(refusal("--towncrier.data=" + file))
        .contains("it is a file, not a folder", file.toString(), "towncrier.data");
  }

  @Test
  void a_damaged_database_is_refused_before_anything_is_built_on_it() throws Exception {
    Files.writeString(folder.resolve("console.db"), "This was never a database. ".repeat(200));
    assertThat(refusal("--towncrier.data=" + folder))
        .contains("console.db cannot be used", "backup", "towncrier.data");
  }

  @Test
  void a_database_of_a_newer_console_is_refused() throws Exception {
    try (TestConsole console = new TestConsole(folder)) {
      assertThat(console.url()).isNotEmpty();
    }
    try (Connection db =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("console.db"));
        Statement statement = db.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO flyway_schema_history SELECT installed_rank + 1000, '1000', 'future', type,"
              + " 'V1000__future.sql', checksum, installed_by, installed_on, execution_time, success"
              + " FROM flyway_schema_history WHERE version = '1'");
    }
    assertThat(refusal("--towncrier.data=" + folder))
        .contains("does not fit this version of the console", "newer one");
  }

  @Test
  void a_port_in_use_is_named_with_its_setting() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(refusal("--towncrier.data=" + folder, "--server.port=" + other.getLocalPort()))
          .contains("Port " + other.getLocalPort(), "server.port");
    }
  }

  @Test
  void the_notice_boards_port_in_use_is_named_with_its_own_setting() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(
              refusal(
                  "--towncrier.data=" + folder,
                  "--towncrier.noticeboard.port=" + other.getLocalPort()))
          .contains("port " + other.getLocalPort(), "towncrier.noticeboard.port")
          .doesNotContain("server.port");
    }
  }

  @Test
  void two_consoles_do_not_run_on_one_data_folder() throws Exception {
    try (TestConsole first = new TestConsole(folder)) {
      assertThat(refusal("--towncrier.data=" + folder))
          .contains("Another console runs on the data folder", "towncrier.data");
      assertThat(first.url()).isNotEmpty();
    }
  }

  @Test
  void an_address_that_others_reach_needs_tls() throws Exception {
    assertThat(refusal("--towncrier.data=" + folder, "--server.address=0.0.0.0"))
        .contains("server.address", "server.ssl");
  }

  @Test
  void a_wrong_value_is_named_with_its_setting() throws Exception {
    assertThat(refusal("--towncrier.data=" + folder, "--towncrier.zone=Coalville"))
        .contains("towncrier.zone", "Coalville");
    assertThat(refusal("--towncrier.data=" + folder, "--towncrier.schedule.valid-for=1h"))
        .contains("towncrier.schedule.valid-for", "towncrier.schedule.renew-every");
    assertThat(refusal("--towncrier.data=" + folder, "--towncrier.metrics-token=short"))
        .contains("towncrier.metrics-token");
    assertThat(
            refusal(
                "--towncrier.data=" + folder,
                "--towncrier.noticeboard.url=https://check.example/?next=elsewhere"))
        .contains("towncrier.noticeboard.url", "https://");
  }

  /** What the program says as it ends, which it does with status 1 and without a stack trace. */
  private String refusal(String... settings) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ConsoleMain.class.getName()));
    command.addAll(
        List.of("--towncrier.broker.embedded=false", "--towncrier.broker.url=mqtt://127.0.0.1:9"));
    command.addAll(List.of(settings));
    if (Arrays.stream(settings).noneMatch(setting -> setting.startsWith("--server.port="))) {
      command.add("--server.port=0");
    }
    Path log = Files.createTempFile(folder, "said", ".log");
    Process console =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(console.waitFor(60, TimeUnit.SECONDS)).as("it ended by itself").isTrue();
      String said = Files.readString(log);
      assertThat(console.exitValue()).as(said).isEqualTo(1);
      assertThat(said).doesNotContain("\tat ");
      return said;
    } finally {
      console.destroyForcibly();
    }
  }
}
