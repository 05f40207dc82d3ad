package org.towncrier.broadcaster;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.clock.BuildInfo;
import org.towncrier.broadcaster.clock.ClockTrust;
import org.towncrier.broadcaster.clock.LinuxSynchronisation;
import org.towncrier.broadcaster.clock.Synchronisation;
import org.towncrier.broadcaster.command.CommandInbox;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.config.BroadcasterConfig.ClockSettings.Trust;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.contact.SiteContacts;
import org.towncrier.broadcaster.contact.SiteKeys;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.loop.RealEventLoop;
import org.towncrier.broadcaster.report.ReportOutbox;
import org.towncrier.broadcaster.report.Unreported;
import org.towncrier.broadcaster.round.BroadcastRound;
import org.towncrier.broadcaster.round.Memory;
import org.towncrier.broadcaster.round.RoundSettings;
import org.towncrier.broadcaster.round.Surroundings;
import org.towncrier.broadcaster.schedule.ScheduleInbox;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.broadcaster.timetable.QuartzWaker;
import org.towncrier.broadcaster.uplink.MqttUplink;
import org.towncrier.broadcaster.uplink.StateTeller;
import org.towncrier.hardware.Radio;
import org.towncrier.protocol.NodeCommand;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState;

/**
 * One node: its parts put together. All of them work on one event loop, so that no rule needs a
 * lock; radio and broker hand over to it.
 */
