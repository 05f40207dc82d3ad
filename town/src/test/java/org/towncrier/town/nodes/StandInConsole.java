package org.towncrier.town.nodes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.towncrier.protocol.Acks;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.Window;
import org.towncrier.protocol.WireJson;
import org.towncrier.protocol.mqtt.MqttLink;
import org.towncrier.protocol.mqtt.MqttSettings;

/**
 * A console that can be seen through at a glance: it signs schedules, counts each report once, and
 * acknowledges. With it, nodes are tested without the real console having a say.
 */
public final class StandInConsole implements AutoCloseable, MqttLink.Listener {
  private static final ZoneId ZONE = ZoneId.of("Europe/London");

  private final SigningKey key = SigningKey.generate();
  private final SiteId site;
  private final String url;
  private final MqttLink link;
  private final Map<NodeId, NodeSchedule> schedules = new HashMap<>();
  private final Map<NodeId, NodeState> states = new HashMap<>();
  private final Map<NodeId, Map<UUID, TreeMap<Long, DeliveryReport>>> reports = new HashMap<>();
  private long revision;

  public StandInConsole(SiteId site, String url) {
    this.site = site;
    this.url = url;
    this.link =
        new MqttLink(
            new MqttSettings(URI.create(url), "console", "console", "secret", null),
            List.of(Topic.Kind.REPORTS.filter(), Topic.Kind.STATE.filter()),
            () -> null,
            this);
  }

  public void start() {
    link.start();
  }

  /** What {@code add-node} does. */
  public List<Path> addNodes(Path folder, List<NodeId> nodes) throws IOException {
    SecureRandom random = new SecureRandom();
    String night = secret(random);
    String campaign = secret(random);
    List<Path> files = new ArrayList<>();
    for (NodeId node : nodes) {
      Files.writeString(
          folder.resolve(node + ".seed.json"),
          "{\"site\":\"%s\",\"night\":\"%s\",\"nightKey\":\"%s\",\"campaignSecret\":\"%s\"}"
              .formatted(site, LocalDate.now(ZONE), night, campaign));
      files.add(
          Files.writeString(
              folder.resolve(node + ".yaml"),
              """
              site: %s
              node: %s
              console:
                url: %s
                username: "%s.%s"
                password: secret
                trustedKeys: ["%s"]
              """
                  .formatted(site, node, url, site, node, key.trustedKey().encoded())));
    }
    return files;
  }

  /** Tells every node to offer these, at any hour. */
  public synchronized void publish(List<NodeId> nodes, List<ScheduledMessage> messages) {
    revision++;
    Instant now = Instant.now();
    for (NodeId node : nodes) {
      schedules.put(
          node,
          new NodeSchedule(
              site,
              node,
              revision,
              now,
              now.plus(Duration.ofDays(14)),
              false,
              false,
              ContactRules.DEFAULT,
              nodes,
              messages.stream()
                  .map(ScheduledMessage::campaign)
                  .distinct()
                  .map(id -> new Campaign(id, now.plus(Duration.ofDays(30))))
                  .toList(),
              messages));
    }
    schedules.values().forEach(this::send);
  }

  public static Window always() {
    return Window.daily(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZONE);
  }

  /** What all reports add up to, each counted once. */
  public synchronized Map<Outcome, Long> counts() {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    reports.values().stream()
        .flatMap(boots -> boots.values().stream())
        .flatMap(boot -> boot.values().stream())
        .flatMap(report -> report.outcomes().stream())
        .forEach(count -> counts.merge(count.outcome(), count.count(), Long::sum));
    return counts;
  }

  public synchronized Map<NodeId, NodeState> states() {
    return Map.copyOf(states);
  }

  @Override
  public synchronized void connected() {
    schedules.values().forEach(this::send);
  }

  @Override
  public void disconnected(String why) {}

  @Override
  public void message(String topicName, byte[] payload) {
    try {
      Topic topic = Topic.parse(topicName).orElseThrow();
      if (topic.kind() == Topic.Kind.STATE) {
        said(topic, WireJson.read(payload, NodeState.class));
      } else {
        reported(topic, WireJson.read(payload, DeliveryReport.class));
      }
    } catch (MalformedPayloadException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    link.close();
  }

  private synchronized void said(Topic topic, NodeState state) {
    states.put(topic.node(), state);
  }

  private synchronized void reported(Topic topic, DeliveryReport report) {
    Map<UUID, TreeMap<Long, DeliveryReport>> boots =
        reports.computeIfAbsent(topic.node(), node -> new HashMap<>());
    DeliveryReport before =
        boots
            .computeIfAbsent(report.boot(), boot -> new TreeMap<>())
            .putIfAbsent(report.seq(), report);
    if (before != null && !before.equals(report)) {
      throw new AssertionError("A node used one sequence for two reports: " + report.seq());
    }
    Acks acks =
        new Acks(
            site,
            topic.node(),
            boots.entrySet().stream()
                .map(boot -> new Acks.Boot(boot.getKey(), gapFree(boot.getValue())))
                .toList());
    publish(new Topic(site, topic.node(), Topic.Kind.ACKS), acks, false);
  }

  private static long gapFree(TreeMap<Long, DeliveryReport> boot) {
    long upTo = 0;
    while (boot.containsKey(upTo + 1)) {
      upTo++;
    }
    return upTo;
  }

  private void send(NodeSchedule schedule) {
    publish(new Topic(site, schedule.node(), Topic.Kind.SCHEDULE), schedule, true);
  }

  /** A broker that is away gets it with the next connection; reports come again. */
  private void publish(Topic topic, Record value, boolean retained) {
    link.publish(topic, WireJson.write(key.seal(topic.kind(), value)), retained)
        .exceptionally(away -> null);
  }

  private static String secret(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }
}
