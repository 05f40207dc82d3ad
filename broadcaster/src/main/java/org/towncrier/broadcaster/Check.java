package org.towncrier.broadcaster;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.towncrier.broadcaster.clock.BuildInfo;
import org.towncrier.broadcaster.clock.ClockTrust;
import org.towncrier.broadcaster.clock.LinuxSynchronisation;
import org.towncrier.broadcaster.clock.Synchronisation;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.config.BroadcasterConfig.ClockSettings.Trust;
import org.towncrier.broadcaster.contact.SiteKeys;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.schedule.ScheduleInbox;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.broadcaster.uplink.MqttUplink;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.RadioCheck;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.mqtt.MqttLink;

/**
 * Tries everything a node needs without broadcasting anything, and says what it found and what to
 * do about it: counts, never addresses.
 */
final class Check {
  private static final Duration BROKER_ANSWERS = Duration.ofSeconds(12);
  private static final Duration SCHEDULE_COMES = Duration.ofSeconds(2);
  private static final Duration ADAPTERS_OPEN = Duration.ofSeconds(20);

  private final BroadcasterConfig config;
  private final Radio radio;
  private final PrintStream out;
  private boolean silent;

  Check(BroadcasterConfig config, Radio radio, PrintStream out) {
    this.config = config;
    this.radio = radio;
    this.out = out;
  }

  /** The exit status: 1 if something would keep the node silent. */
  int run() throws InterruptedException {
    good("settings", "node %s of site %s".formatted(config.node(), config.site()));
    boolean scheduled = false;
    Path file = config.data().resolve("node.db");
    try (NodeStore store = new NodeStore(file)) {
      if (Files.exists(file)) {
        store.open();
        scheduled = lookIntoRecords(store);
      } else {
        lookBeforeFirstStart();
      }
    } catch (StoreException e) {
      // Another node may be at work with these settings: its broker and radio are left to it.
      bad("records", String.valueOf(e.getMessage()));
      radio.close();
      return conclude();
    }
    lookAtDisk();
    lookForBroker(scheduled);
    lookAtRadio();
    return conclude();
  }

  private boolean lookIntoRecords(NodeStore store) {
    SiteKeys keys = new SiteKeys(store, config.site(), config.zone());
    keys.read();
    if (keys.trouble().isPresent() && !Files.exists(config.seed())) {
      bad("site seed", "the node " + keys.trouble().get());
    } else {
      good("site seed", Files.exists(config.seed()) ? "to be read at the next start" : "known");
    }
    lookAtClock(Optional.of(store));
    VirtualEventLoop now = new VirtualEventLoop(InstantSource.system().instant());
    ScheduleInbox inbox =
        new ScheduleInbox(
            config.site(),
            config.node(),
            config.console().trustedKeys(),
            store,
            now,
            () -> true,
            schedule -> {});
    inbox.start();
    Optional<NodeSchedule> schedule = inbox.applied();
    schedule.ifPresent(
        kept ->
            good(
                "schedule",
                "revision %d with %d messages, valid until %s"
                    .formatted(kept.revision(), kept.messages().size(), kept.validUntil())));
    inbox.refused().ifPresent(refusal -> note("schedule", refusal.reason()));
    return schedule.filter(kept -> kept.validUntil().isAfter(now.instant())).isPresent();
  }

  private void lookBeforeFirstStart() {
    if (Files.exists(config.seed())) {
      good("site seed", "to be read at the first start");
    } else {
      bad(
          "site seed",
          "%s is not there; write it with `towncrier console add-node %s %s`"
              .formatted(config.seed(), config.site(), config.node()));
    }
    Path folder = existing(config.data());
    if (Files.isDirectory(folder) && Files.isWritable(folder)) {
      good("records", "none yet; to be made in " + config.data());
    } else {
      bad(
          "records",
          "%s cannot be made; give %s to the user the broadcaster runs as"
              .formatted(config.data(), folder));
    }
    lookAtClock(Optional.empty());
  }

