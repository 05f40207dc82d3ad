package org.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.Acks;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeCommand;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.TrustedKey;
import org.towncrier.protocol.WireJson;
import org.towncrier.protocol.mqtt.MqttLink;
import org.towncrier.protocol.mqtt.MqttSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the console knows of a node: somebody at the broker with the account of a node's file. */
public final class NodeDouble implements AutoCloseable {
  public static final Instant HOUR = Instant.parse("2026-11-23T21:00:00Z");

  public final SiteId site;
  public final NodeId node;
  public final UUID boot = UUID.randomUUID();
  public final BlockingQueue<NodeSchedule> schedules = new LinkedBlockingQueue<>();
  public final BlockingQueue<Acks> acks = new LinkedBlockingQueue<>();
  public final BlockingQueue<NodeCommand> commands = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> there = new CompletableFuture<>();
  private final TrustedKey console;
  private final MqttLink link;

  public NodeDouble(Path file) throws IOException {
    JsonNode yaml = YAMLMapper.builder().build().readTree(Files.readString(file));
    site = new SiteId(yaml.get("site").asString());
    node = new NodeId(yaml.get("node").asString());
    JsonNode access = yaml.get("console");
    console = TrustedKey.decode(access.get("trustedKeys").get(0).asString());
    String username = access.get("username").asString();
    link =
        new MqttLink(
            new MqttSettings(
                URI.create(access.get("url").asString()),
                username,
                username,
                access.get("password").asString(),
                null),
            List.of(
                topic(Topic.Kind.SCHEDULE).name(),
                topic(Topic.Kind.ACKS).name(),
                topic(Topic.Kind.COMMANDS).name()),
            () ->
                new MqttLink.Will(
                    topic(Topic.Kind.PRESENCE),
                    WireJson.write(new Presence(Presence.Status.LOST, boot, HOUR)),
                    false),
            new Ears());
    link.start();
  }

  public Topic topic(Topic.Kind kind) {
    return new Topic(site, node, kind);
  }

  public void say(Topic.Kind kind, Record what) {
    say(kind, WireJson.write(what));
  }

  public void say(Topic.Kind kind, byte[] payload) {
    there
        .thenCompose(connected -> link.publish(topic(kind), payload, false))
        .orTimeout(40, TimeUnit.SECONDS)
        .join();
  }

  public void report(long seq, long accepted) {
    say(Topic.Kind.REPORTS, report(site, node, boot, seq, accepted));
  }

  public static DeliveryReport report(
      SiteId site, NodeId node, UUID boot, long seq, long accepted) {
    return new DeliveryReport(
        site,
        node,
        boot,
        seq,
        HOUR,
        List.of(
            new DeliveryReport.OutcomeCount(
                new MessageId("getting-home"), HOUR, Outcome.ACCEPTED, null, false, accepted)),
        List.of(new DeliveryReport.Coverage("hci0", HOUR, 5)),
        List.of());
  }

  public NodeState state(long revision, NodeState.@Nullable Refusal refused) {
    return new NodeState(
        site,
        node,
        boot,
        HOUR,
        "test",
        revision,
        refused,
        null,
        false,
        false,
        List.of(),
        new NodeState.Clock(true, "set"),
        List.of(),
        new NodeState.Disk(1, true),
        0,
        0);
  }

  public NodeSchedule schedule(Predicate<NodeSchedule> wanted) throws InterruptedException {
    return await(schedules, wanted);
  }

  public Acks acks(Predicate<Acks> wanted) throws InterruptedException {
    return await(acks, wanted);
  }

  private static <T> T await(BlockingQueue<T> arriving, Predicate<T> wanted)
      throws InterruptedException {
    while (true) {
      T next = arriving.poll(40, TimeUnit.SECONDS);
      assertThat(next).as("what the node waits for").isNotNull();
      if (wanted.test(next)) {
        return next;
      }
    }
  }

  @Override
  public void close() {
    link.close();
  }

  private final class Ears implements MqttLink.Listener {
    @Override
    public void connected() {
      // Without a wait: it is called on the link's own thread.
      link.publish(
          topic(Topic.Kind.PRESENCE),
          WireJson.write(new Presence(Presence.Status.ONLINE, boot, HOUR)),
          false);
      there.complete(null);
    }

    @Override
    public void disconnected(String why) {}

    @Override
    public void message(String topicName, byte[] payload) {
      try {
        switch (Topic.parse(topicName).orElseThrow().kind()) {
          case SCHEDULE ->
              schedules.add(
                  TrustedKey.open(
                      List.of(console), Topic.Kind.SCHEDULE, payload, NodeSchedule.class));
          case ACKS ->
              acks.add(TrustedKey.open(List.of(console), Topic.Kind.ACKS, payload, Acks.class));
          case COMMANDS ->
              commands.add(
                  TrustedKey.open(
                      List.of(console), Topic.Kind.COMMANDS, payload, NodeCommand.class));
          default -> throw new AssertionError(topicName);
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
