package org.towncrier.console.message;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;

/**
 * What may be told of messages to anybody. Every question here begins from an approval: a draft, a
 * version that waits or was returned, and a message that only test phones had are not found by any
 * of them.
 */
@Component
public class PublicRecord {
  private final JdbcClient db;
  private final WordingStore wordings;

  PublicRecord(JdbcClient db) {
    this.db = db;
    this.wordings = new WordingStore(db);
  }

  /** The words of the version that may speak. */
  public Optional<ApprovedWords> approved(MessageId message) {
    return db.sql(
            """
            SELECT v.kind, v.number, EXISTS (
                SELECT 1 FROM message_version b WHERE b.message = v.message
                  AND b.status = 'REPLACED') AS reworded
            FROM message_version v WHERE v.message = ? AND v.status IN ('APPROVED', 'LIVE')
            """)
        .param(message.value())
        .query(
            (row, n) ->
                new ApprovedWords(
                    MessageKind.valueOf(row.getString("kind")),
                    wordings.of(message, row.getInt("number")),
                    row.getBoolean("reworded")))
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
            SELECT m.id, m.campaign, v.status,
              (SELECT group_concat(name, ' or ') FROM (SELECT DISTINCT w.file_name AS name
                 FROM version_wording w WHERE w.message = v.message AND w.number = v.number
                 ORDER BY w.place)) AS files,
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
                    row.getString("files"),
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
