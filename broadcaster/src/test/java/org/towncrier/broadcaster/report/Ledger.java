package org.towncrier.broadcaster.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.towncrier.protocol.Acks;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;

/** What a console keeps of a node's reports, by the rules of the wire. */
final class Ledger {
  private final SiteId site;
  private final NodeId node;
  private final SigningKey key;
  private final Map<UUID, TreeMap<Long, DeliveryReport>> boots = new TreeMap<>();

  Ledger(SiteId site, NodeId node, SigningKey key) {
    this.site = site;
    this.node = node;
    this.key = key;
  }

  void receive(byte[] payload) {
    DeliveryReport report = read(payload);
    boots.computeIfAbsent(report.boot(), boot -> new TreeMap<>()).put(report.seq(), report);
  }

  /** As a backup has it: without what came after. */
  Ledger backup() {
    Ledger copy = new Ledger(site, node, key);
    boots.forEach((boot, reports) -> copy.boots.put(boot, new TreeMap<>(reports)));
    return copy;
  }

  byte[] acks() {
    List<Acks.Boot> acked = new ArrayList<>();
    boots.forEach((boot, reports) -> acked.add(new Acks.Boot(boot, gapFree(reports))));
    return WireJson.write(key.seal(Topic.Kind.ACKS, new Acks(site, node, acked)));
  }

  long accepted() {
    return boots.values().stream()
        .flatMap(reports -> reports.values().stream())
        .flatMap(report -> report.outcomes().stream())
        .mapToLong(DeliveryReport.OutcomeCount::count)
        .sum();
  }

  static DeliveryReport read(byte[] payload) {
    try {
      return WireJson.read(payload, DeliveryReport.class);
    } catch (MalformedPayloadException e) {
      throw new AssertionError(e);
    }
  }

  private static long gapFree(TreeMap<Long, DeliveryReport> reports) {
    long seq = 0;
    while (reports.containsKey(seq + 1)) {
      seq++;
    }
    return seq;
  }
}
