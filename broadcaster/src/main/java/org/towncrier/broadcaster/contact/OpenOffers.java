package org.towncrier.broadcaster.contact;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.contact.PhoneRecords.Wanted;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.delivery.OutcomeTable.Ruling;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.Sql;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Wording;
import org.towncrier.protocol.VariantId;

/**
 * Offers under way: each is in the store before it begins, as spent and as asked, and its end gives
 * back what it may. Who may be asked at all is the {@link ContactBook}'s.
 */
final class OpenOffers {
  private final NodeStore store;
  private final SiteKeys keys;
  private final DeliveryLog deliveries;
  private final Map<Long, OpenOffer> underWay = new HashMap<>();

  OpenOffers(NodeStore store, SiteKeys keys, DeliveryLog deliveries) {
    this.store = store;
    this.keys = keys;
    this.deliveries = deliveries;
  }

  /** Those that this run of the node has begun. */
  Collection<OpenOffer> underWay() {
    return Collections.unmodifiableCollection(underWay.values());
  }

  /** Counts those that a crash cut off, and says how many there were. */
  int settleCutOff() {
    record CutOff(MessageId message, @Nullable VariantId variant, boolean training, Instant hour) {}
    return store.inTransaction(
        sql -> {
          List<CutOff> found =
              sql.list(
                  "SELECT message, variant, training, hour FROM open_offer",
                  row ->
                      new CutOff(
                          new MessageId(row.getString(1)),
                          row.getString(2).isEmpty() ? null : new VariantId(row.getString(2)),
                          row.getBoolean(3),
                          Instant.ofEpochSecond(row.getLong(4))));
          for (CutOff offer : found) {
            deliveries.count(
                offer.message(),
                offer.variant(),
                offer.hour(),
                Outcome.UNRESOLVED,
                null,
                offer.training());
          }
          sql.update("DELETE FROM open_offer");
          return found.size();
        });
  }

  /** Writes an offer down. */
  OpenOffer begin(
      Sql sql, BluetoothAddress phone, ScheduledMessage message, Wanted wanted, Instant now)
      throws SQLException {
    Wording wording = drawn(wanted.inCampaign(), message);
    VariantId variant = wording.variant();
    long id =
        sql.number(
            "INSERT INTO open_offer (message, variant, training, hour)"
                + " VALUES (?, ?, ?, ?) RETURNING id",
            message.id().value(),
            variant == null ? "" : variant.value(),
            wanted.training(),
            now.truncatedTo(ChronoUnit.HOURS).getEpochSecond());
    PhoneRecords.spend(sql, wanted);
    OpenOffer offer =
        new OpenOffer(
            id,
            phone,
            keys.night(),
            wanted.tonight(),
            message.campaign(),
            wanted.inCampaign(),
            message.id(),
            wording,
            wanted.training());
    store.afterCommit(() -> underWay.put(id, offer));
    return offer;
  }

  /**
   * The wording that a phone's lot gives it, under the campaign's key: the same at each try, on
   * each night and at each node of the site, whoever tries.
   */
  private static Wording drawn(Pseudonym inCampaign, ScheduledMessage message) {
    return message.wordings().stream()
        .max(
            Comparator.comparing(
                wording -> Shares.weight(inCampaign, message.id() + " " + wording.variant()),
                Long::compareUnsigned))
        .orElseThrow();
  }

  /**
   * Writes down how an offer ended and all that follows from it.
   *
   * @return whether it was open; what is not is left alone
   */
  boolean end(Sql sql, OpenOffer offer, Ruling ruling, Instant at, ContactRules rules)
      throws SQLException {
    if (sql.update("DELETE FROM open_offer WHERE id = ?", offer.id()) == 0) {
      return false;
    }
    deliveries.count(
        offer.message(), offer.wording().variant(), at, ruling.outcome(), null, offer.training());
    PhoneRecords.endInCampaign(
        sql,
        offer.campaign().value(),
        offer.inCampaign(),
        offer.message().value(),
        offer.training(),
        ruling.mayTryAgain(),
        ruling.refusal());
    // The budget it was written against went with its night.
    if (offer.night().equals(keys.night())) {
      Tonight.ended(
          sql,
          offer.tonight(),
          offer.training(),
          ruling.spendsBudget(),
          ruling.outcome() == Outcome.UNSUPPORTED,
          ruling.mayTryAgain() ? at.plusSeconds(rules.retryAfterSeconds()) : Instant.EPOCH);
    }
    store.afterCommit(() -> underWay.remove(offer.id()));
    return true;
  }
}
