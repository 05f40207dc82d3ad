package org.towncrier.console.campaignfile;

import java.util.List;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.message.Draft;
import org.towncrier.protocol.MessageId;

/**
 * What a campaign file says.
 *
 * @param lines where it says it
 */
public record CampaignFile(Campaign campaign, List<Message> messages, Lines lines) {
  public CampaignFile {
    messages = List.copyOf(messages);
  }

  /** One that no file says. */
  public CampaignFile(Campaign campaign, List<Message> messages) {
    this(campaign, messages, Lines.NONE);
  }

  /** One message of it. */
  public record Message(MessageId id, Draft draft) {}
}
