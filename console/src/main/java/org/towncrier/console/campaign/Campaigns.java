package org.towncrier.console.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.CampaignId;

/** The campaigns there are. */
@Service
public class Campaigns {
  /**
   * Nodes keep pseudonyms 92 days at most; a campaign reaches them a day early and ends at noon.
   */
  static final int LONGEST_DAYS = 90;

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
    check(campaign);
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

  private static void check(Campaign campaign) {
    List<Problem> problems = new ArrayList<>();
    if (campaign.title().isBlank()) {
      problems.add(new Problem("title", "Enter a title"));
    }
    if (campaign.sender().isBlank()) {
      problems.add(new Problem("sender", "Enter who speaks: every phone is told"));
    }
    if (campaign.contact().isBlank()) {
      problems.add(new Problem("contact", "Enter how people can object or ask"));
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

  private static Campaign campaign(ResultSet row) throws SQLException {
    return new Campaign(
        new CampaignId(row.getString("id")),
        row.getString("title"),
        row.getString("sender"),
        row.getString("contact"),
        LocalDate.parse(row.getString("starts_on")),
        LocalDate.parse(row.getString("ends_on")));
  }
}
