package org.towncrier.town.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.config.ConfigException;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.Position;
import org.towncrier.console.people.Role;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.NodeState;
import org.towncrier.town.stage.NodeFile;
import org.towncrier.town.stage.NodePlan;
import org.towncrier.town.stage.RunningConsole;
import org.towncrier.town.stage.Town;
import org.towncrier.town.street.Crowd;
import org.towncrier.town.street.Square;
import org.towncrier.town.street.Street;

/** The town of the demo: two squares, three broadcasters, and people. */
final class DemoTown {
  private static final int COALVILLE = 1;
  private static final int ASHBY = 2;

  /** Where each node hangs; roughly, since none does. */
  private static final Map<NodePlan, Position> NODES = nodes();

  private static final List<Square> SQUARES =
      List.of(new Square(COALVILLE, 75), new Square(ASHBY, 45));
  private static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");

  /** Shorter looks than on a real radio (5.12 s and a rest), for people who watch. */
  private static final Duration INQUIRY = Duration.ofMillis(1_500);

  private static final Duration PAUSE = Duration.ofMillis(1_000);
  private static final Duration NODES_READY = Duration.ofSeconds(60);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(45);
  private static final Duration LAST_REPORTS = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(DemoTown.class);

  private final DemoOptions options;
  private final Path home;
  private final PrintStream out;

  DemoTown(DemoOptions options, Path home, PrintStream out) {
    this.options = options;
    this.home = home;
    this.out = out;
  }

  /**
   * Runs until told to stop or the time is up.
   *
   * @return whether counts and receipts agree and there were any; true when nobody asked
   * @throws UsageException when it can't run; says what to do
   */
  boolean run(CountDownLatch stop) throws UsageException, InterruptedException {
    @Nullable RunSummary summary;
    requireFree(options.port());
    try {
      out.println("Towncrier: a town starts in " + options.data() + " …");
      summary = runTown(stop);
    } catch (IOException | ConfigException | RuntimeException e) {
      log.error("The demo failed", e);
      throw new UsageException(
          "The demo failed: %s%nMore in its log, %s"
              .formatted(e.getMessage(), DemoLog.in(options.data())),
          e);
    }
    if (summary == null) {
      out.println("The town has ended. Start it again, and it goes on where it was.");
      return true;
    }
    out.println(summary.json());
    return summary.agrees() && summary.accepted() > 0;
  }

