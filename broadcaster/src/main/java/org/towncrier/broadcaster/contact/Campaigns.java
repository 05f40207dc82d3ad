package org.towncrier.broadcaster.contact;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactTalk.KnownCampaign;

/** When each campaign ends here, and the end of what is kept for it. */
final class Campaigns {
  private static final Logger log = LoggerFactory.getLogger(Campaigns.class);

  /** Those with pseudonyms under a campaign's key. */
  static final List<String> TABLES = List.of("asked", "refusal", "claim_campaign", "never");

  private final NodeStore store;

  /** As in the store: campaigns whose rows have not been deleted, and their ends. */
  private Map<CampaignId, Instant> running = Map.of();

  Campaigns(NodeStore store) {
    this.store = store;
  }

  /** Adds those it does not know, and moves the ends of those it does; 92 days stay the most. */
  void learn(List<Campaign> campaigns, Instant now, Duration longest) {
    store.run(
        sql -> {
          for (Campaign campaign : campaigns) {
            sql.update(
                "INSERT INTO campaign (id, first_seen, ends_at) VALUES (?1, ?2, min(?3, ?2 + ?4))"
                    + " ON CONFLICT (id) DO UPDATE SET ends_at = min(?3, first_seen + ?4)",
                campaign.id().value(),
                now.getEpochSecond(),
                campaign.endsAt().getEpochSecond(),
                longest.toSeconds());
          }
          read();
        });
  }

  /** Adds those that other nodes know and this one does not. */
  void add(List<KnownCampaign> campaigns) {
    store.run(
        sql -> {
          int added = 0;
          for (KnownCampaign campaign : campaigns) {
            added +=
                sql.update(
                    "INSERT INTO campaign (id, first_seen, ends_at)"
                        + " VALUES (?1, ?2, min(?3, ?2 + ?4)) ON CONFLICT (id) DO NOTHING",
                    campaign.id().value(),
                    campaign.firstSeen().getEpochSecond(),
                    campaign.endsAt().getEpochSecond(),
                    ContactBook.LONGEST_CAMPAIGN.toSeconds());
          }
          if (added > 0) {
            read();
          }
        });
  }

  /** Every one whose pseudonyms are kept. */
  List<KnownCampaign> known() {
    return store.inTransaction(
        sql ->
            sql.list(
                "SELECT id, first_seen, ends_at FROM campaign WHERE forgotten = 0 ORDER BY id",
                row ->
                    new KnownCampaign(
                        new CampaignId(row.getString(1)),
                        Instant.ofEpochSecond(row.getLong(2)),
                        Instant.ofEpochSecond(row.getLong(3)))));
  }

  /** When it ends by what the transaction that is open has written; the epoch once it is over. */
  Instant writtenEndOf(CampaignId campaign) {
    return Instant.ofEpochSecond(
        store.inTransaction(
            sql ->
                sql.number(
                    "SELECT ends_at FROM campaign WHERE id = ? AND forgotten = 0",
                    campaign.value())));
  }

  /** When it ends here. */
  Instant endOf(CampaignId campaign) {
    return running.getOrDefault(campaign, Instant.EPOCH);
  }

  /** Deletes every pseudonym of the campaigns that have ended. */
  void forgetEnded(Instant now) {
    if (running.values().stream().allMatch(now::isBefore)) {
      return;
    }
    store.run(
        sql -> {
          String ended = " WHERE campaign IN (SELECT id FROM campaign WHERE ends_at <= ?)";
          for (String table : TABLES) {
            sql.update("DELETE FROM " + table + ended, now.getEpochSecond());
          }
          sql.update("UPDATE campaign SET forgotten = 1 WHERE ends_at <= ?", now.getEpochSecond());
          read();
        });
    try {
      store.truncateWal();
    } catch (StoreException e) {
      // SQLite empties it by itself before long; the rows are gone either way.
      log.warn("Pseudonyms of an ended campaign are still in the log: {}", e.getMessage());
    }
  }

  /** Whether it has not ended, nor had its longest time. Once over, it does not begin anew. */
  boolean isRunning(CampaignId campaign, Instant at) {
    Instant end = running.get(campaign);
    return end != null && at.isBefore(end);
  }

  private void read() {
    store.run(
        sql -> {
          Map<CampaignId, Instant> found =
              sql
                  .list(
                      "SELECT id, ends_at FROM campaign WHERE forgotten = 0",
                      row ->
                          new Campaign(
                              new CampaignId(row.getString(1)),
                              Instant.ofEpochSecond(row.getLong(2))))
                  .stream()
                  .collect(Collectors.toMap(Campaign::id, Campaign::endsAt));
          store.afterCommit(() -> running = found);
        });
  }
}