  private void lookAtClock(Optional<NodeStore> store) {
    Synchronisation synchronisation =
        config.clock().trust() == Trust.SYSTEM
            ? Synchronisation.notAsked()
            : new LinuxSynchronisation();
    if (store.isEmpty()) {
      Synchronisation.Finding finding = synchronisation.look();
      if (InstantSource.system().instant().isBefore(BuildInfo.read().built())) {
        bad("clock", "it shows a time before this program was built; set it");
      } else if (finding.synchronised()) {
        good("clock", finding.detail());
      } else {
        bad("clock", finding.detail());
      }
      return;
    }
    VirtualEventLoop now = new VirtualEventLoop(InstantSource.system().instant());
    try (ClockTrust clock =
        new ClockTrust(
            store.get(), now, Runnable::run, BuildInfo.read().built(), synchronisation)) {
      clock.start();
      now.runDue();
      Optional<String> distrust = clock.distrust();
      distrust.ifPresentOrElse(
          why -> bad("clock", why), () -> good("clock", clock.state().detail()));
    }
  }

  private void lookAtDisk() {
    DiskWatch disk = new DiskWatch(existing(config.data()), InstantSource.system());
    disk.trouble()
        .ifPresentOrElse(
            why -> bad("disk", "the node " + why),
            () -> good("disk", "%,d MB free".formatted(disk.freeBytes() >> 20)));
  }

  private void lookForBroker(boolean scheduled) throws InterruptedException {
    CompletableFuture<Void> connected = new CompletableFuture<>();
    CompletableFuture<Void> schedule = new CompletableFuture<>();
    Topic topic = new Topic(config.site(), config.node(), Topic.Kind.SCHEDULE);
    try (MqttLink link =
        new MqttLink(
            MqttUplink.settings(config),
            List.of(topic.name()),
            () -> null,
            new MqttLink.Listener() {
              @Override
              public void connected() {
                connected.complete(null);
              }

              @Override
              public void disconnected(String why) {}

              @Override
              public void message(String topicName, byte[] payload) {
                schedule.complete(null);
              }
            })) {
      link.start();
      if (came(connected, BROKER_ANSWERS)) {
        good(
            "broker",
            came(schedule, SCHEDULE_COMES)
                ? "connected; a schedule is waiting there"
                : "connected; no schedule is waiting there");
        return;
      }
      String why = link.trouble().orElse("it did not answer");
      if (scheduled) {
        note("broker", why + "; the node goes on with the schedule it has");
      } else {
        bad("broker", why + "; without it the node has no schedule");
      }
    }
  }

  private void lookAtRadio() throws InterruptedException {
    for (RadioCheck.Finding finding :
        RadioCheck.run(radio, ADAPTERS_OPEN, config.radio().inquiry())) {
      String what = "radio " + finding.adapter().adapter();
      if (finding.good()) {
        good(
            what,
            "%d devices answered in %s s; %d are phones, %d of them say that they take objects"
                .formatted(
                    finding.devices(),
                    config.radio().inquiry().toMillis() / 1000.0,
                    finding.phones(),
                    finding.takingObjects()));
      } else {
        String detail = finding.adapter().detail();
        bad(what, detail.isEmpty() ? "it is there, but its look for phones failed" : detail);
      }
    }
  }

  private int conclude() {
    out.println(
        silent
            ? "Something above would keep this node silent."
            : "Nothing would keep this node silent.");
    return silent ? BroadcasterMain.FAILED : BroadcasterMain.OK;
  }

  private void good(String what, String found) {
    out.printf("ok       %-12s %s%n", what, found);
  }

  private void note(String what, String found) {
    out.printf("note     %-12s %s%n", what, found);
  }

  private void bad(String what, String found) {
    silent = true;
    out.printf("PROBLEM  %-12s %s%n", what, found);
  }

  private static boolean came(CompletableFuture<Void> awaited, Duration within)
      throws InterruptedException {
    try {
      awaited.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  /** The folder itself, or the nearest above it that is there. */
  private static Path existing(Path folder) {
    Path candidate = folder.toAbsolutePath();
    while (!Files.exists(candidate) && candidate.getParent() != null) {
      candidate = candidate.getParent();
    }
    return candidate;
  }
}
