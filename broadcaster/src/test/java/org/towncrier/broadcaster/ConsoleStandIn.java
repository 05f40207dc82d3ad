package org.towncrier.broadcaster;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.towncrier.protocol.Acks;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;
import org.towncrier.protocol.mqtt.MqttLink;
import org.towncrier.protocol.mqtt.MqttSettings;

/** The console's side of the wire, for one node: publishes schedules, keeps reports, confirms. */
public final class ConsoleStandIn implements AutoCloseable, MqttLink.Listener {
  private final SiteId site;
  private final NodeId node;
  private final SigningKey key = SigningKey.generate();
  private final MqttLink link;
  private final List<NodeState> states = new ArrayList<>();
  private final List<Presence> presences = new ArrayList<>();
  private final Map<String, DeliveryReport> reports = new HashMap<>();
  private int arrivals;
  private boolean confirming = true;

  ConsoleStandIn(URI broker, SiteId site, NodeId node) {
    this.site = site;
    this.node = node;
    this.link =
        new MqttLink(
            new MqttSettings(broker, "console", null, null, null),
            Stream.of(Topic.Kind.STATE, Topic.Kind.PRESENCE, Topic.Kind.REPORTS)
                .map(kind -> topic(kind).name())
                .toList(),
            () -> null,
            this);
  }

  void start() {
    link.start();
  }

  SigningKey key() {
    return key;
  }

  boolean isConnected() {
    return link.connected();
  }

  void publish(NodeSchedule schedule) {
    publish(Topic.Kind.SCHEDULE, WireJson.write(key.seal(Topic.Kind.SCHEDULE, schedule)), true);
  }

  void publish(Topic.Kind kind, byte[] payload, boolean retained) {
    link.publish(topic(kind), payload, retained).join();
  }

  synchronized List<NodeState> states() {
    return List.copyOf(states);
  }

  synchronized List<Presence> presences() {
    return List.copyOf(presences);
  }

  /** How the node is, as last heard; a state without a schedule before that. */
  synchronized long revision() {
    return states.isEmpty() ? -1 : states.get(states.size() - 1).revision();
  }

  synchronized long accepted() {
    return count(Outcome.ACCEPTED);
  }

  synchronized long count(Outcome outcome) {
    return reports.values().stream()
        .flatMap(report -> report.outcomes().stream())
        .filter(count -> count.outcome() == outcome)
        .mapToLong(DeliveryReport.OutcomeCount::count)
        .sum();
  }

  synchronized int reports() {
    return reports.size();
  }

  /** Reports that arrived, repeats included. */
  synchronized int arrivals() {
    return arrivals;
  }

  synchronized void confirming(boolean whether) {
    confirming = whether;
  }

  @Override
  public void connected() {}

  @Override
  public void disconnected(String why) {}

  @Override
  public synchronized void message(String topicName, byte[] payload) {
    try {
      switch (Topic.parse(topicName).orElseThrow().kind()) {
        case STATE -> states.add(WireJson.read(payload, NodeState.class));
        case PRESENCE -> presences.add(WireJson.read(payload, Presence.class));
        case REPORTS -> take(WireJson.read(payload, DeliveryReport.class));
        default -> throw new AssertionError(topicName);
      }
    } catch (MalformedPayloadException e) {
      throw new AssertionError(e);
    }
  }

  private void take(DeliveryReport report) {
    arrivals++;
    reports.put(report.boot() + " " + report.seq(), report);
    if (!confirming) {
      return;
    }
    Map<UUID, TreeSet<Long>> sequences = new HashMap<>();
    reports
        .values()
        .forEach(
            one -> sequences.computeIfAbsent(one.boot(), boot -> new TreeSet<>()).add(one.seq()));
    List<Acks.Boot> boots = new ArrayList<>();
    sequences.forEach(
        (boot, seqs) -> {
          long gapFree = 0;
          while (seqs.contains(gapFree + 1)) {
            gapFree++;
          }
          boots.add(new Acks.Boot(boot, gapFree));
        });
    byte[] acks = WireJson.write(key.seal(Topic.Kind.ACKS, new Acks(site, node, boots)));
    link.publish(topic(Topic.Kind.ACKS), acks, false);
  }

  private Topic topic(Topic.Kind kind) {
    return new Topic(site, node, kind);
  }

  @Override
  public void close() {
    link.close();
  }
}
