package org.towncrier.broadcaster.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
  private static final Path README = Path.of("..", "config", "README.md");
  private static final String BEGIN = "<!-- broadcaster settings -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void the_reference_of_settings_is_what_the_program_reads() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END, begin);
    String expected =
        readme.substring(0, begin) + SettingsReference.markdown() + readme.substring(end);
    if (Boolean.getBoolean("towncrier.write-reference")) {
      Files.writeString(README, expected);
    }
    assertThat(Files.readString(README))
        .as("stale; mvn test -pl broadcaster -am -Dtowncrier.write-reference=true rewrites it")
        .isEqualTo(expected);
  }

  @Test
  void the_example_file_is_valid_and_shows_every_setting() throws Exception {
    Path example = Path.of("..", "config", "broadcaster.example.yaml");
    BroadcasterConfig config = BroadcasterConfig.load(example);
    assertThat(config.node()).hasToString("clock-tower");
    String text = Files.readString(example);
    assertThat(ConfigFile.settings())
        .allSatisfy(
            setting -> {
              String key = setting.key();
              assertThat(text).contains(key.substring(key.lastIndexOf('.') + 1) + ":");
            });
  }
}