public final class Broadcaster implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Broadcaster.class);
  private static final Duration OFFERS_END = Duration.ofSeconds(10);
  private static final Duration RETRY_SCHEDULE = Duration.ofSeconds(1);

  /**
   * A first start makes the records: on a slow card of a busy machine that took longer than 10 s.
   */
  private static final Duration LOOP_ANSWERS = Duration.ofSeconds(60);

  private final BroadcasterConfig config;
  private final Radio radio;
  private final UUID boot = UUID.randomUUID();
  private final RealEventLoop loop;
  private final ExecutorService background;
  private final NodeStore store;
  private final ClockTrust clock;
  private final SiteKeys keys;
  private final DeliveryLog deliveries;
  private final ScheduleInbox inbox;
  private final ReportOutbox outbox;
  private final SiteContacts siteContacts;
  private final CommandInbox commands;
  private final BroadcastRound round;
  private final StateTeller teller;
  private final MqttUplink uplink;
  private final StateOfNode state;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** A node on this machine's clock and the radio its settings name. */
  public Broadcaster(BroadcasterConfig config) {
    this(config, Radios.of(config, InstantSource.system()), InstantSource.system());
  }

  /**
   * A node with a radio and a clock of the caller's. Nothing is opened yet.
   *
   * @param radio closed with the node
   */
  public Broadcaster(BroadcasterConfig config, Radio radio, InstantSource wallClock) {
    this.config = config;
    this.radio = radio;
    String name = config.site() + "." + config.node();
    BuildInfo build = BuildInfo.read();
    // The loop logs each failure itself; its parts go on, and state says what no longer works.
    loop = new RealEventLoop("node " + name, wallClock, failure -> {});
    background =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "clock " + name);
              thread.setDaemon(true);
              return thread;
            });
    store = new NodeStore(config.data().resolve("node.db"));
    clock = new ClockTrust(store, loop, background, build.built(), synchronisation(config));
    keys = new SiteKeys(store, config.site(), config.zone());
    deliveries = new DeliveryLog(store);
    outbox =
        new ReportOutbox(
            config.site(),
            config.node(),
            boot,
            config.console().trustedKeys(),
            config.reports(),
            loop,
            store,
            this::takeUnreported,
            this::sendReport);
    deliveries.onCount(outbox::counted);
    inbox =
        new ScheduleInbox(
            config.site(),
            config.node(),
            config.console().trustedKeys(),
            store,
            loop,
            clock::trusted,
            this::applySchedule);
    DiskWatch disk = new DiskWatch(config.data(), loop);
    ContactBook contacts =
        new ContactBook(
            store,
            keys,
            deliveries,
            config.node(),
            config.testPhones(),
            config.contact().optOutWord());
    siteContacts = new SiteContacts(loop, contacts, this::sendToNodes);
    round =
        new BroadcastRound(
            loop,
            radio,
            new Memory(store, keys, contacts, deliveries),
            roundSettings(config),
            new Surroundings(
                this::clockTrouble,
                List.of(disk::trouble, inbox::trouble),
                wake -> new QuartzWaker(loop, wake),
                this::stateChanged));
    commands =
        new CommandInbox(
            config.site(),
            config.node(),
            config.console().trustedKeys(),
            store,
            loop,
            clock::trusted,
            this::begin,
            this::stateChanged);
    state =
        new StateOfNode(
            config, boot, build.version(), loop, radio, inbox, round, commands, contacts, outbox);
    teller =
        new StateTeller(
            loop, config.state(), () -> state.now(clock.state(), disk, store), this::sendState);
    uplink =
        new MqttUplink(
            MqttUplink.settings(config),
            config.site(),
            config.node(),
            boot,
            loop,
            new FromConsole());
  }

  /**
   * Opens the records, goes on with the schedule kept in them, and begins to look for phones and
   * for the broker. Returns when that is under way; neither radio nor broker need be there.
   *
   * @throws StoreException if the records cannot be used; the message says what to do
   * @throws org.towncrier.broadcaster.contact.SeedException if the site's seed cannot be used
   */
  public void start() {
    try {
      onLoop(
          () -> {
            store.open();
            keys.load(config.seed());
            clock.start();
            outbox.start();
            inbox.start();
            retrySchedule();
          });
    } catch (RuntimeException e) {
      abandon();
      throw e;
    }
    round.start();
    uplink.start();
    log.info("Node {}/{} started, boot {}", config.site(), config.node(), boot);
  }

  /** This start of the node, as it is named in its reports. */
  public UUID boot() {
    return boot;
  }

  /**
   * Ends in order: offers are withdrawn and written down, the last counts reported, the broker told
   * goodbye, and everything closed. Can be called twice.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // Each step is taken even if one before it failed.
    attempt("withdrawing offers", () -> await(round.stop(), OFFERS_END));
    attempt("the last report", () -> onLoop(this::lastWords));
    attempt("the broker", uplink::close);
    attempt("the radio", radio::close);
    background.shutdownNow();
    attempt("the records", () -> onLoop(store::close));
    loop.close();
    log.info("Node {}/{} ended", config.site(), config.node());
  }

  /** The end of a node that never began. */
  private void abandon() {
    closed.set(true);
    background.shutdownNow();
    attempt("the records", () -> onLoop(store::close));
    radio.close();
    loop.close();
  }

  private void lastWords() {
    teller.close();
    outbox.cut();
    outbox.close();
    clock.record();
    clock.close();
  }

  private Optional<String> clockTrouble() {
    return clock.distrust().map(why -> "does not believe its clock: " + why);
  }

  private Unreported.Counts takeUnreported() {
    DeliveryLog.Unreported taken = deliveries.takeUnreported(loop.now());
    return new Unreported.Counts(taken.outcomes(), taken.coverage(), taken.phonesSeen());
  }

  private CompletableFuture<Void> sendReport(byte[] report) {
    return uplink.report(report);
  }

  private void begin(NodeCommand command, BiConsumer<Boolean, String> ended) {
    switch (command.action()) {
      case LEAVE_ALONE -> round.leaveAlone(command.expiresAt(), ended);
      case TEST_OFFER ->
          round.testOffer(
              // The record sees to it that there is one.
              Objects.requireNonNull(command.message()), command.expiresAt(), ended);
    }
  }

  private void sendToNodes(byte[] note) {
    uplink.contacts(note);
  }

  private void applySchedule(NodeSchedule schedule) {
    round.apply(schedule);
    stateChanged();
  }

  private void sendState(NodeState now) {
    uplink.state(now);
  }

  private void stateChanged() {
    teller.changed();
  }

  /** A schedule that came while nothing could be written down is applied once something can. */
  private void retrySchedule() {
    loop.after(RETRY_SCHEDULE, this::retrySchedule);
    if (store.trouble().isEmpty()) {
      inbox.retry();
    }
  }

  private static Synchronisation synchronisation(BroadcasterConfig config) {
    return config.clock().trust() == Trust.SYSTEM
        ? Synchronisation.notAsked()
        : new LinuxSynchronisation();
  }

  private static RoundSettings roundSettings(BroadcasterConfig config) {
    return new RoundSettings(
        config.radio().inquiry(),
        config.radio().pause(),
        config.radio().offerDeadline(),
        RoundSettings.FORGET_AFTER,
        config.radio().phonesOnly(),
        config.contact().heldDbm(),
        config.permittedHours());
  }

  private void onLoop(Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            task.run();
            done.complete(null);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    await(done, LOOP_ANSWERS);
  }

  private static void await(CompletableFuture<Void> done, Duration atMost) {
    try {
      done.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("The node did not answer within " + atMost, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the node was working", e);
    }
  }

  private static void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      log.warn("While ending, {}: {}", what, e.getMessage(), e);
    }
  }

  private final class FromConsole implements MqttUplink.Receiver {
    @Override
    public void connected() {
      outbox.connected();
      teller.connected();
      siteContacts.connected();
    }

    @Override
    public void disconnected() {
      outbox.disconnected();
      teller.disconnected();
      siteContacts.disconnected();
    }

    @Override
    public void schedule(byte[] payload) {
      inbox.receive(payload);
      teller.changed();
    }

    @Override
    public void acks(byte[] payload) {
      outbox.acknowledged(payload);
    }

    @Override
    public void commands(byte[] payload) {
      commands.receive(payload);
    }

    @Override
    public void contacts(byte[] payload) {
      siteContacts.receive(payload);
    }
  }
}
