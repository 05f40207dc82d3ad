package org.towncrier.town.bench;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.Broadcaster;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.console.campaignfile.CampaignFile;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.Messages;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.hardware.emulator.EmulatedPhone;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;
import org.towncrier.hardware.emulator.PhoneWitness;
import org.towncrier.hardware.emulator.Prompt;
import org.towncrier.hardware.emulator.Receipt;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.NodeState.MessageState.Status;
import org.towncrier.protocol.mqtt.MqttLink;
import org.towncrier.town.stage.ConsoleBook;
import org.towncrier.town.stage.NodeFile;
import org.towncrier.town.stage.NodePlan;
import org.towncrier.town.stage.RunningConsole;
import org.towncrier.town.stage.Town;

/** How quickly what a person decides happens in the square. */
final class Latency {
  private static final int ROUNDS = 10;
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String AUTHOR = "author";
  private static final String APPROVER = "approver";
  private static final NodePlan NODE =
      NodePlan.of("market-street", "Market Street, Ashby", "town-hall", 1);

  private static final NodePlan ELSEWHERE =
      NodePlan.of("marlborough-square", "Marlborough Square, Coalville", "clock-tower", 2);
  private static final NodeFile.Standing STANDING =
      new NodeFile.Standing(0, NODE.place(), Duration.ofSeconds(1), Duration.ofMillis(500));

  private final Path folder;
  private final Path home;
  private final PrintStream out;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Connections connections = new Connections();

  Latency(Path folder, Path home, PrintStream out) {
    this.folder = folder;
    this.home = home;
    this.out = out;
  }

  /** Whether every measurement stayed under its limit. */
  boolean run() throws Exception {
    List<Long> offers = new ArrayList<>();
    List<Long> silences = new ArrayList<>();
    List<Long> returns = new ArrayList<>();
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        RunningConsole console =
            RunningConsole.start(
                folder.resolve("console"),
                0,
                List.of("--towncrier.broker.bind=mqtt://127.0.0.1:" + freePort()),
                List.of("--logging.config=classpath:logback-bench.xml"))) {
      connections.listen();
      Path file = console.addNode(NODE, folder.resolve("nodes"), STANDING);
      // The campaign speaks in both towns; nothing is measured at the other one.
      console.addNode(ELSEWHERE, folder.resolve("elsewhere"), STANDING);
      CampaignFile campaign =
          console.takeInAsDraft(home.resolve("config/campaigns/safer-evenings.yaml"), AUTHOR);
      Messages messages = console.service(Messages.class);
      Draft draft = campaign.messages().get(0).draft();
      CampaignId id = campaign.campaign().id();
      for (int round = 0; round < ROUNDS; round++) {
        MessageId first = new MessageId("round-" + round);
        MessageId second = new MessageId("return-" + round);
        messages.create(AUTHOR, id, first, draft);
        messages.create(AUTHOR, id, second, draft);
        try (Broadcaster node = new Broadcaster(BroadcasterConfig.load(file))) {
          node.start();
          offers.add(approvalToOffer(air, console, first));
          silences.add(cancellationToSilence(console, first));
        }
        returns.add(connectionToApplied(console, file, second));
        messages.cancel(APPROVER, second);
      }
    }
    out.printf("%d rounds, limit %d ms each%n", ROUNDS, LIMIT.toMillis());
    boolean well = report("approval to the first offer, with a phone near", offers);
    well &= report("cancellation to silence, as the console learns it", silences);
    well &= report("connection to the new schedule applied, as the console learns it", returns);
    return well;
  }

  private long approvalToOffer(EmulatedAir air, RunningConsole console, MessageId message)
      throws Exception {
    CompletableFuture<Long> asked = new CompletableFuture<>();
    EmulatedPhone phone =
        air.phone(
            PhoneSettings.android(
                EmulatedAddress.random(NODE.place(), random),
                new PhoneBehaviour.Accepts(Duration.ofMinutes(5))),
            new FirstPrompt(asked));
    phone.appear();
    require("a phone near", () -> states(console).stream().anyMatch(s -> s.phonesNear() > 0));
    long from = System.nanoTime();
    console.approve(message, AUTHOR, APPROVER);
    try {
      return millis(asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS) - from);
    } catch (TimeoutException e) {
      throw new IOException("The phone was not asked within " + PATIENCE, e);
    }
  }

  private long cancellationToSilence(RunningConsole console, MessageId message) throws Exception {
    require("the message on air", () -> isOnAir(console, message));
    long from = System.nanoTime();
    console.service(Messages.class).cancel(APPROVER, message);
    require("silence", () -> !isOnAir(console, message));
    return millis(System.nanoTime() - from);
  }

  private long connectionToApplied(RunningConsole console, Path file, MessageId message)
      throws Exception {
    console.approve(message, AUTHOR, APPROVER);
    CompletableFuture<Long> connected = connections.next();
    try (Broadcaster node = new Broadcaster(BroadcasterConfig.load(file))) {
      node.start();
      require("the message on air", () -> isOnAir(console, message));
      return millis(System.nanoTime() - connected.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  private static boolean isOnAir(RunningConsole console, MessageId message) {
    return states(console).stream()
        .flatMap(state -> state.messages().stream())
        .anyMatch(m -> m.id().equals(message) && m.status() == Status.ON_AIR);
  }

  private static List<NodeState> states(RunningConsole console) {
    ConsoleBook book = console.book();
    try {
      return book.states();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void require(String what, BooleanSupplier condition) throws Exception {
    if (!Town.await(PATIENCE, Duration.ofMillis(10), condition)) {
      throw new IOException("There was not " + what + " within " + PATIENCE.toSeconds() + " s");
    }
  }

  private boolean report(String what, List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    long worst = sorted.get(sorted.size() - 1);
    out.printf(
        "%-66s median %5d ms, worst %5d ms%s%n",
        what, sorted.get(sorted.size() / 2), worst, worst > LIMIT.toMillis() ? "  TOO LONG" : "");
    return worst <= LIMIT.toMillis();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private record FirstPrompt(CompletableFuture<Long> asked) implements PhoneWitness {
    @Override
    public void prompted(Prompt prompt) {
      asked.complete(System.nanoTime());
    }

    @Override
    public void received(Receipt receipt) {}
  }

  /** When the node's connection stood: what the link logs right after CONNACK and SUBACK. */
  private static final class Connections extends AppenderBase<ILoggingEvent> {
    private CompletableFuture<Long> next = new CompletableFuture<>();

    void listen() {
      LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
      setContext(context);
      start();
      Logger link = context.getLogger(MqttLink.class);
      link.addAppender(this);
    }

    synchronized CompletableFuture<Long> next() {
      next = new CompletableFuture<>();
      return next;
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
      if (event.getFormattedMessage().startsWith("Connected to")) {
        next.complete(System.nanoTime());
      }
    }
  }
}
