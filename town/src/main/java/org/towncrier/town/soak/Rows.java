package org.towncrier.town.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.towncrier.broadcaster.store.NodeStore;

/**
 * The rows of a node's file after a night, and those among them that should have gone: of a night
 * that is over, of a campaign that has ended, of reports that are old.
 *
 * @param byTable all of them
 * @param leftOver what should not be there, worded for people
 */
record Rows(Map<String, Long> byTable, List<String> leftOver) {
  private static final Set<String> OF_A_NIGHT =
      Set.of(
          "open_offer",
          "tonight",
          "tonight_message",
          "claim_tonight",
          "unreported_outcome",
          "store_probe");

  private static final Set<String> OF_A_CAMPAIGN =
      Set.of("asked", "refusal", "never", "claim_campaign");

  /** Kept on purpose, one row each: so that a campaign that is over never begins anew. */
  private static final String CAMPAIGNS = "campaign";

  private static final String REPORTS = "report";

  /**
   * As long as a console restored from a backup may ask for them, and the hour between two goes.
   */
  private static final Duration REPORTS_KEPT = Duration.ofDays(30).plusHours(1);

  /** What a node has of the rest: its keys, its schedule, its clock, its share, this boot. */
  private static final int OF_THE_NODE = 4;

  Rows {
    byTable = Map.copyOf(byTable);
    leftOver = List.copyOf(leftOver);
  }

  /**
   * Counts.
   *
   * @param campaigns that there have been
   */
  static Rows of(NodeStore store, Instant now, int campaigns) {
    return store.inTransaction(
        sql -> {
          Map<String, Long> rows = new TreeMap<>();
          List<String> left = new ArrayList<>();
          List<String> tables =
              sql.list(
                  "SELECT name FROM sqlite_master WHERE type = 'table'"
                      + " AND name NOT LIKE 'sqlite_%'",
                  row -> row.getString(1));
          for (String table : tables) {
            long count = sql.number("SELECT count(*) FROM " + table);
            rows.put(table, count);
            long most = most(table, campaigns);
            if (count > most) {
              left.add(count + " rows in " + table + ", of at most " + most);
            }
            if (OF_A_CAMPAIGN.contains(table)) {
              long over =
                  sql.number(
                      "SELECT count(*) FROM "
                          + table
                          + " t JOIN campaign c ON c.id = t.campaign WHERE c.ends_at <= ?",
                      now.getEpochSecond());
              if (over > 0) {
                left.add(over + " rows in " + table + " of campaigns that have ended");
              }
            }
          }
          long old =
              sql.number(
                  "SELECT count(*) FROM report WHERE acked_at_s < ?",
                  now.minus(REPORTS_KEPT).getEpochSecond());
          if (old > 0) {
            left.add(old + " reports that the console has had for over 30 days");
          }
          return new Rows(rows, left);
        });
  }

  private static long most(String table, int campaigns) {
    if (OF_A_NIGHT.contains(table)) {
      return 0;
    }
    if (table.equals(CAMPAIGNS)) {
      return campaigns;
    }
    return OF_A_CAMPAIGN.contains(table) || table.equals(REPORTS) ? Long.MAX_VALUE : OF_THE_NODE;
  }
}
