package org.towncrier.broadcaster.contact;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.contact.PhoneRecords.Wanted;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.Sql;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.ContactTalk.Answer;
import org.towncrier.protocol.ContactTalk.Claim;
import org.towncrier.protocol.ContactTalk.Result;
import org.towncrier.protocol.ContactTalk.Wish;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.WithheldReason;

/**
 * The claims that other nodes make on this node's phones. One that is granted is written down as
 * spent and asked before it is answered, and its phone counts as claimed until the other node has
 * said how it ended: whatever is lost on the way costs reach, never a second prompt.
 */
final class Grants {
  /** A phone that is not ours to give may be somebody's soon: schedules are on their way. */
  private static final Duration NOT_OURS = Duration.ofSeconds(15);

  private final NodeStore store;
  private final SiteKeys keys;
  private final DeliveryLog deliveries;
  private final Holdings holdings;

  /** Claims of tonight whose end was heard: one that comes after its own end changes nothing. */
  private final Set<Long> finished = new HashSet<>();

  Grants(NodeStore store, SiteKeys keys, DeliveryLog deliveries, Holdings holdings) {
    this.store = store;
    this.keys = keys;
    this.deliveries = deliveries;
    this.holdings = holdings;
  }

  /** How the rules stand, and what this node itself is doing. */
  interface Standing {
    ContactRules rules();

    /** Whether an offer of this node's own to the phone is under way. */
    boolean isBusy(Pseudonym tonight);

    /** Whether its campaign is running; one that this node has not heard of begins with it. */
    boolean isRunning(Wish wish, Instant now);
  }

  /** Judges a claim, and writes it down if it is granted. */
  Answer answer(Claim claim, Standing standing, Instant now) {
    return store.inTransaction(
        sql -> {
          Optional<String> known =
              sql.first(
                  "SELECT message FROM claim_campaign WHERE id = ?",
                  row -> row.getString(1),
                  claim.id());
          if (known.isPresent()) {
            // The same again: the answer was lost.
            return new Answer(claim.id(), new MessageId(known.get()), null);
          }
          if (finished.contains(claim.id())
              || !holdings.holds(new Pseudonym(claim.share()))
              || standing.isBusy(new Pseudonym(claim.tonight()))) {
            return new Answer(claim.id(), null, NOT_OURS.toSeconds());
          }
          return judge(sql, claim, standing, now);
        });
  }

  private Answer judge(Sql sql, Claim claim, Standing standing, Instant now) throws SQLException {
    Instant nightEnds = keys.nightEnds();
    @Nullable Instant again = null;
    for (Wish wish : claim.wishes()) {
      Wanted wanted =
          new Wanted(
              new Pseudonym(claim.tonight()),
              wish.campaign().value(),
              new Pseudonym(wish.phone()),
              wish.message().value(),
              claim.training());
      if (!standing.isRunning(wish, now)) {
        again = earliest(again, now.plus(NOT_OURS));
        continue;
      }
      Decision decision = PhoneRecords.decide(sql, wanted, standing.rules(), now, nightEnds);
      if (decision instanceof Decision.MayOffer) {
        grant(sql, claim, wanted);
        return new Answer(claim.id(), wish.message(), null);
      } else if (decision instanceof Decision.Withheld withheld) {
        count(sql, claim, wish, withheld.reason(), now);
      } else if (decision instanceof Decision.Later later && later.at().isBefore(nightEnds)) {
        again = earliest(again, later.at());
      }
    }
    return new Answer(
        claim.id(), null, again == null ? null : Duration.between(now, again).toSeconds() + 1);
  }

  private static void grant(Sql sql, Claim claim, Wanted wanted) throws SQLException {
    PhoneRecords.spend(sql, wanted);
    sql.update(
        "INSERT INTO claim_tonight (id, night_phone, training, message) VALUES (?, ?, ?, ?)",
        claim.nightId(),
        wanted.tonight().value(),
        wanted.training(),
        wanted.message());
    sql.update(
        "INSERT INTO claim_campaign (id, campaign, campaign_phone, message, training)"
            + " VALUES (?, ?, ?, ?, ?)",
        claim.id(),
        wanted.campaign(),
        wanted.inCampaign().value(),
        wanted.message(),
        wanted.training());
  }

  private void count(Sql sql, Claim claim, Wish wish, WithheldReason reason, Instant now)
      throws SQLException {
    if (Tonight.countsAsWithheld(
        sql, new Pseudonym(claim.tonight()), wish.message(), claim.training())) {
      deliveries.count(wish.message(), null, now, Outcome.WITHHELD, reason, claim.training());
    }
  }

  /** Writes down how a claim ended. The same again does nothing. */
  void settle(Result result, ContactRules rules, Instant now) {
    store.run(
        sql -> {
          record Half(String campaign, Pseudonym phone, String message, boolean training) {}
          Optional<Half> night =
              sql.first(
                  "DELETE FROM claim_tonight WHERE id = ?"
                      + " RETURNING night_phone, message, training",
                  row ->
                      new Half(
                          "", new Pseudonym(row.getLong(1)), row.getString(2), row.getBoolean(3)),
                  result.nightId());
          if (night.isPresent()) {
            Half half = night.get();
            boolean wait = result.begun() && result.mayTryAgain();
            Tonight.ended(
                sql,
                half.phone(),
                half.training(),
                result.spent(),
                result.unsupported(),
                wait ? now.plusSeconds(rules.retryAfterSeconds()) : Instant.EPOCH);
            if (!result.begun()) {
              Tonight.notBegun(sql, half.phone(), half.message(), half.training());
            }
          }
          Optional<Half> campaign =
              sql.first(
                  "DELETE FROM claim_campaign WHERE id = ?"
                      + " RETURNING campaign, campaign_phone, message, training",
                  row ->
                      new Half(
                          row.getString(1),
                          new Pseudonym(row.getLong(2)),
                          row.getString(3),
                          row.getBoolean(4)),
                  result.id());
          if (campaign.isPresent()) {
            Half half = campaign.get();
            PhoneRecords.endInCampaign(
                sql,
                half.campaign(),
                half.phone(),
                half.message(),
                half.training(),
                result.mayTryAgain(),
                result.refusal());
          }
          store.afterCommit(() -> finished.add(result.id()));
        });
  }

  /** A new night has begun. */
  void newNight() {
    finished.clear();
  }

  private static Instant earliest(@Nullable Instant a, Instant b) {
    return a == null || b.isBefore(a) ? b : a;
  }
}
