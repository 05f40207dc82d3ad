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
import org.towncrier.broadcaster.contact.SiteContacts;
import org.towncrier.broadcaster.contact.SiteKeys;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.round.BroadcastRound;
import org.towncrier.broadcaster.round.Memory;
import org.towncrier.broadcaster.round.RoundSettings;
import org.towncrier.broadcaster.round.Surroundings;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.timetable.LoopWaker;
import org.towncrier.hardware.Radio;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.SiteSeed;
import org.towncrier.protocol.Window;
import org.towncrier.protocol.WireJson;

/**
 * A node's own engine, contact book and SQLite file, unchanged and with the settings they ship
 * with, on a virtual clock. Its file lies in memory where that can be had.
 */
public final class VirtualNode implements AutoCloseable {
  public static final ZoneId ZONE = ZoneId.of("Europe/London");
  public static final SiteId SITE = new SiteId("square");

  /** The permitted hours, and when what is on air is on air. */
  public static final Window EVENINGS = Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), ZONE);

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

  private final VirtualEventLoop loop;
  private final Path folder;
  private final NodeStore store;
  private final DeliveryLog deliveries;
  private final BroadcastRound round;
  private final SiteContacts others;

  /**
   * A node that has begun, without a schedule.
   *
   * @param radio not started; closed by the caller
   * @param line takes what it says to the other nodes of its site
   */
  public VirtualNode(VirtualEventLoop loop, Radio radio, NodeId node, Consumer<byte[]> line) {
    this.loop = loop;
    this.folder = folder();
    this.store = new NodeStore(folder.resolve("node.db"));
    store.open();
    SiteKeys keys = new SiteKeys(store, SITE, ZONE);
    keys.load(seed(folder, loop.now()));
    this.deliveries = new DeliveryLog(store);
    ContactBook contacts = new ContactBook(store, keys, deliveries, node, Set.of());
    this.others = new SiteContacts(loop, contacts, line);
    this.round =
        new BroadcastRound(
            loop,
            radio,
            new Memory(store, keys, contacts, deliveries),
            SHIPPED,
            new Surroundings(
                Optional::empty, List.of(), task -> new LoopWaker(loop, task), () -> {}));
    round.start();
  }

  /** Takes a schedule on. */
  public void apply(NodeSchedule schedule) {
    loop.execute(() -> round.apply(schedule));
  }

  /** What it and the other nodes of its site say to each other. */
  public SiteContacts others() {
    return others;
  }

  /** Its counts. */
  public DeliveryLog deliveries() {
    return deliveries;
  }

  /** Its records. */
  public NodeStore store() {
    return store;
  }

  /** Its engine. */
  public BroadcastRound round() {
    return round;
  }

  /** Withdraws what is under way; the virtual clock goes on for some seconds. */
  public void stop() {
    CompletableFuture<Void> stopped = round.stop();
    loop.advance(LAST_OFFERS);
    stopped.join();
  }

  /** Closes its file and deletes it. */
  @Override
  public void close() {
    store.close();
    delete(folder);
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

  /** In memory where that can be had: what is measured is not a disk. */
  private static Path folder() {
    Path memory = Path.of("/dev/shm");
    try {
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "towncrier-node")
          : Files.createTempDirectory("towncrier-node");
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
