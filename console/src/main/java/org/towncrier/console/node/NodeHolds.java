package org.towncrier.console.node;

import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.publish.ScheduleChanged;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.SiteId;

/**
 * Keeps a node quiet until it is told otherwise. It keeps its schedule and goes on with it then.
 */
@Service
public class NodeHolds {
  private final JdbcClient db;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;

  NodeHolds(
      JdbcClient db,
      Transactions transactions,
      AuditTrail audit,
      ApplicationEventPublisher events) {
    this.db = db;
    this.transactions = transactions;
    this.audit = audit;
    this.events = events;
  }

  /** Holds it, or lets it go on. Nothing happens when that is how it is already. */
  public void set(String who, NodeView node, boolean hold) {
    transactions.run(
        () -> {
          int changed =
              db.sql("UPDATE node SET hold = ? WHERE site = ? AND id = ? AND hold <> ?")
                  .params(hold ? 1 : 0, node.site(), node.node(), hold ? 1 : 0)
                  .update();
          if (changed > 0) {
            audit.add(who, hold ? "held" : "resumed", subject(node), "");
            SiteId site = new SiteId(node.site());
            Transactions.afterCommit(() -> events.publishEvent(new ScheduleChanged(Set.of(site))));
          }
        });
  }

  static String subject(NodeView node) {
    return "node " + node.site() + "/" + node.node();
  }
}
