package org.towncrier.console.node;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.SiteSeed;

/**
 * What the nodes of a site know phones by. Each noon the night key becomes another by a step that
 * cannot be taken back, here as at the nodes: nobody, with this file in hand, can find last night's
 * phones.
 */
@Component
class SiteSecrets {
  private static final Logger log = LoggerFactory.getLogger(SiteSecrets.class);

  private final JdbcClient db;
  private final Transactions transactions;
  private final InstantSource clock;
  private final ConsoleSettings settings;
  private final SecureRandom random = new SecureRandom();
  private volatile LocalDate wipedFor = LocalDate.MIN;

  SiteSecrets(
      JdbcClient db, Transactions transactions, InstantSource clock, ConsoleSettings settings) {
    this.db = db;
    this.transactions = transactions;
    this.clock = clock;
    this.settings = settings;
  }

  /** Makes a site, with secrets of its own. */
  void create(SiteId site, String name) {
    db.sql("INSERT INTO site (id, name, night, night_key, campaign_secret) VALUES (?, ?, ?, ?, ?)")
        .params(site.value(), name, nightOf(clock.instant()).toString(), fresh(), fresh())
        .update();
  }

  /** Tonight's secrets of a site, for a node's file. */
  SiteSeed seed(SiteId site) {
    ratchet();
    return db.sql("SELECT night, night_key, campaign_secret FROM site WHERE id = ?")
        .param(site.value())
        .query(
            (row, n) ->
                new SiteSeed(
                    site, LocalDate.parse(row.getString(1)), row.getBytes(2), row.getBytes(3)))
        .single();
  }

  /** Looks every minute, so that a machine that slept through noon catches up. */
  @Scheduled(fixedDelay = 60_000)
  void catchUp() {
    LocalDate tonight = nightOf(clock.instant());
    ratchet();
    wipe(tonight);
  }

  /** Catches up with every noon that has passed. */
  void ratchet() {
    LocalDate tonight = nightOf(clock.instant());
    transactions.run(
        () -> {
          record Behind(String site, LocalDate night, byte[] nightKey) {}
          List<Behind> behind =
              db.sql("SELECT id, night, night_key FROM site WHERE night < ?")
                  .param(tonight.toString())
                  .query(
                      (row, n) ->
                          new Behind(
                              row.getString(1), LocalDate.parse(row.getString(2)), row.getBytes(3)))
                  .list();
          for (Behind site : behind) {
            byte[] key = site.nightKey();
            for (LocalDate day = site.night(); day.isBefore(tonight); day = day.plusDays(1)) {
              key = next(key);
            }
            db.sql("UPDATE site SET night = ?, night_key = ? WHERE id = ?")
                .params(tonight.toString(), key, site.site())
                .update();
          }
        });
  }

  /**
   * Empties the write-ahead log of keys that were overwritten; outside any transaction. Once a
   * night and at each start, whoever took the step: a console that was killed since, or add-node
   * beside this one.
   */
  private void wipe(LocalDate tonight) {
    if (!tonight.equals(wipedFor)) {
      // Its first column says whether a reader was in the way: then the next minute tries again.
      long busy =
          db.sql("PRAGMA wal_checkpoint(TRUNCATE)").query((row, n) -> row.getLong(1)).single();
      if (busy == 0) {
        wipedFor = tonight;
      } else {
        log.debug("Last night's keys are still in the log");
      }
    }
  }

  static byte[] next(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal("night".getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK lacks HMAC-SHA-256", impossible);
    }
  }

  /** A night runs from noon to noon and bears the date of the first. */
  private LocalDate nightOf(Instant at) {
    LocalDateTime local = LocalDateTime.ofInstant(at, settings.zone());
    return local.toLocalTime().isBefore(LocalTime.NOON)
        ? local.toLocalDate().minusDays(1)
        : local.toLocalDate();
  }

  private byte[] fresh() {
    byte[] key = new byte[SiteSeed.KEY_BYTES];
    random.nextBytes(key);
    return key;
  }
}
