package org.towncrier.broadcaster.contact;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactSeal;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.SiteSeed;

/**
 * The keys under which a site's nodes know phones. Tonight's becomes tomorrow's each noon by a step
 * that cannot be taken back, so that nobody, with the node's file in hand, can find last night's
 * phones.
 */
public final class SiteKeys {
  private static final Logger log = LoggerFactory.getLogger(SiteKeys.class);

  /** Not a campaign id, which has no spaces: so never the key of a campaign. */
  private static final String SHARES = "site shares";

  /** Of tonight's key, whose only other child is tomorrow's. */
  private static final String CONTACTS = "contacts";

  private static final List<String> OF_THE_NIGHT =
      List.of("tonight", "tonight_message", "claim_tonight");

  private final NodeStore store;
  private final SiteId site;
  private final ZoneId zone;
  private final Map<CampaignId, SecretKey> campaigns = new HashMap<>();
  private @Nullable Loaded keys;
  private boolean logHoldsOldKey;

  private record Loaded(
      LocalDate night,
      SecretKey tonight,
      SecretKey campaignSecret,
      SecretKey shares,
      SecretKey contacts) {
    static Loaded of(LocalDate night, SecretKey tonight, SecretKey campaignSecret) {
      return new Loaded(
          night, tonight, campaignSecret, campaignSecret.derive(SHARES), tonight.derive(CONTACTS));
    }
  }

  /** The keys of that site; {@link #load} comes before their use. */
  public SiteKeys(NodeStore store, SiteId site, ZoneId zone) {
    this.store = store;
    this.site = site;
    this.zone = zone;
  }

  /**
   * Takes the keys from the store, after taking those in the seed file, if there is one, into the
   * store. The file is deleted once its content has been committed.
   *
   * @throws SeedException if the file cannot be used
   * @throws StoreException if the store fails
   */
  public void load(Path seedFile) {
    read();
    if (Files.exists(seedFile)) {
      importSeed(SeedFile.read(seedFile));
      SeedFile.delete(seedFile);
    }
  }

  /** Deletes what was kept of a night that is over; in the transaction that turns its key. */
  void forgetNight() {
    store.run(
        sql -> {
          for (String table : OF_THE_NIGHT) {
            sql.update("DELETE FROM " + table);
          }
        });
  }

  /** Why there are no keys, if there are none; worded to follow "The node". */
  public Optional<String> trouble() {
    return keys == null
        ? Optional.of(
            "has no site seed; write one with `towncrier console add-node " + site + " NODE`")
        : Optional.empty();
  }

  /**
   * Catches up with every noon that has passed. There is no way back. What was kept of the night
   * before must go with it, in the same transaction, and {@link #wipe()} follows.
   */
  void ratchet(Instant now) {
    Loaded before = loaded();
    LocalDate tonight = nightOf(now);
    if (before.night().isBefore(tonight)) {
      SecretKey key = before.tonight();
      for (LocalDate day = before.night(); day.isBefore(tonight); day = day.plusDays(1)) {
        key = key.derive("night");
      }
      write(Loaded.of(tonight, key, before.campaignSecret()));
    }
  }

  /** Empties the write-ahead log of a key that was overwritten; outside any transaction. */
  void wipe() {
    if (logHoldsOldKey) {
      try {
        store.truncateWal();
        logHoldsOldKey = false;
      } catch (StoreException e) {
        log.warn("Last night's key is still in the log, to be tried again: {}", e.getMessage());
      }
    }
  }

  /** The night the keys are at: the day at whose noon it began. */
  public LocalDate night() {
    return loaded().night();
  }

  /** When tonight ends: the next noon. */
  public Instant nightEnds() {
    return loaded().night().plusDays(1).atTime(LocalTime.NOON).atZone(zone).toInstant();
  }

  /** The phone as sketches and the nightly budget know it. */
  public Pseudonym tonight(BluetoothAddress phone) {
    return loaded().tonight().pseudonym(phone);
  }

  /** The phone as one campaign's refusals and offers know it. */
  public Pseudonym inCampaign(CampaignId campaign, BluetoothAddress phone) {
    return campaigns
        .computeIfAbsent(campaign, id -> loaded().campaignSecret().derive(id.value()))
        .pseudonym(phone);
  }

  /**
   * The phone as the sharing out among a site's nodes knows it. Never written down: it stays the
   * same for as long as the site keeps its secret.
   */
  Pseudonym forShares(BluetoothAddress phone) {
    return loaded().shares().pseudonym(phone);
  }

  /** What the site's nodes say to each other tonight is sealed with. */
  ContactSeal forContacts() {
    return new ContactSeal(site, loaded().night(), loaded().contacts().bytes());
  }

  private LocalDate nightOf(Instant at) {
    LocalDateTime local = LocalDateTime.ofInstant(at, zone);
    return local.toLocalTime().isBefore(LocalTime.NOON)
        ? local.toLocalDate().minusDays(1)
        : local.toLocalDate();
  }

  private Loaded loaded() {
    if (keys == null) {
      throw new IllegalStateException("The node " + trouble().orElseThrow());
    }
    return keys;
  }

  /**
   * Takes the keys from the store alone.
   *
   * @throws StoreException if the store fails
   */
  public void read() {
    keys =
        store
            .inTransaction(
                sql ->
                    sql.first(
                        "SELECT night, night_key, campaign_secret FROM site_keys WHERE site = ?",
                        row ->
                            Loaded.of(
                                LocalDate.parse(row.getString(1)),
                                new SecretKey(row.getBytes(2)),
                                new SecretKey(row.getBytes(3))),
                        site.value()))
            .orElse(null);
    campaigns.clear();
  }

  private void importSeed(SiteSeed seed) {
    if (!seed.site().equals(site)) {
      throw new SeedException(
          "The seed file is for site "
              + seed.site()
              + ", this node belongs to "
              + site
              + ". Write it again with `towncrier console add-node`.");
    }
    Loaded held = keys;
    if (held != null && held.campaignSecret().same(seed.campaignSecret())) {
      // Our own night key is as new or newer: the last start ended before it deleted the file.
      return;
    }
    store.run(
        sql -> {
          if (sql.update("DELETE FROM site_keys") > 0) {
            log.warn("The site has a new secret: what phones were offered before is forgotten");
          }
          // Nothing kept under other keys can ever be found again, so none of it is kept.
          for (List<String> kind : List.of(Campaigns.TABLES, OF_THE_NIGHT, Holdings.TABLES)) {
            for (String table : kind) {
              sql.update("DELETE FROM " + table);
            }
          }
          write(
              Loaded.of(
                  seed.night(),
                  new SecretKey(seed.nightKey()),
                  new SecretKey(seed.campaignSecret())));
        });
    campaigns.clear();
    wipe();
  }

  private void write(Loaded next) {
    store.run(
        sql -> {
          sql.update(
              "INSERT INTO site_keys (only_row, site, night, night_key, campaign_secret)"
                  + " VALUES (1, ?, ?, ?, ?) ON CONFLICT (only_row) DO UPDATE SET"
                  + " night = excluded.night, night_key = excluded.night_key",
              site.value(),
              next.night().toString(),
              next.tonight().bytes(),
              next.campaignSecret().bytes());
          store.afterCommit(
              () -> {
                keys = next;
                logHoldsOldKey = true;
              });
        });
  }
}
