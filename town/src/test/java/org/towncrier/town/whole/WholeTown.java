package org.towncrier.town.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.towncrier.console.message.Messages;
import org.towncrier.console.node.NodeCommands;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.protocol.NodeState;
import org.towncrier.town.process.Ports;
import org.towncrier.town.stage.ConsoleBook;
import org.towncrier.town.stage.NodeFile;
import org.towncrier.town.stage.NodePlan;
import org.towncrier.town.stage.RunningConsole;
import org.towncrier.town.stage.Town;

/** A small town in this process: one console, nodes, and an air for phones. */
final class WholeTown implements AutoCloseable {
  static final NodePlan CLOCK_TOWER =
      NodePlan.of("marlborough-square", "Marlborough Square", "clock-tower", 1);
  static final NodePlan TOWN_HALL = NodePlan.of("market-street", "Market Street", "town-hall", 2);
  static final String AUTHOR = "amina";
  static final String APPROVER = "bill";
  static final Path SAFER_EVENINGS = Path.of("..", "config", "campaigns", "safer-evenings.yaml");
  static final Duration LONG = Duration.ofSeconds(60);

  private static final Duration INQUIRY = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Path folder;
  private final List<String> brokerSettings;
  private EmulatedAir air;
  private RunningConsole console;
  private Town town;

  private WholeTown(Path folder, List<String> brokerSettings) {
    this.folder = folder;
    this.brokerSettings = brokerSettings;
  }

  /** With the console's own broker. */
  static WholeTown embedded(Path folder) throws IOException {
    String url = "mqtt://127.0.0.1:" + Ports.free();
    return new WholeTown(folder, List.of("--towncrier.broker.bind=" + url)).start();
  }

  /** With a broker that runs already. */
  static WholeTown on(int brokerPort, Path folder) throws IOException {
    return new WholeTown(folder, external("mqtt://127.0.0.1:" + brokerPort)).start();
  }

  /** The console's settings for another broker. */
  static List<String> external(String url) {
    return List.of(
        "--towncrier.broker.embedded=false",
        "--towncrier.broker.url=" + url,
        "--towncrier.broker.username=console",
        "--towncrier.broker.password=secret");
  }

  private WholeTown start() throws IOException {
    air = new EmulatedAir(0, InstantSource.system()).start();
    startConsole();
    town = new Town(book());
    return this;
  }

  void startConsole() {
    console =
        RunningConsole.start(
            folder.resolve("console"), 0, brokerSettings, List.of("--towncrier.demo=true"));
  }

  void stopConsole() {
    console.close();
  }

  NodeCommands commands() {
    return console.service(NodeCommands.class);
  }

  Messages messages() {
    return console.service(Messages.class);
  }

  /** A new node, not started. */
  Path addNode(NodePlan plan) throws IOException {
    return console.addNode(
        plan, folder.resolve("nodes"), new NodeFile.Standing(0, plan.place(), INQUIRY, PAUSE));
  }

  /** Starts nodes that were added. */
  void startNodes(Path... files) throws Exception {
    for (Path file : new ArrayList<>(List.of(files))) {
      town.start(file);
    }
    assertThat(town.await(LONG, state -> state.adapters().stream().allMatch(WholeTown::up)))
        .as("every node is up")
        .isTrue();
  }

  private static boolean up(NodeState.Adapter adapter) {
    return adapter.health() == NodeState.Adapter.Health.UP;
  }

  EmulatedAir air() {
    return air;
  }

  RunningConsole console() {
    return console;
  }

  Town town() {
    return town;
  }

  ConsoleBook book() {
    return new ConsoleBook(folder.resolve("console"));
  }

  @Override
  public void close() {
    if (town != null) {
      town.close();
    }
    if (console != null) {
      console.close();
    }
    if (air != null) {
      air.close();
    }
  }
}
