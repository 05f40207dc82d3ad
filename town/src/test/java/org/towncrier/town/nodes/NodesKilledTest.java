package org.towncrier.town.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.BroadcasterMain;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SiteId;
import org.towncrier.town.process.Ports;
import org.towncrier.town.process.Program;
import org.towncrier.town.stage.NodeFile;
import org.towncrier.town.street.Crowd;
import org.towncrier.town.street.Square;
import org.towncrier.town.street.Street;

/** Nodes and broker as processes of their own, killed, with a console that can be seen through. */
@Tag("kills")
@Tag("mosquitto")
class NodesKilledTest {
  private static final int KILLS = 6;
  private static final int ACCEPTED_BETWEEN = 10;

  private static final Crowd CROWD =
      new Crowd(
          75,
          15,
          0,
          5,
          2,
          3,
          new Crowd.Range(Duration.ofMillis(100), Duration.ofMillis(1_500)),
          Duration.ofSeconds(5),
          new Crowd.Range(Duration.ofSeconds(8), Duration.ofSeconds(20)));

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void counts_agree_with_receipts_whichever_of_nodes_and_broker_is_killed() throws Exception {
    List<NodeId> nodes = List.of(new NodeId("north"), new NodeId("south"));
    int port = Ports.free();
    List<Program> programs = new ArrayList<>();
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        StandInConsole console =
            new StandInConsole(new SiteId("market-street"), "mqtt://127.0.0.1:" + port);
        Street street = new Street(air, CROWD, List.of(new Square(1, 240)), new Random())) {
      int airPort = air.serve(0);
      programs.add(Program.mosquitto(port, folder));
      List<Path> files = console.addNodes(folder, nodes);
      for (int i = 0; i < nodes.size(); i++) {
        NodeFile.emulate(
            files.get(i),
            new NodeFile.Standing(airPort, 1, Duration.ofMillis(800), Duration.ofMillis(200)));
        programs.add(
            Program.java(
                "node " + nodes.get(i),
                folder.resolve(nodes.get(i) + ".log"),
                BroadcasterMain.class.getName(),
                List.of("--config", files.get(i).toString())));
      }
      try {
        for (Program program : programs) {
          program.start();
        }
        console.publish(nodes, List.of(message()));
        console.start();
        street.start();
        for (int kill = 0; kill < KILLS; kill++) {
          long goal = street.receipts().total() + ACCEPTED_BETWEEN;
          await().atMost(Duration.ofSeconds(60)).until(() -> street.receipts().total() >= goal);
          Program victim = programs.get(kill % programs.size());
          victim.kill();
          victim.start();
        }
        long goal = street.receipts().total() + ACCEPTED_BETWEEN;
        await().atMost(Duration.ofSeconds(60)).until(() -> street.receipts().total() >= goal);

        assertThat(street.empty(Duration.ofSeconds(30))).isTrue();
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () -> {
                  Map<Outcome, Long> counts = console.counts();
                  long accepted = counts.getOrDefault(Outcome.ACCEPTED, 0L);
                  long unresolved = counts.getOrDefault(Outcome.UNRESOLVED, 0L);
                  assertThat(street.receipts().total())
                      .as("received, of %s", counts)
                      .isBetween(accepted, accepted + unresolved);
                  assertThat(console.states().values())
                      .allSatisfy(state -> assertThat(state.unacknowledgedReports()).isZero());
                });
        assertThat(street.receipts().mostPromptsOfOnePhone()).isEqualTo(1);
      } catch (AssertionError | RuntimeException e) {
        programs.forEach(program -> System.out.println(program.name() + ": " + program.said()));
        throw e;
      } finally {
        programs.forEach(Program::close);
      }
    }
  }

  private static ScheduledMessage message() {
    return new ScheduledMessage(
        new MessageId("getting-home"),
        new CampaignId("safer-evenings"),
        ScheduledMessage.Priority.NORMAL,
        new MessageObject(
            "Getting home.txt",
            "text/plain",
            "The last bus leaves at 23:10.".getBytes(StandardCharsets.UTF_8)),
        List.of(StandInConsole.always()));
  }
}