  /** The summary, when the run was to end by itself. */
  private @Nullable RunSummary runTown(CountDownLatch stop)
      throws IOException, ConfigException, InterruptedException {
    DemoLog.settled();
    int brokerPort = freePort();
    String board = "http://localhost:" + boardPort(options.port());
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        RunningConsole console =
            RunningConsole.start(
                options.data().resolve("console"),
                options.port(),
                List.of("--towncrier.broker.bind=mqtt://127.0.0.1:" + brokerPort),
                settings(board));
        Town town = new Town(console.book());
        Street street =
            new Street(air, Crowd.LIVELY, SQUARES, new Random(new SecureRandom().nextLong()))) {
      DemoAccounts accounts = new DemoAccounts(options.data());
      accounts.provide(console, new SecureRandom());
      startNodes(console, town, "mqtt://127.0.0.1:" + brokerPort);
      if (!console.has(CAMPAIGN)) {
        console.takeIn(
            home.resolve("config/campaigns/safer-evenings.yaml"),
            DemoAccounts.username(Role.AUTHOR),
            DemoAccounts.username(Role.APPROVER));
      }
      if (!town.await(NODES_READY, DemoTown::isReady)) {
        throw new IOException("not every node was ready within " + NODES_READY.toSeconds() + " s");
      }
      RunCount count = RunCount.begin(console.book(), street.receipts());
      street.start();
      welcome(console, board, accounts);
      if (watch(stop, street, count)) {
        return null;
      }
      out.println("Nobody comes any more. Those who are being asked finish …");
      street.empty(LAST_ANSWERS);
      town.await(LAST_REPORTS, state -> state.unacknowledgedReports() == 0);
      Town.await(LAST_REPORTS, () -> agrees(count));
      return count.summary();
    }
  }

  private static List<String> settings(String board) {
    return List.of(
        "--towncrier.demo=true",
        "--logging.config=classpath:" + DemoLog.SETTINGS,
        // The campaign's windows are opened at any hour, and the nodes' with them.
        "--towncrier.permitted-hours.start=00:00",
        "--towncrier.permitted-hours.end=00:00",
        "--towncrier.noticeboard.port=" + URI.create(board).getPort(),
        "--towncrier.noticeboard.url=" + board,
        "--towncrier.noticeboard.controller=Safer North West Leicestershire",
        "--towncrier.noticeboard.contact=01530 454704");
  }

  private void startNodes(RunningConsole console, Town town, String broker)
      throws IOException, ConfigException {
    for (NodePlan plan : NODES.keySet()) {
      Path folder = options.data().resolve("nodes").resolve(plan.site().value());
      Path file = folder.resolve(plan.node() + ".yaml");
      if (!Files.exists(file)) {
        console.addNode(plan, folder, new NodeFile.Standing(0, plan.place(), INQUIRY, PAUSE));
        // Only now: where a person puts it later, it stays.
        console
            .service(Nodes.class)
            .place(
                plan.site(),
                plan.node(),
                NODES.get(plan),
                DemoAccounts.username(Role.ADMINISTRATOR));
      }
      NodeFile.connect(file, broker);
      town.start(file);
    }
  }

  private static Map<NodePlan, Position> nodes() {
    String coalville = "Marlborough Square, Coalville";
    Map<NodePlan, Position> nodes = new LinkedHashMap<>();
    nodes.put(
        NodePlan.of("marlborough-square", coalville, "clock-tower", COALVILLE),
        new Position(52.7240, -1.3700));
    nodes.put(
        NodePlan.of("marlborough-square", coalville, "bus-stop", COALVILLE),
        new Position(52.7243, -1.3693));
    nodes.put(
        NodePlan.of("market-street", "Market Street, Ashby", "town-hall", ASHBY),
        new Position(52.7466, -1.4740));
    return Collections.unmodifiableMap(nodes);
  }

  private static boolean isReady(NodeState state) {
    return state.revision() > 0
        && state.unacknowledgedReports() == 0
        && state.silentBecause() == null
        && state.adapters().stream()
            .allMatch(adapter -> adapter.health() == NodeState.Adapter.Health.UP);
  }

  private void welcome(RunningConsole console, String board, DemoAccounts accounts) {
    out.println();
    out.println("  Open      " + console.address());
    out.println("  Public    " + board + "  (what anybody in the square can look up)");
    out.println();
    accounts.lines().forEach(line -> out.println("  " + line));
    out.println();
    out.println("  The log   " + DemoLog.in(options.data()));
    out.println("  To end    Ctrl-C" + (options.length() == null ? "" : ", or wait"));
    out.println();
    out.flush();
    if (!options.headless()) {
      Browser.open(console.address());
    }
  }

  /** True when it was told to stop. */
  private boolean watch(CountDownLatch stop, Street street, RunCount count)
      throws IOException, InterruptedException {
    Duration length = options.length();
    long end = length == null ? Long.MAX_VALUE : System.nanoTime() + length.toNanos();
    Duration every = length == null ? Duration.ofMinutes(1) : Duration.ofSeconds(10);
    while (true) {
      long left = length == null ? Long.MAX_VALUE : end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      if (stop.await(Math.min(left, every.toNanos()), TimeUnit.NANOSECONDS)) {
        return true;
      }
      RunSummary now = count.summary();
      out.printf(
          "  %d phones came, %d are there; %d were asked, %d received a message, the console"
              + " counts %d%n",
          street.came(),
          street.phones(),
          street.receipts().prompts(),
          now.received(),
          now.accepted());
    }
  }

  private static boolean agrees(RunCount count) {
    try {
      return count.summary().agrees();
    } catch (IOException e) {
      log.warn("The console's book can't be read just now", e);
      return false;
    }
  }

  private static void requireFree(int port) throws UsageException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      log.debug("Port {} is free", socket.getLocalPort());
    } catch (IOException e) {
      throw new UsageException(
          "Port %d is in use. End what uses it, or choose another with --port (0: any that is free)"
              .formatted(port),
          e);
    }
  }

  /** The console's neighbour, so that links and bookmarks last; any other when that is taken. */
  static int boardPort(int console) throws IOException {
    if (console > 0 && console < 65_535 && isFree(console + 1)) {
      return console + 1;
    }
    return freePort();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() == port;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
