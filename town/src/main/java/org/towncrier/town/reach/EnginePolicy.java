package org.towncrier.town.reach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.contact.SiteKeys;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.round.BroadcastRound;
import org.towncrier.broadcaster.round.Memory;
import org.towncrier.broadcaster.round.RoundSettings;
import org.towncrier.broadcaster.round.Surroundings;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.timetable.LoopWaker;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.SiteSeed;
import org.towncrier.protocol.Window;
import org.towncrier.protocol.WireJson;

/** Ours: the node's own engine, contact book and SQLite file, unchanged, on the virtual clock. */
public final class EnginePolicy implements Policy {
  private static final ZoneId ZONE = ZoneId.of("Europe/London");
  private static final NodeId NODE = new NodeId("clock-tower");
  private static final SiteId SITE = new SiteId("square");
  private static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");
  private static final Window EVENINGS =
      Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), ZONE);

  /** What the settings of a node say unless they are changed. */
  private static final RoundSettings SHIPPED =
      new RoundSettings(
          Duration.ofMillis(5120),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          RoundSettings.FORGET_AFTER,
          true,
          EVENINGS);

  private static final Duration LAST_OFFERS = Duration.ofSeconds(10);

  private final Consumer<DeliveryLog.Unreported> counts;

  /** The engine as shipped. */
  public EnginePolicy() {
    this(unreported -> {});
  }

  /**
   * The engine as shipped.
   *
   * @param counts takes the outcomes when the evening has ended and every offer was withdrawn
   */
  EnginePolicy(Consumer<DeliveryLog.Unreported> counts) {
    this.counts = counts;
  }

  @Override
  public String name() {
    return "towncrier";
  }

  @Override
  public Worker begin(
      VirtualEventLoop loop, Radio radio, List<AdapterId> adapters, PushObject object) {
    Path folder = folder();
    NodeStore store = new NodeStore(folder.resolve("node.db"));
    store.open();
    SiteKeys keys = new SiteKeys(store, SITE, ZONE);
    keys.load(seed(folder, loop.now()));
    DeliveryLog deliveries = new DeliveryLog(store);
    ContactBook contacts = new ContactBook(store, keys, deliveries, NODE, Set.of());
    BroadcastRound round =
        new BroadcastRound(
            loop,
            radio,
            new Memory(store, keys, contacts, deliveries),
            SHIPPED,
            new Surroundings(
                Optional::empty, List.of(), task -> new LoopWaker(loop, task), () -> {}));
    round.start();
    loop.execute(() -> round.apply(schedule(loop.now(), object)));
    return () -> {
      CompletableFuture<Void> stopped = round.stop();
      loop.advance(LAST_OFFERS);
      stopped.join();
      counts.accept(deliveries.takeUnreported(loop.now()));
      store.close();
      delete(folder);
    };
  }

  private static NodeSchedule schedule(Instant now, PushObject object) {
    ScheduledMessage message =
        new ScheduledMessage(
            new MessageId("last-bus"),
            CAMPAIGN,
            Priority.NORMAL,
            new MessageObject(object.name(), object.type(), object.content()),
            List.of(EVENINGS));
    return new NodeSchedule(
        SITE,
        NODE,
        1,
        now,
        now.plus(Duration.ofDays(14)),
        false,
        false,
        ContactRules.DEFAULT,
        List.of(NODE),
        List.of(new Campaign(CAMPAIGN, now.plus(Duration.ofDays(60)))),
        List.of(message));
  }

  private static Path seed(Path folder, Instant now) {
    byte[] key = new byte[SiteSeed.KEY_BYTES];
    SiteSeed seed =
        new SiteSeed(SITE, now.atZone(ZONE).minusHours(12).toLocalDate(), key, key.clone());
    try {
      return Files.write(folder.resolve("seed.json"), WireJson.write(seed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In memory where that can be had: what is measured is reach, not a disk. */
  private static Path folder() {
    Path memory = Path.of("/dev/shm");
    try {
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "towncrier-reach")
          : Files.createTempDirectory("towncrier-reach");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
