package org.towncrier.broadcaster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.machine.Finding;
import org.towncrier.broadcaster.machine.Finding.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckReportTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void a_line_says_how_it_is_and_what_to_do() throws Exception {
    assertThat(conclude(false, Level.OK, Level.NOTE)).isZero();
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            ok       OK           found
            note     NOTE         found; do this
            Nothing would keep this node silent.
            """);
  }

  @Test
  void a_risk_is_to_be_mended_before_the_node_speaks() throws Exception {
    assertThat(conclude(false, Level.RISK)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("RISK ", "but mend the risks above first.");
  }

  @Test
  void a_problem_keeps_it_silent_whatever_else_there_is() throws Exception {
    assertThat(conclude(false, Level.RISK, Level.PROBLEM)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).endsWith("Something above would keep this node silent.\n");
  }

  @Test
  void a_program_gets_one_line_of_json() throws Exception {
    assertThat(conclude(true, Level.OK, Level.RISK)).isEqualTo(1);
    assertThat(out.toString(UTF_8).lines()).hasSize(1);
    JsonNode json = JsonMapper.shared().readTree(out.toString(UTF_8));
    assertThat(json.get("site").asString()).isEqualTo("marlborough-square");
    assertThat(json.get("node").asString()).isEqualTo("clock-tower");
    assertThat(json.get("fit").asBoolean()).isFalse();
    assertThat(json.get("findings")).hasSize(2);
    JsonNode risk = json.get("findings").get(1);
    assertThat(risk.get("level").asString()).isEqualTo("risk");
    assertThat(risk.get("about").asString()).isEqualTo("RISK");
    assertThat(risk.get("found").asString()).isEqualTo("found");
    assertThat(risk.get("advice").asString()).isEqualTo("do this");
  }

  private int conclude(boolean json, Level... levels) throws Exception {
    CheckReport report = new CheckReport(new PrintStream(out, true, UTF_8), json);
    for (Level level : levels) {
      report.add(new Finding(level, level.toString(), "found", level == Level.OK ? "" : "do this"));
    }
    return report.conclude(
        BroadcasterConfig.load(Path.of("..", "config", "broadcaster.example.yaml")));
  }
}
