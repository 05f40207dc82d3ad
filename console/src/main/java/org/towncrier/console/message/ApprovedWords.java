package org.towncrier.console.message;

import java.util.List;
import org.towncrier.console.campaign.Campaign;

/**
 * What readers need beside the file that phones receive, of a version that a second person
 * approved.
 *
 * @param kind what the file is
 * @param wordings each of which some phone may have been offered
 * @param reworded whether other approved words went out before these
 */
public record ApprovedWords(MessageKind kind, List<Wording> wordings, boolean reworded) {
  public ApprovedWords {
    wordings = List.copyOf(wordings);
  }

  /** What phones receive of a text, part by part. */
  public static List<Block> blocks(Wording wording, Campaign campaign) {
    return Block.of(wording.texts(), campaign);
  }
}
