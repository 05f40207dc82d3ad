package org.towncrier.console.campaignfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;
import org.towncrier.console.message.Messages;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.CampaignId;

/** Takes in and gives out campaigns with their messages. */
@Service
public class CampaignFiles {
  private static final Pattern FIELD =
      Pattern.compile(
          "(file|text|language|image|contactName|contactNumbers)(?:-([0-9])(?:-([0-9]))?)?");

  private final Campaigns campaigns;
  private final Messages messages;
  private final Transactions transactions;
  private final ConsoleSettings settings;

  CampaignFiles(
      Campaigns campaigns, Messages messages, Transactions transactions, ConsoleSettings settings) {
    this.campaigns = campaigns;
    this.messages = messages;
    this.transactions = transactions;
    this.settings = settings;
  }

  /**
   * Reads a campaign file without taking it in.
   *
   * @throws InvalidInputException with every problem and its path in the file
   */
  public CampaignFile read(String yaml) {
    return CampaignYaml.read(yaml, settings.zone());
  }

  /**
   * Takes in a campaign whole or not at all. Its messages are drafts, written by that person: each
   * still needs somebody else's approval.
   *
   * @throws InvalidInputException with every problem and its path in the file
   */
  public void take(String who, CampaignFile file) {
    transactions.run(
        () -> {
          campaigns.create(who, file.campaign());
          List<Problem> problems = new ArrayList<>();
          for (int n = 0; n < file.messages().size(); n++) {
            CampaignFile.Message message = file.messages().get(n);
            try {
              messages.create(who, file.campaign().id(), message.id(), message.draft());
            } catch (InvalidInputException wrong) {
              String path = "messages[" + n + "].";
              wrong
                  .problems()
                  .forEach(p -> problems.add(new Problem(path + key(p.field()), p.message())));
            }
          }
          if (!problems.isEmpty()) {
            throw file.lines().in(problems);
          }
        });
  }

  /** Where the file has what a form has a field for. */
  private static String key(String field) {
    Matcher of = FIELD.matcher(field);
    if (!of.matches()) {
      return field;
    }
    String wording =
        of.group(2) == null || of.group(2).equals("1")
            ? ""
            : "otherWordings[" + (Integer.parseInt(of.group(2)) - 2) + "].";
    String text = of.group(3) == null ? "" : "s[" + (Integer.parseInt(of.group(3)) - 1) + "]";
    return wording
        + switch (of.group(1)) {
          case "file" -> "object";
          case "contactName" -> "card.name";
          case "contactNumbers" -> "card.numbers";
          case "language" -> "text" + text + ".language";
          case "text" -> "text" + text;
          default -> of.group(1);
        };
  }

  /**
   * A campaign as a file: the newest version of each message.
   *
   * @throws InvalidInputException when there is no such campaign
   */
  public String write(CampaignId id) {
    return CampaignYaml.write(
        new CampaignFile(
            campaigns.get(id),
            messages.of(id).stream()
                .map(version -> new CampaignFile.Message(version.message(), version.draft()))
                .toList()));
  }
}
