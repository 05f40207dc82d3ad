package org.towncrier.console.evaluation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.towncrier.console.Serving;
import org.towncrier.console.publish.ConsoleLink;
import org.towncrier.console.publish.LineOpened;
import org.towncrier.console.publish.NodeReported;
import org.towncrier.protocol.Acks;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;

/**
 * Tells nodes what of theirs is committed here. Used on the thread that takes what nodes say, so
 * that a later word is never about less than an earlier one.
 */
@Component
@Serving
class Confirmations {
  /** As long as nodes keep what was confirmed: a restored console gets it back by this. */
  private static final Duration KEPT = Duration.ofDays(30);

  /** A node that starts every minute has many boots; the latest matter. */
  private static final int MOST = 500;

  private static final Logger log = LoggerFactory.getLogger(Confirmations.class);

  private final JdbcClient db;
  private final InstantSource clock;
  private final SigningKey key;
  private final ConsoleLink link;
  private final Set<Topic> waiting = new HashSet<>();

  Confirmations(JdbcClient db, InstantSource clock, SigningKey key, ConsoleLink link) {
    this.db = db;
    this.clock = clock;
    this.key = key;
    this.link = link;
  }

  /** Confirms once what has arrived so far is taken: many reports, one confirmation. */
  void soon(SiteId site, NodeId node) {
    Topic topic = new Topic(site, node, Topic.Kind.ACKS);
    boolean willBeSent =
        waiting.contains(topic)
            || link.afterwards(
                () -> {
                  waiting.remove(topic);
                  send(topic, Duration.ofMinutes(10), null);
                });
    if (willBeSent) {
      waiting.add(topic);
    } else {
      send(topic, Duration.ofMinutes(10), null);
    }
  }

  @EventListener
  void nodeIsThere(NodeReported reported) {
    if (reported.cameBack()) {
      send(new Topic(reported.site(), reported.node(), Topic.Kind.ACKS), KEPT, reported.boot());
    }
  }

  /** A console that was restored from a backup says so to nodes that never went away. */
  @EventListener
  void lineOpened(LineOpened opened) {
    db.sql("SELECT site, id FROM node WHERE left_at IS NULL")
        .query(
            (row, n) ->
                new Topic(
                    new SiteId(row.getString(1)), new NodeId(row.getString(2)), Topic.Kind.ACKS))
        .list()
        .forEach(topic -> send(topic, KEPT, null));
  }

  private void send(Topic topic, Duration within, @Nullable UUID current) {
    Acks acks = acks(topic, within, current);
    if (acks.boots().isEmpty()) {
      return;
    }
    link.publish(topic, WireJson.write(key.seal(Topic.Kind.ACKS, acks)), false)
        .exceptionally(
            failure -> {
              // The node sends again what nobody confirmed, and is answered then.
              log.debug("A confirmation for {} did not reach the broker", topic, failure);
              return null;
            });
  }

  private Acks acks(Topic topic, Duration within, @Nullable UUID current) {
    List<Acks.Boot> boots =
        new ArrayList<>(
            db.sql(
                    "SELECT boot, gap_free FROM report_boot WHERE site = ? AND node = ?"
                        + " AND last_at >= ? ORDER BY last_at DESC LIMIT ?")
                .params(
                    topic.site().value(),
                    topic.node().value(),
                    clock.instant().minus(within).toString(),
                    MOST)
                .query((row, n) -> new Acks.Boot(UUID.fromString(row.getString(1)), row.getLong(2)))
                .list());
    if (current != null && boots.stream().noneMatch(boot -> boot.boot().equals(current))) {
      boots.add(new Acks.Boot(current, 0));
    }
    return new Acks(topic.site(), topic.node(), boots);
  }
}
