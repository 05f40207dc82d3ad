package org.towncrier.console.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.input.StaleException;
import org.towncrier.console.publish.NodeLeft;
import org.towncrier.console.publish.ScheduleChanged;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.SiteId;

/**
 * Takes a node out of its site. First it gets a last schedule, without a message, which soon runs
 * out: it falls silent, and the site's other nodes, which share its phones out among them, have
 * from it what it knows of phones. Then its account is shut. What it reported stays.
 */
@Service
public class TakeOut {
  /** By then every schedule it may have has run out (14 days, unless the settings say more). */
  private static final Duration LONGEST = Duration.ofDays(15);

  private final JdbcClient db;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final NodeOverview overview;
  private final ApplicationEventPublisher events;
  private final NodeNews news;

  TakeOut(
      JdbcClient db,
      Transactions transactions,
      AuditTrail audit,
      InstantSource clock,
      NodeOverview overview,
      ApplicationEventPublisher events,
      NodeNews news) {
    this.db = db;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.overview = overview;
    this.events = events;
    this.news = news;
  }

  /**
   * Begins: the node is told to fall silent, and leaves by itself once the others have its word.
   *
   * @throws StaleException when it is leaving already, or has left
   */
  public void begin(SiteId site, NodeId node, String who) {
    Instant now = clock.instant();
    change(
        site,
        node,
        "UPDATE node SET retiring_since = ? WHERE retiring_since IS NULL AND left_at IS NULL"
            + " AND site = ? AND id = ?",
        List.of(now.toString(), site.value(), node.value()),
        who,
        "began to take out");
  }

  /**
   * Takes {@link #begin} back, as long as the node has not left.
   *
   * @throws StaleException when it has, or was not leaving
   */
  public void keep(SiteId site, NodeId node, String who) {
    change(
        site,
        node,
        "UPDATE node SET retiring_since = NULL WHERE retiring_since IS NOT NULL"
            + " AND left_at IS NULL AND site = ? AND id = ?",
        List.of(site.value(), node.value()),
        who,
        "kept after all");
  }

  /**
   * Shuts its account now. For a node that is broken or lost: what it knew of phones is waited for
   * by the other nodes, which ask none of its share meanwhile.
   */
  public void atOnce(SiteId site, NodeId node, String who) {
    leave(site, node, who, "its account was shut at once");
  }

  private void change(
      SiteId site, NodeId node, String sql, List<Object> params, String who, String what) {
    transactions.run(
        () -> {
          if (db.sql(sql).params(params).update() == 0) {
            throw new StaleException("The node is not there any more, or that was done already");
          }
          audit.add(who, what, "node " + site + "/" + node, "");
          Transactions.afterCommit(
              () -> {
                events.publishEvent(new ScheduleChanged(Set.of(site)));
                news.changed();
              });
        });
  }

  private void leave(SiteId site, NodeId node, String who, String detail) {
    Instant now = clock.instant();
    transactions.run(
        () -> {
          int left =
              db.sql(
                      "UPDATE node SET left_at = ?1, retiring_since = coalesce(retiring_since, ?1)"
                          + " WHERE site = ?2 AND id = ?3 AND left_at IS NULL")
                  .params(now.toString(), site.value(), node.value())
                  .update();
          if (left == 0) {
            return;
          }
          db.sql("DELETE FROM broker_account WHERE site = ? AND node = ?")
              .params(site.value(), node.value())
              .update();
          db.sql(
                  "UPDATE node_schedule SET envelope = NULL, digest = NULL, issued_at = NULL,"
                      + " problem = NULL WHERE site = ? AND node = ?")
              .params(site.value(), node.value())
              .update();
          audit.add(who, "took out", "node " + site + "/" + node, detail);
          Transactions.afterCommit(
              () -> {
                events.publishEvent(new NodeLeft(site, node));
                events.publishEvent(new ScheduleChanged(Set.of(site)));
                news.changed();
              });
        });
  }

  /** Lets those go that the others need no more. */
  @Scheduled(fixedDelay = 10_000)
  void look() {
    long leaving =
        db.sql("SELECT count(*) FROM node WHERE retiring_since IS NOT NULL AND left_at IS NULL")
            .query(Long.class)
            .single();
    List<NodeView> all = leaving == 0 ? List.of() : overview.all();
    for (NodeView node : all) {
      Instant since = node.retiringSince();
      if (since == null) {
        continue;
      }
      SiteId site = new SiteId(node.site());
      NodeId id = new NodeId(node.node());
      if (node.presence() == null) {
        leave(site, id, "console", "it had never connected");
      } else if (isHandedOver(node, all)) {
        leave(site, id, "console", "it is silent and has handed over what it knew");
      } else if (!clock.instant().isBefore(since.plus(LONGEST))) {
        leave(site, id, "console", "it was not heard, and all it was told has run out");
      }
    }
  }

  /**
   * Whether it has applied its last schedule, that one has run out, and no other node of its site
   * waits for its word any more, by what each said after that.
   */
  private boolean isHandedOver(NodeView node, List<NodeView> all) {
    NodeState state = node.state();
    Instant over = node.validUntil();
    return state != null
        && over != null
        && state.revision() == node.revision()
        && state.hold()
        && !clock.instant().isBefore(over)
        && all.stream()
            .filter(other -> other.site().equals(node.site()))
            .filter(other -> !other.retiring() && other.presence() != null)
            .allMatch(other -> isDoneWith(other, node, over));
  }

  private static boolean isDoneWith(NodeView other, NodeView node, Instant over) {
    NodeState state = other.state();
    Instant said = other.stateAt();
    return state != null
        && said != null
        && said.isAfter(over)
        && state.revision() == other.revision()
        && (state.waitsFor() == null || !state.waitsFor().contains(new NodeId(node.node())));
  }
}
