package org.towncrier.broadcaster.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.towncrier.broadcaster.config.BroadcasterConfig.ReportSettings;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;

/** Reports and confirmations over a way that loses, repeats and reorders, with nodes that die. */
class ExactlyOnceTest {
  private static final SiteId SITE = new SiteId("marlborough-square");
  private static final NodeId NODE = new NodeId("clock-tower");
  private static final SigningKey KEY = SigningKey.generate();

  @Property(tries = 40)
  void whatever_happens_on_the_way_each_count_counts_once(@ForAll long seed) throws IOException {
    Path folder = Files.createTempDirectory("towncrier-outbox");
    try (Town town = new Town(folder.resolve("node.db"), new Random(seed))) {
      for (int step = 0; step < 150; step++) {
        town.step();
      }
      town.settle();
      assertThat(town.console.accepted()).isEqualTo(town.accepted);
      assertThat(town.outbox.unacknowledged()).isZero();
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static final class Town implements AutoCloseable {
    private final Path file;
    private final Random random;
    private final VirtualEventLoop loop =
        new VirtualEventLoop(Instant.parse("2026-11-27T22:40:00Z"));
    private final List<byte[]> reportsOnTheWay = new ArrayList<>();
    private final Deque<byte[]> acksOnTheWay = new ArrayDeque<>();
    private Ledger console = new Ledger(SITE, NODE, KEY);
    private Ledger backup = console.backup();
    private NodeStore store;
    private Tally tally;
    private ReportOutbox outbox;
    private long accepted;

    Town(Path file, Random random) {
      this.file = file;
      this.random = random;
      startNode();
    }

    void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> {
          int count = 1 + random.nextInt(3);
          accepted += count;
          tally.accepted(count);
          outbox.counted();
        }
        case 4, 5 -> loop.advance(Duration.ofMillis(random.nextInt(40_000)));
        case 6 -> deliverSome();
        case 7 -> acksOnTheWay.add(console.acks());
        case 8 -> deliverAnAck();
        case 9 -> {
          reportsOnTheWay.clear(); // The broker is killed.
          outbox.disconnected();
        }
        case 10 -> outbox.connected();
        default -> rareTrouble();
      }
    }

    void settle() {
      outbox.connected();
      for (int i = 0; i < 20; i++) {
        loop.advance(Duration.ofMinutes(1));
        reportsOnTheWay.forEach(console::receive);
        reportsOnTheWay.clear();
        outbox.acknowledged(console.acks());
      }
    }

    private void rareTrouble() {
      switch (random.nextInt(3)) {
        case 0 -> {
          outbox.close(); // The node is killed.
          store.close();
          startNode();
        }
        case 1 -> backup = console.backup();
        default -> console = backup.backup(); // The console is restored from its backup.
      }
    }

    private void deliverSome() {
      for (byte[] report : List.copyOf(reportsOnTheWay)) {
        switch (random.nextInt(4)) {
          case 0 -> reportsOnTheWay.remove(report); // Lost.
          case 1 -> console.receive(report); // Will come again.
          case 2 -> {
            reportsOnTheWay.remove(report);
            console.receive(report);
          }
          default -> {
            reportsOnTheWay.remove(report); // Overtaken.
            reportsOnTheWay.add(report);
          }
        }
      }
    }

    private void deliverAnAck() {
      byte[] ack = random.nextBoolean() ? acksOnTheWay.pollFirst() : acksOnTheWay.pollLast();
      if (ack != null) {
        outbox.acknowledged(ack);
        if (random.nextInt(3) == 0) {
          acksOnTheWay.add(ack);
        }
      }
    }

    private void startNode() {
      store = new NodeStore(file);
      store.open();
      tally = new Tally(store);
      outbox =
          new ReportOutbox(
              SITE,
              NODE,
              UUID.randomUUID(),
              List.of(KEY.trustedKey()),
              ReportSettings.DEFAULT,
              loop,
              store,
              tally,
              report -> {
                reportsOnTheWay.add(report);
                return CompletableFuture.completedFuture(null);
              });
      outbox.start();
    }

    @Override
    public void close() {
      outbox.close();
      store.close();
    }
  }
}
