package org.towncrier.broadcaster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.towncrier.broadcaster.config.RadioSettings;
import org.towncrier.broadcaster.contact.SiteKeys;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.machine.AdapterJudge;
import org.towncrier.broadcaster.machine.MachineCheck;
import org.towncrier.broadcaster.schedule.ScheduleInbox;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.broadcaster.uplink.MqttUplink;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.RadioCheck;
import org.towncrier.hardware.bluez.AdapterFacts;
import org.towncrier.hardware.bluez.AdapterSetUp;
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
  private final CheckReport report;

  Check(BroadcasterConfig config, Radio radio, CheckReport report) {
    this.config = config;
    this.radio = radio;
    this.report = report;
  }

  /** The exit status: 1 if something would keep the node silent, or has to be mended first. */
  int run() throws InterruptedException {
    report.good("settings", "node %s of site %s".formatted(config.node(), config.site()));
    if (config.radio().stack().real()) {
      MachineCheck.machine().forEach(report::add);
    }
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
      report.bad("records", String.valueOf(e.getMessage()));
      radio.close();
      return report.conclude(config);
    }
    lookAtDisk();
    lookForBroker(scheduled);
    MachineCheck.certificate(config.console().url(), InstantSource.system().instant())
        .ifPresent(report::add);
    lookAtAdapters();
    return report.conclude(config);
  }

  private boolean lookIntoRecords(NodeStore store) {
    SiteKeys keys = new SiteKeys(store, config.site(), config.zone());
    keys.read();
    if (keys.trouble().isPresent() && !Files.exists(config.seed())) {
      report.bad("site seed", "the node " + keys.trouble().get());
    } else {
      report.good(
          "site seed", Files.exists(config.seed()) ? "to be read at the next start" : "known");
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
            report.good(
                "schedule",
                "revision %d with %d messages, valid until %s"
                    .formatted(kept.revision(), kept.messages().size(), kept.validUntil())));
    inbox.refused().ifPresent(refusal -> report.note("schedule", refusal.reason()));
    return schedule.filter(kept -> kept.validUntil().isAfter(now.instant())).isPresent();
  }

  private void lookBeforeFirstStart() {
    if (Files.exists(config.seed())) {
      report.good("site seed", "to be read at the first start");
    } else {
      report.bad(
          "site seed",
          "%s is not there; write it with `towncrier console add-node %s %s`"
              .formatted(config.seed(), config.site(), config.node()));
    }
    Path folder = existing(config.data());
    if (Files.isDirectory(folder) && Files.isWritable(folder)) {
      report.good("records", "none yet; to be made in " + config.data());
    } else {
      report.bad(
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
        report.bad("clock", "it shows a time before this program was built; set it");
      } else if (finding.synchronised()) {
        report.good("clock", finding.detail());
      } else {
        report.bad("clock", finding.detail());
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
          why -> report.bad("clock", why), () -> report.good("clock", clock.state().detail()));
    }
  }

  private void lookAtDisk() {
    DiskWatch disk = new DiskWatch(existing(config.data()), InstantSource.system());
    disk.trouble()
        .ifPresentOrElse(
            why -> report.bad("disk", "the node " + why),
            () -> report.good("disk", "%,d MB free".formatted(disk.freeBytes() >> 20)));
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
        report.good(
            "broker",
            came(schedule, SCHEDULE_COMES)
                ? "connected; a schedule is waiting there"
                : "connected; no schedule is waiting there");
        return;
      }
      String why = link.trouble().orElse("it did not answer");
      if (scheduled) {
        report.note("broker", why + "; the node goes on with the schedule it has");
      } else {
        report.bad("broker", why + "; without it the node has no schedule");
      }
    }
  }

  private void lookAtAdapters() throws InterruptedException {
    if (!config.radio().stack().real()) {
      lookAtRadio();
      return;
    }
    Map<AdapterId, AdapterFacts> before = adapters(true);
    Set<AdapterId> up = lookAtRadio();
    Map<AdapterId, AdapterFacts> after = adapters(false);
    after.forEach(
        (id, is) -> {
          AdapterFacts was = before.get(id);
          // Why one is not up has been said.
          if (was != null && up.contains(id)) {
            report.add(AdapterJudge.setUp(id.value(), config.radio().name(), was, is));
          }
        });
  }

  /**
   * Those of the configured adapters that are there.
   *
   * @param tell whether to report what was found
   */
  private Map<AdapterId, AdapterFacts> adapters(boolean tell) {
    Map<AdapterId, AdapterFacts> found = new LinkedHashMap<>();
    List<AdapterFacts> all;
    try {
      all = AdapterSetUp.look();
    } catch (IOException e) {
      if (tell) {
        report.bad("Bluetooth", BluetoothAddress.scrub(e.getMessage()));
      }
      return found;
    }
    for (RadioSettings.Adapter adapter : config.radio().adapters()) {
      try {
        AdapterFacts facts = AdapterSetUp.find(all, adapter.name(), adapter.address());
        found.put(adapter.name(), facts);
        if (tell) {
          report.add(AdapterJudge.found(adapter.name().value(), facts));
        }
      } catch (IOException e) {
        if (tell) {
          report.bad("adapter " + adapter.name(), BluetoothAddress.scrub(e.getMessage()));
        }
      }
    }
    return found;
  }

  /** Opens the adapters, and looks with each; those that are up. */
  private Set<AdapterId> lookAtRadio() throws InterruptedException {
    Set<AdapterId> up = new HashSet<>();
    for (RadioCheck.Finding finding :
        RadioCheck.run(radio, ADAPTERS_OPEN, config.radio().inquiry())) {
      String what = "radio " + finding.adapter().adapter();
      if (finding.adapter().health() == Health.UP) {
        up.add(finding.adapter().adapter());
      }
      if (finding.good()) {
        report.good(
            what,
            "%d devices answered in %s s; %d are phones, %d of them say that they take objects"
                .formatted(
                    finding.devices(),
                    config.radio().inquiry().toMillis() / 1000.0,
                    finding.phones(),
                    finding.takingObjects()));
      } else {
        String detail = finding.adapter().detail();
        report.bad(what, detail.isEmpty() ? "it is there, but its look for phones failed" : detail);
      }
    }
    return up;
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
