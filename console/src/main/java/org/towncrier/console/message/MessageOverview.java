package org.towncrier.console.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/** What pages show of messages. Only reads. */
@Component
public class MessageOverview {
  /** The newest version of each, and whether an older one is on its way or on air. */
  private static final String MESSAGE =
      """
      SELECT m.id, m.campaign, m.created_at AS begun_at, c.title AS campaign_title, v.number,
        v.edit, v.title, v.kind, v.priority, v.author, v.submitted_by,
        v.submitted_at, v.decided_by, v.reason,
        CASE WHEN v.discarded_at IS NOT NULL THEN 'DISCARDED'
          WHEN v.status IN ('APPROVED', 'LIVE') AND v.paused_at IS NOT NULL THEN 'PAUSED'
          ELSE v.status END AS standing,
        (SELECT w.file_name FROM version_wording w
          WHERE w.message = v.message AND w.number = v.number AND w.place = 1) AS object_name,
        (SELECT count(*) FROM version_wording w
          WHERE w.message = v.message AND w.number = v.number) AS wordings,
        (SELECT group_concat(t.words, ' ') FROM wording_text t
          WHERE t.message = v.message AND t.number = v.number) AS text,
        (SELECT CASE WHEN s.paused_at IS NULL THEN s.status ELSE 'PAUSED' END
          FROM message_version s
          WHERE s.message = m.id AND s.status IN ('APPROVED', 'LIVE')) AS speaking,
        (SELECT coalesce(sum(o.count), 0) FROM outcome_total o
          WHERE o.message = m.id AND o.training = 0 AND o.outcome = 'ACCEPTED') AS accepted
      FROM message m JOIN campaign c ON c.id = m.campaign
      JOIN message_version v ON v.message = m.id
        AND v.number =\s"""
          + VersionStore.CURRENT;

  private final JdbcClient db;

  MessageOverview(JdbcClient db) {
    this.db = db;
  }

  /**
   * One page of the list, newest first, and one more if there is a next page.
   *
   * @param words in title, words or campaign, in any case of letters; empty for any
   * @param status by its name, of the newest version or of the one that stands; empty for any
   */
  public List<MessageView> page(String words, String status, int page, int size) {
    return db.sql(
            "SELECT * FROM ("
                + MESSAGE
                + ") WHERE (title || ' ' || text || ' ' || campaign_title) LIKE ? ESCAPE '!'"
                + " AND (? = '' OR standing = ? OR speaking = ?)"
                + " ORDER BY begun_at DESC, id LIMIT ? OFFSET ?")
        .params(
            "%" + words.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%",
            status,
            status,
            status,
            size + 1,
            (page - 1L) * size)
        .query((row, n) -> view(row))
        .list();
  }

  /** Those that a second person should look at, longest waiting first. */
  public List<MessageView> waiting() {
    return db.sql(MESSAGE + "WHERE v.status = 'SUBMITTED' ORDER BY v.submitted_at")
        .query((row, n) -> view(row))
        .list();
  }

  /** One message, when there is such a one. */
  public Optional<MessageView> one(String id) {
    return db.sql(MESSAGE + "WHERE m.id = ?").param(id).query((row, n) -> view(row)).optional();
  }

  /** Titles of what stands approved for a site or any node of it. */
  public List<String> standingAt(SiteId site) {
    return db.sql(
            """
            SELECT DISTINCT v.title FROM message_version v
            JOIN version_target t ON t.message = v.message AND t.number = v.number
            WHERE v.status IN ('APPROVED', 'LIVE') AND t.site = ? ORDER BY v.title
            """)
        .param(site.value())
        .query(String.class)
        .list();
  }

  /** Everybody who wrote some of its newest version. None of them may approve it. */
  public Set<String> editors(MessageView message) {
    return Set.copyOf(
        db.sql("SELECT lower(username) FROM version_editor WHERE message = ? AND number = ?")
            .params(message.id(), message.number())
            .query(String.class)
            .list());
  }

  /** The nodes whose schedules have no room for it. */
  public List<Target> leftOutAt(MessageView message) {
    return db.sql(
            """
            SELECT o.site, o.node FROM schedule_left_out o
            JOIN node n ON n.site = o.site AND n.id = o.node
            WHERE o.message = ? AND n.left_at IS NULL ORDER BY o.site, o.node
            """)
        .param(message.id())
        .query((row, n) -> new Target(new SiteId(row.getString(1)), new NodeId(row.getString(2))))
        .list();
  }

  private static MessageView view(ResultSet row) throws SQLException {
    String speaking = row.getString("speaking");
    return new MessageView(
        row.getString("id"),
        row.getInt("number"),
        row.getInt("edit"),
        row.getString("campaign"),
        row.getString("campaign_title"),
        row.getString("standing"),
        speaking == null ? "" : speaking,
        row.getString("title"),
        row.getString("kind"),
        row.getString("text"),
        row.getString("object_name"),
        row.getString("priority"),
        row.getString("author"),
        text(row, "submitted_by"),
        text(row, "decided_by"),
        text(row, "reason"),
        row.getLong("accepted"));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    String value = row.getString(column);
    return value == null ? "" : value;
  }
}
