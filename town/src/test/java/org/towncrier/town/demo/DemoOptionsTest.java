package org.towncrier.town.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {
  private static final Path HOME = Path.of("/home");

  @Test
  void without_a_word_it_serves_8080_keeps_the_town_and_runs_until_stopped() throws Exception {
    assertThat(DemoOptions.parse(List.of(), HOME))
        .isEqualTo(new DemoOptions(8080, Path.of("/home/data/demo"), false, null));
  }

  @Test
  void every_option_is_heard() throws Exception {
    assertThat(
            DemoOptions.parse(
                List.of("--headless", "--minutes", "1.5", "--port", "0", "--data", "/tmp/x"), HOME))
        .isEqualTo(new DemoOptions(0, Path.of("/tmp/x"), true, Duration.ofSeconds(90)));
  }

  @ParameterizedTest
  @CsvSource({
    "--port,--port needs a number after it",
    "--port nine,'--port needs a number, not nine'",
    "--port 70000,'--port needs a number from 0 to 65535, not 70000'",
    "--minutes 0,'--minutes needs a number from 0.1 to 1440, not 0'",
    "--minutes NaN,'--minutes needs a number from 0.1 to 1440, not NaN'",
    "--data,--data needs a folder after it",
    "--quick,'demo does not know --quick. It knows --port, --data, --headless and --minutes'",
  })
  void what_it_does_not_understand_it_says(String words, String complaint) {
    assertThatThrownBy(() -> DemoOptions.parse(List.of(words.split(" ")), HOME))
        .isInstanceOf(UsageException.class)
        .hasMessage(complaint);
  }
}
