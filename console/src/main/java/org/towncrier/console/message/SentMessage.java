package org.towncrier.console.message;

import java.time.Instant;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;

/**
 * A message that phones of the public were really offered. Without its words: they may have ended.
 *
 * @param file the file's name, which is what a phone's owner remembers; all of them, where several
 *     wordings have different ones
 * @param standing what became of it
 * @param lastOffered the hour in which a phone was offered it last
 */
public record SentMessage(
    MessageId message, CampaignId campaign, String file, Standing standing, Instant lastOffered) {

  /** What became of it. */
  public enum Standing {
    /** Approved still: on air, or it may be again. */
    APPROVED,
    /** Its time is over. */
    ENDED,
    /** A person stopped it. */
    WITHDRAWN
  }
}
