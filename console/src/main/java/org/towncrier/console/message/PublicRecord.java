package org.towncrier.console.message;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import tools.jackson.databind.json.JsonMapper;

/**
 * What may be told of messages to anybody. Every question here begins from an approval: a draft, a
 * version that waits or was returned, and a message that only test phones had are not found by any
 * of them.
 */
@Component
public class PublicRecord {
  private final JdbcClient db;
  private final JsonMapper json = new JsonMapper();

  PublicRecord(JdbcClient db) {
    this.db = db;
  }

  /** The words of the version that may speak. */
  public Optional<ApprovedWords> approved(MessageId message) {
    return db.sql(
            """
            SELECT v.kind, v.text, v.contact, EXISTS (
                SELECT 1 FROM message_version b WHERE b.message = v.message
                  AND b.status = 'REPLACED') AS reworded
            FROM message_version v WHERE v.message = ? AND v.status IN ('APPROVED', 'LIVE')
            """)
        .param(message.value())
        .query(
            (row, n) -> {
              String contact = row.getString("contact");
              return new ApprovedWords(
                  MessageKind.valueOf(row.getString("kind")),
                  row.getString("text"),
                  contact == null ? null : json.readValue(contact, Contact.class),
                  row.getBoolean("reworded"));
            })
        .optional();
  }

  /**
   * Messages that phones of the public were offered, the latest first.
   *
   * @param since those of campaigns that ended before that day are left out
   */
  public List<SentMessage> sent(LocalDate since) {
    return db.sql(
            """
            SELECT m.id, m.campaign, v.object_name, v.status,
              (SELECT c.hour FROM outcome_count c WHERE c.message = m.id AND c.training = 0
                 AND c.outcome <> 'WITHHELD' ORDER BY c.hour DESC LIMIT 1) AS offered
            FROM message m JOIN campaign k ON k.id = m.campaign
            -- The version approved last: the audit trail alone remembers that of a cancelled one.
            JOIN message_version v ON v.message = m.id AND 'version ' || v.number = (
              SELECT a.detail FROM audit a WHERE a.subject = 'message ' || m.id
                AND a.what = 'approved' ORDER BY a.id DESC LIMIT 1)
            WHERE k.ends_on >= ? AND offered IS NOT NULL
            ORDER BY offered DESC, m.rowid DESC
            """)
        .param(since.toString())
        .query(
            (row, n) ->
                new SentMessage(
                    new MessageId(row.getString("id")),
                    new CampaignId(row.getString("campaign")),
                    row.getString("object_name"),
                    standing(MessageStatus.valueOf(row.getString("status"))),
                    Instant.parse(row.getString("offered"))))
        .list();
  }

  private static SentMessage.Standing standing(MessageStatus status) {
    return switch (status) {
      case APPROVED, LIVE -> SentMessage.Standing.APPROVED;
      case CANCELLED -> SentMessage.Standing.WITHDRAWN;
      default -> SentMessage.Standing.ENDED;
    };
  }
}
