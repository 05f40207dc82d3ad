package org.towncrier.broadcaster.contact;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.delivery.OutcomeTable.Ruling;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.Sql;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.WithheldReason;

/**
 * Who may be asked. Every rule rests on what is in the store, and an offer is in the store before
 * it begins, so the rules survive a power cut in the middle of one.
 *
 * <p>Every method may throw {@link StoreException}: then nothing was written, and nothing may be
 * offered.
 */
public final class ContactBook {
  /** The longest that anything is kept under a campaign's key. */
  public static final Duration LONGEST_CAMPAIGN = Duration.ofDays(92);

  private static final Decision MAY_OFFER = new Decision.MayOffer();
  private static final Decision NOT_OURS = new Decision.NotOurs();

  private final NodeStore store;
  private final SiteKeys keys;
  private final DeliveryLog deliveries;
  private final NodeId node;
  private final Set<BluetoothAddress> testPhones;
  private final Campaigns campaigns;
  private ContactRules rules = ContactRules.DEFAULT;
  private List<NodeId> siteNodes;
  private boolean training;

  /**
   * The book of one node.
   *
   * @param testPhones the only phones asked in training mode
   */
  public ContactBook(
      NodeStore store,
      SiteKeys keys,
      DeliveryLog deliveries,
      NodeId node,
      Set<BluetoothAddress> testPhones) {
    this.store = store;
    this.keys = keys;
    this.deliveries = deliveries;
    this.node = node;
    this.testPhones = Set.copyOf(testPhones);
    this.campaigns = new Campaigns(store);
    this.siteNodes = List.of(node);
  }

  /**
   * Settles the offers that a crash cut off. Nobody can know how they ended: each is {@code
   * UNRESOLVED}, counts for the hour in which it began, and its phone is not asked again.
   *
   * @return how many there were
   */
  public int settleCutOff() {
    record CutOff(MessageId message, boolean training, Instant hour) {}
    return store.inTransaction(
        sql -> {
          List<CutOff> found =
              sql.list(
                  "SELECT message, training, hour FROM open_offer",
                  row ->
                      new CutOff(
                          new MessageId(row.getString(1)),
                          row.getBoolean(2),
                          Instant.ofEpochSecond(row.getLong(3))));
          for (CutOff offer : found) {
            deliveries.count(
                offer.message(), offer.hour(), Outcome.UNRESOLVED, null, offer.training());
          }
          sql.update("DELETE FROM open_offer");
          return found.size();
        });
  }

  /** Takes on the rules, nodes and campaigns of a schedule. */
  public void apply(NodeSchedule schedule, Instant now) {
    campaigns.learn(schedule.campaigns(), now, LONGEST_CAMPAIGN);
    campaigns.forgetEnded(now);
    rules = schedule.contact();
    siteNodes = schedule.siteNodes();
    training = schedule.training();
  }

  /**
   * Deletes what may no longer be kept: of a night that is over, of campaigns that have ended. Only
   * with a clock that can be trusted.
   *
   * @return whether a new night has begun
   */
  public boolean keepHouse(Instant now) {
    campaigns.forgetEnded(now);
    boolean newNight = !now.isBefore(keys.nightEnds());
    if (newNight) {
      store.run(
          sql -> {
            keys.ratchet(now);
            sql.update("DELETE FROM tonight");
            sql.update("DELETE FROM tonight_message");
          });
    }
    keys.wipe();
    return newNight;
  }

  /** Whether a campaign has neither ended nor had its {@link #LONGEST_CAMPAIGN 92 days}. */
  public boolean isRunning(CampaignId campaign, Instant at) {
    return campaigns.isRunning(campaign, at);
  }

  /** Whether a phone may be offered a message that is on air. */
  public Decision decide(BluetoothAddress phone, ScheduledMessage message, Instant now) {
    if (!isOurs(phone)) {
      return NOT_OURS;
    }
    if (training && !testPhones.contains(phone)) {
      return new Decision.Withheld(WithheldReason.NOT_ON_TEST_LIST);
    }
    return store.inTransaction(sql -> decide(sql, phone, message, now));
  }

