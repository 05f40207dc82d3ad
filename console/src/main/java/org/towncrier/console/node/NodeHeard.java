package org.towncrier.console.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.towncrier.console.Serving;
import org.towncrier.console.publish.ConsoleLink;
import org.towncrier.console.publish.RefusedPayloadException;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.Topic;

/** Writes down what nodes say of themselves. */
@Component
@Serving
class NodeHeard {
  /** Nodes say how they are once a minute, unless their file says otherwise. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private final JdbcClient db;
  private final Transactions transactions;
  private final InstantSource clock;
  private final ConsoleLink link;
  private final NodeNews news;

  NodeHeard(
      JdbcClient db,
      Transactions transactions,
      InstantSource clock,
      ConsoleLink link,
      NodeNews news) {
    this.news = news;
    this.db = db;
    this.transactions = transactions;
    this.clock = clock;
    this.link = link;
  }

  /**
   * A node is there, or is not.
   *
   * @param state what it says of itself, as JSON; null when it only says whether it is there
   * @return whether it was not there before, or is another boot
   */
  boolean heard(Topic topic, Presence presence, @Nullable String state)
      throws RefusedPayloadException {
    if (count("SELECT count(*) FROM node WHERE site = ? AND id = ? AND left_at IS NULL", topic)
        == 0) {
      throw new RefusedPayloadException(
          "this console has no node %s/%s; add it with add-node"
              .formatted(topic.site(), topic.node()));
    }
    Heard said =
        transactions.write(
            () -> {
              boolean otherwise = state != null && isOtherwise(topic, state);
              boolean cameBack = enter(topic, presence, state);
              return new Heard(cameBack, cameBack || otherwise || state == null);
            });
    if (said.changes()) {
      news.changed();
    }
    return said.cameBack();
  }

  /**
   * What came of something a node said.
   *
   * @param changes whether pages read otherwise now
   */
  private record Heard(boolean cameBack, boolean changes) {}

  /** Whether it says something else than before, besides the time and a few bytes more or less. */
  private boolean isOtherwise(Topic topic, String state) {
    return count(
            "SELECT count(*) FROM node_heard WHERE site = ? AND node = ?"
                + " AND json_remove(state, '$.at', '$.disk.freeBytes')"
                + " = json_remove(?, '$.at', '$.disk.freeBytes')",
            topic,
            state)
        == 0;
  }

  /**
   * A node that has said nothing for long is lost, even if nobody said so: it may have gone while
   * the console was not there to hear of it.
   */
  @Scheduled(fixedDelay = 30_000)
  void missSilent() {
    Instant longAgo = clock.instant().minus(SILENCE);
    if (link.connectedSince().filter(since -> since.isBefore(longAgo)).isPresent()) {
      int lost =
          transactions.write(
              () ->
                  db.sql(
                          "UPDATE node_heard SET presence = 'LOST', presence_since = heard_at"
                              + " WHERE presence = 'ONLINE' AND heard_at < ?")
                      .param(longAgo.toString())
                      .update());
      if (lost > 0) {
        news.changed();
      }
    }
  }

  private boolean enter(Topic topic, Presence presence, @Nullable String state) {
    UUID boot = presence.boot();
    boolean news =
        count(
                "SELECT count(*) FROM node_heard WHERE site = ? AND node = ?"
                    + " AND presence = ? AND presence_boot = ?",
                topic,
                presence.status().name(),
                boot.toString())
            == 0;
    if (news && presence.status() == Presence.Status.LOST && otherBootIsOnline(topic, boot)) {
      // The last will of a boot that has ended, of which the broker only now despairs.
      return false;
    }
    String now = clock.instant().toString();
    // A last will was written when the node connected: it was lost about now, not then.
    String since = presence.status() == Presence.Status.LOST ? now : presence.since().toString();
    db.sql(
            "INSERT INTO node_heard"
                + " (site, node, presence, presence_boot, presence_since, heard_at, state, state_at)"
                + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, iif(?7 IS NULL, NULL, ?6))"
                + " ON CONFLICT (site, node) DO UPDATE SET"
                + " presence_since = iif(presence IS ?3 AND presence_boot IS ?4,"
                + " presence_since, ?5),"
                + " presence = ?3, presence_boot = ?4, heard_at = ?6,"
                + " state = coalesce(?7, state), state_at = iif(?7 IS NULL, state_at, ?6)")
        .params(
            Arrays.asList(
                topic.site().value(),
                topic.node().value(),
                presence.status().name(),
                boot.toString(),
                since,
                now,
                state))
        .update();
    return news && presence.status() == Presence.Status.ONLINE;
  }

  private boolean otherBootIsOnline(Topic topic, UUID boot) {
    return count(
            "SELECT count(*) FROM node_heard WHERE site = ? AND node = ?"
                + " AND presence = 'ONLINE' AND presence_boot <> ?",
            topic,
            boot.toString())
        > 0;
  }

  private long count(String sql, Topic topic, String... more) {
    return db.sql(sql)
        .param(topic.site().value())
        .param(topic.node().value())
        .params(Arrays.asList((Object[]) more))
        .query(Long.class)
        .single();
  }
}
