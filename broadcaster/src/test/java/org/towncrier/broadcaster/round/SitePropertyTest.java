package org.towncrier.broadcaster.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.towncrier.broadcaster.round.FakePhone.Behaviour;
import org.towncrier.broadcaster.round.Plaza.Node;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;

/**
 * Whatever becomes of the nodes of a site, of their schedules and of what they say to each other:
 * no phone is asked twice, none over its budget, none after it refused at any of them, and none by
 * two nodes at once. Each seed is another site, over two nights.
 */
class SitePropertyTest {
  private static final List<CampaignId> CAMPAIGNS =
      List.of(new CampaignId("evenings"), new CampaignId("taxis"));

  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void the_rules_hold_across_a_site(@ForAll long seed) throws IOException {
    Path folder = Files.createTempDirectory("site");
    try (Plaza plaza = new Plaza(folder, Square.EVENING)) {
      new Life(plaza, new Random(seed)).live();
      assertThat(plaza.broken()).isEmpty();
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static final class Life {
    private final Plaza plaza;
    private final Random random;
    private final List<ScheduledMessage> messages;

    Life(Plaza plaza, Random random) {
      this.plaza = plaza;
      this.random = random;
      plaza.plan.contact = new ContactRules(1 + random.nextInt(3), 1 + random.nextInt(3), 60);
      // Short enough that the schedules of nodes that are cut off run out.
      plaza.validFor = Duration.ofMinutes(random.nextBoolean() ? 20 : 24 * 60);
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        plaza.plan.message(
            "message-" + i,
            CAMPAIGNS.get(random.nextInt(2)),
            Priority.values()[random.nextInt(3)],
            Square.Plan.evenings());
      }
      CAMPAIGNS.forEach(
          campaign -> plaza.plan.campaigns.put(campaign, Square.EVENING.plus(Duration.ofDays(60))));
      this.messages = List.copyOf(plaza.plan.messages);
      if (random.nextInt(4) > 0) {
        plaza.network.fate = Plaza.unreliable(random);
      }
    }

    void live() {
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        add();
      }
      plaza.tellAll();
      for (int i = 10 + random.nextInt(30); i > 0; i--) {
        wander(plaza.phone(Behaviour.values()[random.nextInt(Behaviour.values().length)]));
      }
      night(Square.EVENING);
      night(Square.EVENING.plus(Duration.ofDays(1)));
      plaza.seconds(120);
    }

    private void night(Instant evening) {
      if (plaza.time.now().isBefore(evening)) {
        plaza.sleepUntil(evening);
        plaza.tellAll();
      }
      for (int step = 0; step < 40; step++) {
        plaza.seconds(1 + random.nextInt(60));
        event();
      }
    }

    private void add() {
      // Less than what two nodes that give each other phones may differ by, mostly.
      Duration skew = Duration.ofMillis(random.nextInt(40_000) - 20_000);
      Node node = plaza.add("node-" + plaza.nodes.size(), skew);
      if (random.nextInt(5) > 0) {
        node.start();
      }
    }

    private void event() {
      Node node = List.copyOf(plaza.nodes.values()).get(random.nextInt(plaza.nodes.size()));
      switch (random.nextInt(16)) {
        case 0, 1 -> node.reachable(false);
        case 2, 3, 4 -> node.reachable(true);
        case 5, 6 -> {
          if (node.alive) {
            node.kill();
          }
        }
        case 7, 8 -> {
          if (!node.alive) {
            node.start();
          }
        }
        case 9 -> {
          if (plaza.nodes.size() < 5) {
            add();
          }
        }
        case 10 -> {
          if (plaza.named.size() > 1) {
            plaza.named.remove(node.id);
          }
        }
        case 11 -> plaza.named.add(node.id);
        case 12 -> {
          List<byte[]> seen = plaza.network.seen;
          for (int i = random.nextInt(20); i > 0 && !seen.isEmpty(); i--) {
            plaza.network.bring(seen.get(random.nextInt(seen.size())));
          }
        }
        case 13 -> {
          plaza.plan.messages.clear();
          messages.stream()
              .filter(message -> random.nextInt(4) > 0)
              .forEach(plaza.plan.messages::add);
        }
        default -> plaza.phones.forEach(this::wander);
      }
      // Some hear of it at once, some later, some never.
      plaza.nodes.values().stream().filter(each -> random.nextInt(3) > 0).forEach(Node::learn);
    }

    private void wander(FakePhone phone) {
      if (random.nextInt(3) == 0) {
        plaza.move(
            phone,
            plaza.nodes.keySet().stream()
                .filter(name -> random.nextBoolean())
                .toArray(String[]::new));
      }
    }
  }
}
