package org.towncrier.console.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.NodeDouble;
import org.towncrier.console.TestConsole;
import org.towncrier.console.node.AddNode;
import org.towncrier.console.node.AddNodeRequest;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.TakeOut;
import org.towncrier.protocol.Acks;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;

/** The real console, its real broker, and nodes that are somebody at that broker. */
@Timeout(120)
final class NodesAndConsoleTest {
  @TempDir static Path folder;
  private static TestConsole console;
  private static int sites;

  @BeforeAll
  static void start() {
    console = TestConsole.withBroker(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void a_new_node_is_told_at_once_what_to_do_and_signed_by_the_key_in_its_file() throws Exception {
    try (NodeDouble node = add(newSite(), "clock-tower")) {
      NodeSchedule schedule = node.schedule(any -> true);

      assertThat(schedule.revision()).isEqualTo(1);
      assertThat(schedule.siteNodes()).containsExactly(node.node);
      assertThat(schedule.hold()).isFalse();
    }
  }

  @Test
  void a_second_node_is_named_to_the_first() throws Exception {
    SiteId site = newSite();
    try (NodeDouble first = add(site, "clock-tower");
        NodeDouble second = add(site, "market")) {
      first.schedule(any -> any.siteNodes().equals(List.of(first.node, second.node)));
      second.schedule(any -> any.siteNodes().equals(List.of(first.node, second.node)));
    }
  }

  @Test
  void hold_and_resume_reach_the_node_with_growing_revisions() throws Exception {
    try (NodeDouble node = add(newSite(), "clock-tower")) {
      NodeSchedule before = node.schedule(any -> true);
      console.bean(Nodes.class).hold(node.site, null, "ada");
      NodeSchedule held = node.schedule(NodeSchedule::hold);
      console.bean(Nodes.class).resume(node.site, null, "ada");
      NodeSchedule resumed = node.schedule(any -> !any.hold());

      assertThat(held.revision()).isGreaterThan(before.revision());
      assertThat(resumed.revision()).isGreaterThan(held.revision());
    }
  }

  @Test
  void a_node_that_is_taken_out_hears_a_last_schedule_and_the_others_share_its_phones_out()
      throws Exception {
    SiteId site = newSite();
    try (NodeDouble stays = add(site, "stays");
        NodeDouble leaves = add(site, "leaves")) {
      stays.schedule(any -> any.siteNodes().size() == 2);
      NodeSchedule before = leaves.schedule(any -> any.siteNodes().size() == 2);
      console.bean(TakeOut.class).begin(site, leaves.node, "ada");

      NodeSchedule last = leaves.schedule(NodeSchedule::hold);
      assertThat(last.revision()).isGreaterThan(before.revision());
      assertThat(last.messages()).isEmpty();
      assertThat(last.validUntil()).isEqualTo(last.issuedAt().plus(ScheduleBook.FAREWELL));
      assertThat(stays.schedule(any -> any.siteNodes().size() == 1).siteNodes())
          .containsExactly(stays.node);

      console.bean(TakeOut.class).keep(site, leaves.node, "ada");
      leaves.schedule(any -> !any.hold() && any.siteNodes().size() == 2);
      stays.schedule(any -> any.siteNodes().size() == 2);
    }
  }

  @Test
  void what_changes_nothing_makes_no_new_revision() throws Exception {
    try (NodeDouble node = add(newSite(), "clock-tower")) {
      NodeSchedule before = node.schedule(any -> true);
      console.bean(Nodes.class).resume(node.site, node.node, "ada");
      console.bean(Nodes.class).training(node.site, node.node, true, "ada");

      assertThat(node.schedule(NodeSchedule::training).revision()).isEqualTo(before.revision() + 1);
    }
  }

  @Test
  void a_console_that_lost_its_history_goes_on_above_what_the_node_applies() throws Exception {
    try (NodeDouble node = add(newSite(), "clock-tower")) {
      node.schedule(any -> true);
      node.say(Topic.Kind.STATE, node.state(41, null));

      assertThat(node.schedule(any -> any.revision() > 1).revision()).isEqualTo(42);
    }
  }

  @Test
  void a_revision_that_cannot_be_is_shown_and_followed_by_nothing() throws Exception {
    try (NodeDouble node = add(newSite(), "clock-tower")) {
      node.schedule(any -> true);
      node.say(Topic.Kind.STATE, node.state(Long.MAX_VALUE, null));
      await(() -> view(node).problem() != null);

      assertThat(view(node).revision()).isEqualTo(1);
    }
  }

  @Test
  void each_report_counts_once_and_is_confirmed_up_to_the_gap() throws Exception {
    try (NodeDouble node = add(newSite(), "clock-tower")) {
      node.acks(acks -> acks.boots().equals(List.of(new Acks.Boot(node.boot, 0))));
      node.report(1, 2);
      node.report(3, 4);
      node.report(1, 2);
      node.acks(acks -> acks.boots().contains(new Acks.Boot(node.boot, 1)));
      node.report(2, 3);
      node.acks(acks -> acks.boots().contains(new Acks.Boot(node.boot, 3)));

      assertThat(accepted(node)).isEqualTo(9);
    }
  }

  @Test
  void a_report_in_the_name_of_another_node_is_refused_and_shown() throws Exception {
    SiteId site = newSite();
    try (NodeDouble liar = add(site, "liar");
        NodeDouble other = add(site, "other")) {
      liar.schedule(any -> true);
      liar.say(Topic.Kind.REPORTS, NodeDouble.report(site, other.node, other.boot, 1, 1_000));
      await(() -> view(liar).lastRefusal() != null);

      assertThat(view(liar).lastRefusal())
          .contains("liar")
          .contains("speaks for")
          .contains("other");
      assertThat(view(other).lastRefusal()).isNull();
      assertThat(accepted(other)).isZero();
    }
  }

  @Test
  void what_cannot_be_understood_is_shown_and_the_next_word_is_heard() throws Exception {
    try (NodeDouble node = add(newSite(), "clock-tower")) {
      node.schedule(any -> true);
      node.say(Topic.Kind.REPORTS, "{\"seq\":".getBytes(StandardCharsets.UTF_8));
      node.say(Topic.Kind.STATE, new byte[0]);
      node.say(Topic.Kind.PRESENCE, "null".getBytes(StandardCharsets.UTF_8));
      node.report(1, 7);
      node.acks(acks -> acks.boots().contains(new Acks.Boot(node.boot, 1)));

      assertThat(view(node).refusals()).isEqualTo(3);
      assertThat(accepted(node)).isEqualTo(7);
    }
  }

  @Test
  void presence_follows_the_node() throws Exception {
    try (NodeDouble node = add(newSite(), "clock-tower")) {
      await(() -> view(node).presence() == Presence.Status.ONLINE);
      node.say(
          Topic.Kind.PRESENCE, new Presence(Presence.Status.OFFLINE, node.boot, NodeDouble.HOUR));
      await(() -> view(node).presence() == Presence.Status.OFFLINE);
      node.say(Topic.Kind.STATE, node.state(1, null));
      await(() -> view(node).presence() == Presence.Status.ONLINE);

      NodeState said = view(node).state();
      assertThat(said).isEqualTo(node.state(1, null));
    }
  }

  @Test
  void a_node_is_lost_from_when_it_was_missed_and_not_from_when_it_connected() throws Exception {
    try (NodeDouble node = add(newSite(), "clock-tower")) {
      await(() -> view(node).presence() == Presence.Status.ONLINE);
      Instant before = Instant.now();
      node.say(Topic.Kind.PRESENCE, new Presence(Presence.Status.LOST, node.boot, Instant.EPOCH));
      await(() -> view(node).presence() == Presence.Status.LOST);
      assertThat(view(node).presenceSince()).isAfterOrEqualTo(before);
    }
  }

  private static SiteId newSite() {
    return new SiteId("site-" + ++sites);
  }

  private static NodeDouble add(SiteId site, String node) throws IOException {
    return new NodeDouble(
        console
            .bean(AddNode.class)
            .add(
                new AddNodeRequest(
                    site,
                    new NodeId(node),
                    "Site",
                    folder.resolve(site.value()),
                    null,
                    false,
                    Map.of()))
            .settings());
  }

  private static NodeView view(NodeDouble node) {
    return console.bean(NodeOverview.class).one(node.site.value(), node.node.value()).orElseThrow();
  }

  private static long accepted(NodeDouble node) {
    return console
        .bean(JdbcClient.class)
        .sql(
            "SELECT coalesce(sum(count), 0) FROM outcome_count WHERE site = ? AND node = ?"
                + " AND outcome = 'ACCEPTED'")
        .params(node.site.value(), node.node.value())
        .query(Long.class)
        .single();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(20);
    }
  }
}
