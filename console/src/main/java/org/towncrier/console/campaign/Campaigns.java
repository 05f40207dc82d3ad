package org.towncrier.console.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;
import org.towncrier.console.input.KnownDays;
import org.towncrier.console.input.StaleException;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.CampaignId;

/** The campaigns there are. */
@Service
public class Campaigns {
  /**
   * Nodes keep pseudonyms 92 days at most; a campaign reaches them a day early and ends at noon.
   */
  static final int LONGEST_DAYS = 90;

  static final String NOT_A_DAY = "Enter a day, such as 2026-11-27";

  private static final int TITLE = 80;

  /** Who speaks, and how to object: a line each of every message. */
  private static final int LINE = 160;

  /** Addresses of pages beside those of campaigns. */
  private static final Set<String> NOT_IDS = Set.of("new", "import");

  private final JdbcClient db;
  private final Transactions transactions;
  private final AuditTrail audit;

  /** Does no I/O. */
  public Campaigns(JdbcClient db, Transactions transactions, AuditTrail audit) {
    this.db = db;
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * Adds a campaign.
   *
   * @throws InvalidInputException with everything that is wrong with it
   */
  public void create(String who, Campaign campaign) {
    check(campaign, null);
    transactions.run(
        () -> {
          if (find(campaign.id()).isPresent()) {
            throw new InvalidInputException(
                "campaign", "There is a campaign " + campaign.id() + " already");
          }
          db.sql(
                  """
                  INSERT INTO campaign (id, title, sender, contact, starts_on, ends_on)
                  VALUES (?, ?, ?, ?, ?, ?)
                  """)
              .params(
                  campaign.id().value(),
                  campaign.title().strip(),
                  campaign.sender().strip(),
                  campaign.contact().strip(),
                  campaign.startsOn().toString(),
                  campaign.endsOn().toString())
              .update();
          audit.add(who, "added", "campaign " + campaign.id(), campaign.title().strip());
        });
  }

  /**
   * Changes all but its id.
   *
   * @param campaign with the {@link Campaign#edit()} that the person read
   * @throws InvalidInputException with everything that is wrong with it
   * @throws StaleException when somebody has changed it since
   */
  public void change(String who, Campaign campaign) {
    transactions.run(
        () -> {
          Campaign before = get(campaign.id());
          check(campaign, before);
          if (before.edit() != campaign.edit()) {
            throw new StaleException(
                "Somebody has changed this campaign since you read it. Look at it again");
          }
          boolean sameVoice =
              before.sender().equals(campaign.sender().strip())
                  && before.contact().equals(campaign.contact().strip());
          if (!sameVoice && isRead(campaign.id())) {
            throw new InvalidInputException(
                "title",
                "A second person has read a message that names the sender. Begin another campaign"
                    + " for another sender");
          }
          requireDaysOfMessages(campaign);
          db.sql(
                  """
                  UPDATE campaign SET title = ?, sender = ?, contact = ?, starts_on = ?, ends_on = ?,
                    edit = edit + 1
                  WHERE id = ?
                  """)
              .params(
                  campaign.title().strip(),
                  campaign.sender().strip(),
                  campaign.contact().strip(),
                  campaign.startsOn().toString(),
                  campaign.endsOn().toString(),
                  campaign.id().value())
              .update();
          if (!sameVoice) {
            changedWordsOfMessages(who, campaign.id());
          }
          audit.add(who, "changed", "campaign " + campaign.id(), changes(before, campaign));
        });
  }

  /**
   * Who speaks stands in each of its messages: whoever changes it wrote some of each, and nobody
   * approves by what they read of one before.
   */
  private void changedWordsOfMessages(String who, CampaignId id) {
    db.sql(
            """
            UPDATE message_version SET edit = edit + 1 WHERE status = 'DRAFT'
              AND message IN (SELECT id FROM message WHERE campaign = ?)
            """)
        .param(id.value())
        .update();
    // Whoever edits a message that was sent back takes over its editors.
    db.sql(
            """
            INSERT OR IGNORE INTO version_editor (message, number, username)
            SELECT v.message, v.number, ? FROM message_version v JOIN message m ON m.id = v.message
            WHERE m.campaign = ? AND v.status IN ('DRAFT', 'RETURNED')
            """)
        .params(who, id.value())
        .update();
  }

  /** What somebody reading the trail wants to know: the days, and who speaks. */
  private static String changes(Campaign before, Campaign after) {
    String days =
        before.startsOn().equals(after.startsOn()) && before.endsOn().equals(after.endsOn())
            ? ""
            : ", %s to %s".formatted(after.startsOn(), after.endsOn());
    String sender = before.sender().equals(after.sender().strip()) ? "" : ", " + after.sender();
    return after.title().strip() + days + sender;
  }

  /** Times that somebody approved, or is to, lie within its days. */
  private void requireDaysOfMessages(Campaign campaign) {
    db.sql(
            """
            SELECT min(w.first_day) AS first, max(w.last_day) AS last FROM message m
            JOIN message_version v ON v.message = m.id AND v.discarded_at IS NULL
              AND v.status IN ('DRAFT', 'SUBMITTED', 'APPROVED', 'LIVE')
            JOIN version_window w ON w.message = v.message AND w.number = v.number
            WHERE m.campaign = ?
            """)
        .param(campaign.id().value())
        .query(
            row -> {
              String first = row.getString("first");
              String last = row.getString("last");
              if (first != null && LocalDate.parse(first).isBefore(campaign.startsOn())) {
                throw new InvalidInputException(
                    "starts", "A message of it begins on " + first + "; change that first");
              }
              if (last != null && LocalDate.parse(last).isAfter(campaign.endsOn())) {
                throw new InvalidInputException(
                    "ends", "A message of it goes on until " + last + "; change that first");
              }
            });
  }

  /** Whether a second person has been shown a message of it: then who speaks stays. */
  public boolean isRead(CampaignId id) {
    return db.sql(
                """
                SELECT count(*) FROM message m JOIN message_version v ON v.message = m.id
                WHERE m.campaign = ? AND v.discarded_at IS NULL
                  AND v.status NOT IN ('DRAFT', 'RETURNED')
                """)
            .param(id.value())
            .query(Integer.class)
            .single()
        > 0;
  }

  /** How many messages each has; those that have none are left out. */
  Map<CampaignId, Long> messages() {
    Map<CampaignId, Long> messages = new HashMap<>();
    db.sql("SELECT campaign, count(*) FROM message GROUP BY campaign")
        .query(
            row -> {
              messages.put(new CampaignId(row.getString(1)), row.getLong(2));
            });
    return messages;
  }

  /** An id that no campaign has, made of the title. */
  public CampaignId freeId(String title) {
    String words =
        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String base = words.isEmpty() ? "campaign" : words.substring(0, Math.min(words.length(), 50));
    CampaignId id = new CampaignId(base);
    for (int n = 2; NOT_IDS.contains(id.value()) || find(id).isPresent(); n++) {
      id = new CampaignId(base + "-" + n);
    }
    return id;
  }

  /** The campaign, when there is such a one. */
  public Optional<Campaign> find(CampaignId id) {
    return db.sql("SELECT * FROM campaign WHERE id = ?")
        .param(id.value())
        .query((row, n) -> campaign(row))
        .optional();
  }

  /**
   * The campaign.
   *
   * @throws InvalidInputException when there is no such campaign
   */
  public Campaign get(CampaignId id) {
    return find(id)
        .orElseThrow(() -> new InvalidInputException("campaign", "There is no campaign " + id));
  }

  /** All of them, the newest first. */
  public List<Campaign> all() {
    return db.sql("SELECT * FROM campaign ORDER BY starts_on DESC, id")
        .query((row, n) -> campaign(row))
        .list();
  }

  /**
   * @param before whose sender and contact may stay as they are, though older than their limits
   */
  private static void check(Campaign campaign, @Nullable Campaign before) {
    List<Problem> problems = new ArrayList<>();
    line("title", campaign.title(), "Enter a title", TITLE, problems);
    if (before == null || !before.sender().equals(campaign.sender().strip())) {
      line("sender", campaign.sender(), "Enter who speaks: every phone is told", LINE, problems);
    }
    if (before == null || !before.contact().equals(campaign.contact().strip())) {
      line("contact", campaign.contact(), "Enter how people can object or ask", LINE, problems);
    }
    boolean known = isKnown("starts", campaign.startsOn(), problems);
    if (!isKnown("ends", campaign.endsOn(), problems) || !known) {
      throw new InvalidInputException(problems);
    }
    if (campaign.endsOn().isBefore(campaign.startsOn())) {
      problems.add(new Problem("ends", "The last day must be the first day or later"));
    } else if (campaign.endsOn().isAfter(campaign.startsOn().plusDays(LONGEST_DAYS - 1L))) {
      problems.add(
          new Problem(
              "ends",
              "A campaign lasts %d days at most, because nodes delete after it what they know of phones"
                  .formatted(LONGEST_DAYS)));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static void line(
      String field, String words, String say, int longest, List<Problem> problems) {
    if (words.isBlank()) {
      problems.add(new Problem(field, say));
    } else if (words.strip().length() > longest) {
      problems.add(new Problem(field, "It must be " + longest + " characters or fewer"));
    } else if (words.strip().chars().anyMatch(Character::isISOControl)) {
      problems.add(new Problem(field, "It must be one line"));
    }
  }

  /** Whether a calendar of ours reaches there. */
  private static boolean isKnown(String field, LocalDate day, List<Problem> problems) {
    boolean known = KnownDays.contains(day);
    if (!known) {
      problems.add(new Problem(field, NOT_A_DAY));
    }
    return known;
  }

  private static Campaign campaign(ResultSet row) throws SQLException {
    return new Campaign(
        new CampaignId(row.getString("id")),
        row.getString("title"),
        row.getString("sender"),
        row.getString("contact"),
        LocalDate.parse(row.getString("starts_on")),
        LocalDate.parse(row.getString("ends_on")),
        row.getInt("edit"));
  }
}
