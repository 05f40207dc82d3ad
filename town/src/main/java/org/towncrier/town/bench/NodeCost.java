package org.towncrier.town.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.hardware.emulator.EmulatedPhone;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;
import org.towncrier.town.stage.NodeFile;
import org.towncrier.town.stage.NodePlan;
import org.towncrier.town.stage.RunningConsole;
import org.towncrier.town.stage.Town;

/**
 * What a node's process costs its machine: started as it ships, with two adapters, a real console
 * and 500 emulated phones, each of which it asks. The phones live in this process. What BlueCove's
 * emulator takes inside the node is counted as the node's.
 */
final class NodeCost {
  private static final int PHONES = 500;
  private static final int MEBIBYTES = 96;
  private static final double IDLE_SHARE = 0.05;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration MEASURED = Duration.ofSeconds(60);
  private static final NodePlan NODE =
      NodePlan.of("market-street", "Market Street, Ashby", "town-hall", 1);
  private static final NodePlan ELSEWHERE =
      NodePlan.of("marlborough-square", "Marlborough Square, Coalville", "clock-tower", 2);

  private final Path folder;
  private final Path home;
  private final PrintStream out;

  NodeCost(Path folder, Path home, PrintStream out) {
    this.folder = folder;
    this.home = home;
    this.out = out;
  }

  /** Whether it stayed within its limits. */
  boolean run() throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        RunningConsole console =
            RunningConsole.start(
                folder.resolve("console"),
                0,
                List.of("--towncrier.broker.bind=mqtt://127.0.0.1:" + freePort()),
                List.of("--logging.config=classpath:logback-bench.xml"))) {
      NodeFile.Standing standing =
          new NodeFile.Standing(
              air.serve(0), NODE.place(), Duration.ofMillis(5120), Duration.ofSeconds(5));
      Path file = console.addNode(NODE, folder.resolve("nodes"), standing);
      NodeFile.adapters(file, List.of("hci0", "hci1"));
      console.addNode(ELSEWHERE, folder.resolve("elsewhere"), standing);
      console.takeIn(home.resolve("config/campaigns/safer-evenings.yaml"), "author", "approver");
      Process node =
          new ProcessBuilder(
                  home.resolve("towncrier").toString(), "broadcaster", "--config", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      try {
        return measure(air, new ProcessFigures(node.pid()));
      } finally {
        node.destroy();
        if (!node.waitFor(20, TimeUnit.SECONDS)) {
          node.destroyForcibly();
        }
      }
    }
  }

  private boolean measure(EmulatedAir air, ProcessFigures node) throws Exception {
    List<EmulatedPhone> phones = new ArrayList<>();
    for (int i = 0; i < PHONES; i++) {
      EmulatedPhone phone =
          air.phone(
              PhoneSettings.android(
                  EmulatedAddress.of(NODE.place(), 1000 + i),
                  new PhoneBehaviour.Accepts(Duration.ofSeconds(1))));
      phone.appear();
      phones.add(phone);
    }
    boolean asked =
        Town.await(
            PATIENCE,
            Duration.ofMillis(200),
            () -> phones.stream().noneMatch(phone -> phone.receipts().isEmpty()));
    long took = phones.stream().filter(phone -> !phone.receipts().isEmpty()).count();
    out.printf("%d of %d phones have the message%n", took, PHONES);
    double among = share(node);
    long now = node.kibibytes(false);
    out.printf(
        Locale.ROOT,
        "with all of them near: %.1f%% of a core, %.1f MiB resident%n",
        among * 100,
        now / 1024.0);
    phones.forEach(EmulatedPhone::close);
    double idle = share(node);
    long most = node.kibibytes(true);
    boolean light = most <= MEBIBYTES * 1024L;
    boolean quiet = idle < IDLE_SHARE;
    out.printf(
        Locale.ROOT,
        "with nobody near: %.1f%% of a core (must be under %.0f%%)%s%n",
        idle * 100,
        IDLE_SHARE * 100,
        quiet ? "" : "  TOO MUCH");
    out.printf(
        Locale.ROOT,
        "at most, over all of it: %.1f MiB resident (limit %d MiB)%s%n",
        most / 1024.0,
        MEBIBYTES,
        light ? "" : "  TOO MUCH");
    return asked && light && quiet;
  }

  private static double share(ProcessFigures node) throws IOException, InterruptedException {
    double before = node.cpuSeconds();
    long from = System.nanoTime();
    TimeUnit.SECONDS.sleep(MEASURED.toSeconds());
    return (node.cpuSeconds() - before) / ((System.nanoTime() - from) / 1e9);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