  private Decision decide(Sql sql, BluetoothAddress phone, ScheduledMessage message, Instant now)
      throws SQLException {
    Tonight tonight = Tonight.of(sql, keys.tonight(phone), message.id(), training);
    if (tonight.unsupported()) {
      return new Decision.Later(keys.nightEnds());
    }
    long inCampaign = keys.inCampaign(message.campaign(), phone).value();
    String campaign = message.campaign().value();
    if (sql.number(
            "SELECT count(*) FROM refusal"
                + " WHERE campaign = ? AND campaign_phone = ? AND training = ?",
            campaign,
            inCampaign,
            training)
        > 0) {
      return new Decision.Withheld(WithheldReason.DECLINED_BEFORE);
    }
    if (sql.number(
            "SELECT count(*) FROM asked"
                + " WHERE campaign = ? AND campaign_phone = ? AND message = ? AND training = ?",
            campaign,
            inCampaign,
            message.id().value(),
            training)
        > 0) {
      return new Decision.Withheld(WithheldReason.ALREADY_OFFERED);
    }
    if (tonight.offers() >= rules.offersPerNight()) {
      return new Decision.Withheld(WithheldReason.BUDGET_SPENT);
    }
    if (tonight.tries() >= rules.tries()) {
      return new Decision.Later(keys.nightEnds());
    }
    return now.isBefore(tonight.notBefore()) ? new Decision.Later(tonight.notBefore()) : MAY_OFFER;
  }

  /**
   * Writes an offer down, as spent and as asked. Only then may it begin.
   *
   * @throws IllegalStateException if the rules forbid it
   */
  public OpenOffer begin(BluetoothAddress phone, ScheduledMessage message, Instant now) {
    return store.inTransaction(
        sql -> {
          if (!isRunning(message.campaign(), now)
              || !(decide(phone, message, now) instanceof Decision.MayOffer)) {
            throw new IllegalStateException(
                "the contact rules forbid offering " + message.id() + " to this phone");
          }
          Pseudonym tonight = keys.tonight(phone);
          Pseudonym inCampaign = keys.inCampaign(message.campaign(), phone);
          long id =
              sql.number(
                  "INSERT INTO open_offer (message, training, hour) VALUES (?, ?, ?) RETURNING id",
                  message.id().value(),
                  training,
                  now.truncatedTo(ChronoUnit.HOURS).getEpochSecond());
          sql.update(
              "INSERT INTO asked (campaign, campaign_phone, message, training) VALUES (?, ?, ?, ?)",
              message.campaign().value(),
              inCampaign.value(),
              message.id().value(),
              training);
          Tonight.began(sql, tonight, message.id(), training);
          return new OpenOffer(
              id,
              phone,
              keys.night(),
              tonight,
              message.campaign(),
              inCampaign,
              message.id(),
              training);
        });
  }

  /**
   * Writes down how an offer ended and all that follows from it. Once: a second call does nothing.
   */
  public void end(OpenOffer offer, Ruling ruling, Instant at) {
    store.run(
        sql -> {
          if (sql.update("DELETE FROM open_offer WHERE id = ?", offer.id()) == 0) {
            return;
          }
          deliveries.count(offer.message(), at, ruling.outcome(), null, offer.training());
          if (ruling.mayTryAgain()) {
            sql.update(
                "DELETE FROM asked"
                    + " WHERE campaign = ? AND campaign_phone = ? AND message = ? AND training = ?",
                offer.campaign().value(),
                offer.inCampaign().value(),
                offer.message().value(),
                offer.training());
          }
          if (ruling.refusal()) {
            // Not if the campaign ended in the meantime: nothing is kept of it any more.
            sql.update(
                "INSERT INTO refusal (campaign, campaign_phone, training)"
                    + " SELECT id, ?, ? FROM campaign WHERE id = ? AND forgotten = 0"
                    + " ON CONFLICT DO NOTHING",
                offer.inCampaign().value(),
                offer.training(),
                offer.campaign().value());
          }
          // The budget it was written against went with its night.
          if (offer.night().equals(keys.night())) {
            Tonight.ended(sql, offer, ruling, at.plusSeconds(rules.retryAfterSeconds()));
          }
        });
  }

  /** Counts that a phone was not offered a message, once a night for each. */
  public void withheld(
      BluetoothAddress phone, MessageId message, WithheldReason reason, Instant now) {
    store.run(
        sql -> {
          if (Tonight.countsAsWithheld(sql, keys.tonight(phone), message, training)) {
            deliveries.count(message, now, Outcome.WITHHELD, reason, training);
          }
        });
  }

  /** Whether this node, rather than another of its site, is to ask the phone. */
  public boolean isOurs(BluetoothAddress phone) {
    return Shares.owner(keys.forShares(phone), siteNodes).equals(node);
  }

  /**
   * How a phone's lot falls for a message, unsigned: of several that it may be offered alike, the
   * highest is its own tonight. So messages share the phones evenly, whoever comes first.
   */
  public long lot(BluetoothAddress phone, MessageId message) {
    return Shares.weight(keys.tonight(phone), message.value());
  }
}
