package org.towncrier.console.message;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.writing.Check;
import org.towncrier.console.writing.SensitiveTopic;
import org.towncrier.console.writing.WritingChecks;
import org.towncrier.protocol.MessageId;

/**
 * Who may say yes to what: an approver, and to a sensitive topic a senior one. That it is not
 * somebody who wrote it is {@link Messages}' own rule.
 */
@Service
public class Approvals {
  private final Messages messages;
  private final Campaigns campaigns;
  private final WritingChecks checks;

  Approvals(Messages messages, Campaigns campaigns, WritingChecks checks) {
    this.messages = messages;
    this.campaigns = campaigns;
    this.checks = checks;
  }

  /**
   * As {@link Messages#approve}.
   *
   * @param who an approver's username
   * @param senior whether they decide on sensitive topics, too
   * @throws NotAllowedException when they may not decide on this one
   */
  public MessageVersion approve(String who, boolean senior, MessageId id, int edit) {
    messages
        .find(id)
        .flatMap(this::topic)
        .filter(topic -> !senior)
        .ifPresent(
            topic -> {
              throw new NotAllowedException(
                  "This message touches on %s, so a senior approver must approve it."
                      .formatted(topic.words()));
            });
    return messages.approve(who, id, edit);
  }

  /** What a careful colleague would say of its words, what blocks first. */
  public List<Check> checks(MessageVersion version) {
    return new DraftChecks(version.draft(), campaigns.get(version.campaign()), checks).all();
  }

  /** What of it is sensitive; nothing when nothing is. */
  public Optional<SensitiveTopic> topic(MessageVersion version) {
    return DraftChecks.topic(version.draft(), campaigns.get(version.campaign()));
  }
}
