package org.towncrier.broadcaster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.protocol.SigningKey;

class BroadcasterMainTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void help_says_how_to_use_it() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("usage: towncrier broadcaster --config FILE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--config", "--chekc", "node.yaml"})
  void wrong_usage_is_status_2_and_says_what_is_right(String arguments) {
    assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("usage: towncrier broadcaster");
  }

  @Test
  void json_is_for_a_check() {
    assertThat(run("--config=node.yaml", "--json")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--json goes with --check");
  }

  @Test
  void a_file_that_cannot_be_used_is_status_2_with_every_problem() throws Exception {
    Path file = Files.writeString(folder.resolve("node.yaml"), "site: A\nnode: B\ncolour: blue\n");
    assertThat(run("--config", file.toString())).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("site: ", "node: ", "console.url: is missing", "colour: is not a setting");
  }

  @Test
  void a_missing_file_is_status_2() {
    assertThat(run("--config=" + folder.resolve("none.yaml"), "--check")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("no such file");
  }

  @Test
  void records_that_cannot_be_used_are_status_1_and_say_what_to_do() throws Exception {
    Path file = nodeFile();
    Files.writeString(folder.resolve("clock-tower.data"), "a file where a folder should be");
    assertThat(run("--config", file.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("data folder", "cannot be made");
  }

  @Test
  void a_seed_that_cannot_be_read_is_status_1_and_says_what_to_do() throws Exception {
    Path file = nodeFile();
    Files.writeString(folder.resolve("clock-tower.seed.json"), "{}");
    assertThat(run("--config", file.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("add-node");
  }

  @Test
  void told_to_end_it_ends_in_order_and_with_status_0() throws Exception {
    Path log = folder.resolve("out.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BroadcasterMain.class.getName(),
                "--config",
                nodeFile().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Awaitility.await("it has started")
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(log).contains("started, boot"));
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(log)).contains("Node marlborough-square/clock-tower ended");
    assertThat(process.exitValue()).isZero();
  }

  private int run(String... arguments) {
    return BroadcasterMain.run(
        List.of(arguments), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private Path nodeFile() throws Exception {
    return Files.writeString(
        folder.resolve("node.yaml"),
        """
        site: marlborough-square
        node: clock-tower
        console: {url: "mqtt://127.0.0.1:1", trustedKeys: [%s]}
        radio: {stack: emulator, adapters: [{name: hci0}]}
        clock: {trust: system}
        """
            .formatted(SigningKey.generate().trustedKey().encoded()));
  }
}
