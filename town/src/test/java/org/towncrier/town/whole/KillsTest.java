package org.towncrier.town.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.BroadcasterMain;
import org.towncrier.console.ConsoleMain;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.protocol.NodeState;
import org.towncrier.town.demo.RunCount;
import org.towncrier.town.demo.RunSummary;
import org.towncrier.town.process.Ports;
import org.towncrier.town.process.Program;
import org.towncrier.town.stage.ConsoleBook;
import org.towncrier.town.stage.NodeFile;
import org.towncrier.town.stage.NodePlan;
import org.towncrier.town.stage.RunningConsole;
import org.towncrier.town.street.Crowd;
import org.towncrier.town.street.Square;
import org.towncrier.town.street.Street;

/**
 * Console, broker and broadcasters as processes of their own, killed without warning one after the
 * other while phones keep coming. The phones are in this process, which nobody kills.
 */
@Tag("kills")
class KillsTest {
  private static final List<NodePlan> NODES =
      List.of(
          NodePlan.of("marlborough-square", "Marlborough Square", "clock-tower", 1),
          NodePlan.of("marlborough-square", "Marlborough Square", "bus-stop", 1),
          NodePlan.of("market-street", "Market Street", "town-hall", 2));

  /** Owners decide quickly, and more of them accept than would: the more to count in a minute. */
  private static final Crowd CROWD =
      new Crowd(
          80,
          10,
          1,
          4,
          2,
          3,
          new Crowd.Range(Duration.ofMillis(100), Duration.ofMillis(1_200)),
          Duration.ofSeconds(4),
          new Crowd.Range(Duration.ofSeconds(8), Duration.ofSeconds(25)));

  private static final Duration PROGRESS = Duration.ofSeconds(120);

  @TempDir Path folder;
  private final List<Program> programs = new ArrayList<>();
  private ConsoleBook book;
  private int airPort;

  @AfterEach
  void endAllPrograms() {
    programs.forEach(Program::close);
  }

  @Test
  @Tag("mosquitto")
  @Timeout(900)
  void counts_agree_with_receipts_over_500_acceptances_and_21_kills() throws Exception {
    int port = Ports.free();
    String url = "mqtt://127.0.0.1:" + port;
    Program broker = Program.mosquitto(port, Files.createDirectory(folder.resolve("broker")));
    programs.add(broker);
    broker.start();
    await().atMost(WholeTown.LONG).until(() -> Ports.isOpen(port));

    // Each victim in turn: a node, the broker, a node, the console, a node.
    killsLeaveCountsRight(21, 500, WholeTown.external(url), List.of(2, 0, 3, 1, 4));
  }

  @Test
  @Timeout(600)
  void counts_agree_with_receipts_when_the_broker_dies_with_its_console() throws Exception {
    String url = "mqtt://127.0.0.1:" + Ports.free();

    killsLeaveCountsRight(4, 80, List.of("--towncrier.broker.bind=" + url), List.of(0, 1, 0, 3));
  }

  private void killsLeaveCountsRight(
      int kills, int acceptances, List<String> broker, List<Integer> victims) throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        Street street =
            new Street(air, CROWD, List.of(new Square(1, 200), new Square(2, 120)), new Random())) {
      airPort = air.serve(0);
      provide(broker);
      for (Program program : programs) {
        if (!program.isAlive()) {
          program.start();
        }
      }
      RunCount count = RunCount.begin(book, street.receipts());
      street.start();
      int between = acceptances / kills + 1;
      for (int kill = 0; kill < kills; kill++) {
        awaitReceipts(street, between);
        Program victim = programs.get(victims.get(kill % victims.size()));
        victim.kill();
        victim.start();
      }
      awaitReceipts(street, between);

      assertThat(street.empty(Duration.ofSeconds(60))).as("everybody has left").isTrue();
      await().atMost(PROGRESS).untilAsserted(() -> agree(count.summary()));
      RunSummary summary = count.summary();
      System.out.println("KillsTest: " + summary.json());

      assertThat(programs.stream().mapToInt(Program::kills).sum()).isEqualTo(kills);
      assertThat(summary.received()).isGreaterThanOrEqualTo(acceptances);
      assertThat(street.receipts().mostPromptsOfOnePhone())
          .as("how often the phone that was asked most was asked")
          .isEqualTo(1);
    } catch (AssertionError | RuntimeException e) {
      programs.forEach(
          program -> System.out.println("=== " + program.name() + ":\n" + program.said()));
      throw e;
    }
  }

  /** People, nodes and a campaign on air: made once, by the real console in this process. */
  private void provide(List<String> broker) throws Exception {
    Path data = folder.resolve("console");
    Path nodes = Files.createDirectory(folder.resolve("nodes"));
    book = new ConsoleBook(data);
    List<Program> broadcasters = new ArrayList<>();
    try (RunningConsole console = RunningConsole.start(data, 0, broker, List.of())) {
      for (NodePlan plan : NODES) {
        Path file =
            console.addNode(
                plan,
                nodes,
                new NodeFile.Standing(
                    airPort, plan.place(), Duration.ofMillis(800), Duration.ofMillis(200)));
        broadcasters.add(
            Program.java(
                "broadcaster " + plan,
                folder.resolve(plan.site() + "." + plan.node() + ".log"),
                BroadcasterMain.class.getName(),
                List.of("--config", file.toString())));
      }
      console.takeIn(WholeTown.SAFER_EVENINGS, WholeTown.AUTHOR, WholeTown.APPROVER);
    }
    List<String> arguments = new ArrayList<>(broker);
    arguments.add("--towncrier.data=" + data);
    arguments.add("--server.port=0");
    programs.add(
        Program.java(
            "console", folder.resolve("console.log"), ConsoleMain.class.getName(), arguments));
    programs.addAll(broadcasters);
  }

  private void awaitReceipts(Street street, int more) {
    long goal = street.receipts().total() + more;
    await()
        .alias("%d more receipts".formatted(more))
        .atMost(PROGRESS)
        .until(() -> street.receipts().total() >= goal);
  }

  private void agree(RunSummary summary) throws Exception {
    List<NodeState> states = book.states();
    assertThat(states)
        .hasSize(NODES.size())
        .allSatisfy(state -> assertThat(state.unacknowledgedReports()).isZero());
    assertThat(summary.agrees()).as(summary.json()).isTrue();
  }
}
