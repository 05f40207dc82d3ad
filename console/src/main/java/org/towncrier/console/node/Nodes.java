package org.towncrier.console.node;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.publish.ScheduleChanged;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/** The sites, and what is said to a whole site or node whatever its messages. */
@Service
public class Nodes {
  private final JdbcClient db;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final NodeOverview overview;
  private final ApplicationEventPublisher events;
  private final NodeNews news;

  Nodes(
      JdbcClient db,
      Transactions transactions,
      AuditTrail audit,
      NodeOverview overview,
      ApplicationEventPublisher events,
      NodeNews news) {
    this.news = news;
    this.db = db;
    this.transactions = transactions;
    this.audit = audit;
    this.overview = overview;
    this.events = events;
  }

  /** Every site with its nodes, by name. */
  public List<SiteView> sites() {
    List<NodeView> nodes = overview.all();
    return db.sql("SELECT * FROM site ORDER BY name, id")
        .query(
            (row, n) -> {
              SiteId site = new SiteId(row.getString("id"));
              return new SiteView(
                  site,
                  row.getString("name"),
                  row.getBoolean("hold"),
                  row.getBoolean("training"),
                  new ContactRules(
                      row.getInt("offers_per_night"),
                      row.getInt("tries"),
                      row.getInt("retry_after_seconds")),
                  NodeOverview.position(row),
                  nodes.stream().filter(node -> node.site().equals(site.value())).toList());
            })
        .list();
  }

  /** One site with its nodes. */
  public Optional<SiteView> site(SiteId site) {
    return sites().stream().filter(view -> view.site().equals(site)).findFirst();
  }

  /**
   * Tells a node, or a whole site, to keep quiet until told otherwise.
   *
   * @param node null for the whole site
   * @param who the person's username
   */
  public void hold(SiteId site, @Nullable NodeId node, String who) {
    set(site, node, "hold", true, who, "held");
  }

  /** Takes {@link #hold} back. A node speaks when neither it nor its site is held. */
  public void resume(SiteId site, @Nullable NodeId node, String who) {
    set(site, node, "hold", false, who, "resumed");
  }

  /**
   * Puts a node, or a whole site, into training, where it offers to its test phones alone, or takes
   * it out.
   *
   * @param node null for the whole site
   */
  public void training(SiteId site, @Nullable NodeId node, boolean training, String who) {
    set(site, node, "training", training, who, training ? "began training" : "ended training");
  }

  /** Says how often a phone may be asked at a site. */
  public void contactRules(SiteId site, ContactRules rules, String who) {
    transactions.run(
        () -> {
          int changed =
              db.sql(
                      "UPDATE site SET offers_per_night = ?, tries = ?, retry_after_seconds = ?"
                          + " WHERE id = ?")
                  .params(
                      rules.offersPerNight(),
                      rules.tries(),
                      rules.retryAfterSeconds(),
                      site.value())
                  .update();
          require(changed, "site " + site);
          audit.add(who, "changed the contact rules", "site " + site, rules.toString());
          announce(site);
        });
  }

  /**
   * Says where a node hangs, or a site is.
   *
   * @param node null for the site
   * @param position null for nobody knows
   */
  public void place(SiteId site, @Nullable NodeId node, @Nullable Position position, String who) {
    String subject = subject(site, node);
    Double latitude = position == null ? null : position.latitude();
    Double longitude = position == null ? null : position.longitude();
    transactions.run(
        () -> {
          int known =
              node == null
                  ? db.sql("UPDATE site SET latitude = ?, longitude = ? WHERE id = ?")
                      .params(Arrays.asList(latitude, longitude, site.value()))
                      .update()
                  : db.sql("UPDATE node SET latitude = ?, longitude = ? WHERE site = ? AND id = ?")
                      .params(Arrays.asList(latitude, longitude, site.value(), node.value()))
                      .update();
          require(known, subject);
          audit.add(
              who,
              position == null ? "took from the map" : "put on the map",
              subject,
              position == null ? "" : position.words());
        });
    news.changed();
  }

  private static String subject(SiteId site, @Nullable NodeId node) {
    return node == null ? "site " + site : "node " + site + "/" + node;
  }

  private void set(
      SiteId site, @Nullable NodeId node, String column, boolean value, String who, String what) {
    String subject = subject(site, node);
    transactions.run(
        () -> {
          int known =
              node == null
                  ? db.sql("UPDATE site SET " + column + " = ? WHERE id = ?")
                      .params(value ? 1 : 0, site.value())
                      .update()
                  : db.sql("UPDATE node SET " + column + " = ? WHERE site = ? AND id = ?")
                      .params(value ? 1 : 0, site.value(), node.value())
                      .update();
          require(known, subject);
          audit.add(who, what, subject, "");
          announce(site);
        });
  }

  private static void require(int known, String subject) {
    if (known == 0) {
      throw new InvalidInputException("node", "There is no " + subject);
    }
  }

  private void announce(SiteId site) {
    Transactions.afterCommit(
        () -> {
          events.publishEvent(new ScheduleChanged(Set.of(site)));
          news.changed();
        });
  }
}
