package org.towncrier.console.noticeboard;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.message.ApprovedWords;
import org.towncrier.console.message.Contact;
import org.towncrier.console.message.MessageKind;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SiteId;

/**
 * A message as some node may offer it now or later, for readers.
 *
 * @param campaign who speaks, and how to object
 * @param message exactly what nodes are told
 * @param campaignEnds from when nodes offer it no more, whatever its windows
 * @param words what readers need beside the file
 * @param sites where a node may offer it: one that is not held, and not in training
 */
record Notice(
    String code,
    Campaign campaign,
    ScheduledMessage message,
    Instant campaignEnds,
    ApprovedWords words,
    Set<SiteId> sites) {
  Notice {
    sites = Set.copyOf(sites);
  }

  /** By the rule of a node's own timetable. */
  boolean onAir(Instant at) {
    return at.isBefore(campaignEnds) && message.onAir(at);
  }

  /** The file's name, which a phone asks its owner about. */
  public String file() {
    return message.object().name();
  }

  /** To the letter what a phone receives; null unless it is a text. */
  public @Nullable String text() {
    return words.kind() == MessageKind.TEXT
        ? new String(message.object().content(), StandardCharsets.UTF_8)
        : null;
  }

  /** The card's numbers; null unless it is one. */
  public @Nullable Contact card() {
    return words.contact();
  }

  /** What a picture shows, in words; null unless it is one, and empty when nobody wrote any. */
  public @Nullable String picture() {
    return words.kind() == MessageKind.IMAGE ? words.text().strip() : null;
  }
}
