package org.towncrier.broadcaster.contact;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.towncrier.broadcaster.store.Sql;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.WithheldReason;

/** What is kept of phones, by their pseudonyms, and what the rules make of it. */
final class PhoneRecords {
  /** A phone that another node has claimed is judged again after so long. */
  static final Duration CLAIMED = Duration.ofSeconds(30);

  private PhoneRecords() {}

  /**
   * A phone and a message for it.
   *
   * @param inCampaign the phone under the key of the message's campaign
   */
  record Wanted(
      Pseudonym tonight, String campaign, Pseudonym inCampaign, String message, boolean training) {
    static Wanted of(
        Pseudonym tonight, Pseudonym inCampaign, ScheduledMessage message, boolean training) {
      return new Wanted(
          tonight, message.campaign().value(), inCampaign, message.id().value(), training);
    }
  }

  /**
   * What the records of this node say; whose the phone is to give is not their business.
   *
   * @param nightEnds the next noon
   */
  static Decision decide(Sql sql, Wanted wanted, ContactRules rules, Instant now, Instant nightEnds)
      throws SQLException {
    if (any(
        sql,
        "SELECT count(*) FROM never WHERE campaign = ? AND campaign_phone = ?",
        wanted.campaign(),
        wanted.inCampaign().value())) {
      return new Decision.Withheld(WithheldReason.OPTED_OUT);
    }
    Tonight tonight = Tonight.of(sql, wanted.tonight(), wanted.message(), wanted.training());
    if (tonight.unsupported()) {
      return new Decision.Later(nightEnds);
    }
    if (isClaimed(sql, wanted)) {
      // By another node, which has not said how it ended: perhaps with a refusal.
      return new Decision.Later(now.plus(CLAIMED));
    }
    if (any(
        sql,
        "SELECT count(*) FROM refusal"
            + " WHERE campaign = ? AND campaign_phone = ? AND training = ?",
        wanted.campaign(),
        wanted.inCampaign().value(),
        wanted.training())) {
      return new Decision.Withheld(WithheldReason.DECLINED_BEFORE);
    }
    if (any(
        sql,
        "SELECT count(*) FROM asked"
            + " WHERE campaign = ? AND campaign_phone = ? AND message = ? AND training = ?",
        wanted.campaign(),
        wanted.inCampaign().value(),
        wanted.message(),
        wanted.training())) {
      return new Decision.Withheld(WithheldReason.ALREADY_OFFERED);
    }
    if (tonight.offers() >= rules.offersPerNight()) {
      return new Decision.Withheld(WithheldReason.BUDGET_SPENT);
    }
    if (tonight.tries() >= rules.tries()) {
      return new Decision.Later(nightEnds);
    }
    return now.isBefore(tonight.notBefore())
        ? new Decision.Later(tonight.notBefore())
        : new Decision.MayOffer();
  }

  private static boolean isClaimed(Sql sql, Wanted wanted) throws SQLException {
    return any(
            sql,
            "SELECT count(*) FROM claim_tonight WHERE night_phone = ? AND training = ?",
            wanted.tonight().value(),
            wanted.training())
        || any(
            sql,
            "SELECT count(*) FROM claim_campaign"
                + " WHERE campaign = ? AND campaign_phone = ? AND training = ?",
            wanted.campaign(),
            wanted.inCampaign().value(),
            wanted.training());
  }

  /** An offer, here or at another node, is spent and counts as asked. */
  static void spend(Sql sql, Wanted wanted) throws SQLException {
    sql.update(
        "INSERT INTO asked (campaign, campaign_phone, message, training) VALUES (?, ?, ?, ?)",
        wanted.campaign(),
        wanted.inCampaign().value(),
        wanted.message(),
        wanted.training());
    Tonight.began(sql, wanted.tonight(), wanted.message(), wanted.training());
  }

  /** What the end of an offer means for the campaign. */
  static void endInCampaign(
      Sql sql,
      String campaign,
      Pseudonym phone,
      String message,
      boolean training,
      boolean mayTryAgain,
      boolean refusal)
      throws SQLException {
    if (mayTryAgain) {
      sql.update(
          "DELETE FROM asked"
              + " WHERE campaign = ? AND campaign_phone = ? AND message = ? AND training = ?",
          campaign,
          phone.value(),
          message,
          training);
    }
    if (refusal) {
      // Not if the campaign ended in the meantime: nothing is kept of it any more.
      sql.update(
          "INSERT INTO refusal (campaign, campaign_phone, training)"
              + " SELECT id, ?, ? FROM campaign WHERE id = ? AND forgotten = 0"
              + " ON CONFLICT DO NOTHING",
          phone.value(),
          training,
          campaign);
    }
  }

  private static boolean any(Sql sql, String count, Object... parameters) throws SQLException {
    return sql.number(count, parameters) > 0;
  }
}
