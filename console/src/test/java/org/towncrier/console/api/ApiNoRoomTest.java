package org.towncrier.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.TestConsole;
import org.towncrier.console.message.Messages;
import org.towncrier.console.publish.SchedulePublisher;
import org.towncrier.console.token.Scope;
import org.towncrier.protocol.MessageId;
import tools.jackson.databind.JsonNode;

class ApiNoRoomTest {
  @TempDir Path data;

  @Test
  void what_a_schedule_has_no_room_for_is_said_of_its_node_and_in_the_plan() {
    try (TestConsole console = new TestConsole(data)) {
      ApiTown town = new ApiTown(console);
      String reads = town.token("ann", Scope.PLAN_READ, Scope.NODES_READ);
      town.campaign("safer", "Home safe");
      Messages messages = console.bean(Messages.class);
      MessageId id = new MessageId("safer-0");
      messages.submit("ann", id);
      messages.approve("bob", id, messages.find(id).orElseThrow().edit());
      assertThat(offered(town, reads).path("noRoomAt").isEmpty()).isTrue();

      // So that no schedule is written anew, which would have room for it.
      console.bean(SchedulePublisher.class).stop();
      console
          .bean(JdbcClient.class)
          .sql("INSERT INTO schedule_left_out VALUES ('square', 'square-north', 'safer-0')")
          .update();
      assertThat(offered(town, reads).path("noRoomAt").toString()).isEqualTo("[\"square-north\"]");
      assertThat(offered(town, reads).path("wordings").asInt()).isEqualTo(1);
      assertThat(
              town.api.get(reads, "/nodes/square/square-north").json().path("leftOut").toString())
          .isEqualTo("[{\"message\":\"safer-0\",\"title\":\"Home safe\"}]");
    }
  }

  private static JsonNode offered(ApiTown town, String reads) {
    return town.api
        .get(reads, "/plan/at?site=square&at=" + Instant.now())
        .json()
        .path("items")
        .path(0);
  }
}
