package org.towncrier.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one node should do: its whole desired state. What is not in it is not offered.
 *
 * @param revision grows with every change; a node never goes back
 * @param issuedAt when the console made it
 * @param validUntil when the node falls silent unless a newer one came
 * @param hold whether the node keeps quiet until told otherwise
 * @param training whether offers go only to the node's test list, and count apart
 * @param contact the contact rules of the site
 * @param siteNodes every node of the site, this one included: phones are shared out among them
 * @param heardNodes those of them that the console has ever heard of: a node that takes over phones
 *     asks them first. Null when the console does not say; then it asks all
 * @param campaigns the campaigns that messages name, with their ends
 * @param messages what to offer, and when
 */
public record NodeSchedule(
    SiteId site,
    NodeId node,
    long revision,
    Instant issuedAt,
    Instant validUntil,
    boolean hold,
    boolean training,
    ContactRules contact,
    List<NodeId> siteNodes,
    @Nullable List<NodeId> heardNodes,
    List<Campaign> campaigns,
    List<ScheduledMessage> messages) {

  public NodeSchedule {
    siteNodes = List.copyOf(siteNodes);
    heardNodes = heardNodes == null ? null : List.copyOf(heardNodes);
    campaigns = List.copyOf(campaigns);
    messages = List.copyOf(messages);
    if (revision < 1) {
      throw new IllegalArgumentException("revision starts at 1, not " + revision);
    }
    if (!siteNodes.contains(node)) {
      throw new IllegalArgumentException("siteNodes does not name this node, " + node);
    }
    if (messages.stream().map(ScheduledMessage::id).distinct().count() != messages.size()) {
      throw new IllegalArgumentException("messages holds one id twice");
    }
    List<CampaignId> known = campaigns.stream().map(Campaign::id).toList();
    messages.stream()
        .filter(message -> !known.contains(message.campaign()))
        .findFirst()
        .ifPresent(
            message -> {
              throw new IllegalArgumentException(
                  "message %s names campaign %s, which campaigns lacks"
                      .formatted(message.id(), message.campaign()));
            });
  }

  /** For a node of whose site no other has been heard. */
  public NodeSchedule(
      SiteId site,
      NodeId node,
      long revision,
      Instant issuedAt,
      Instant validUntil,
      boolean hold,
      boolean training,
      ContactRules contact,
      List<NodeId> siteNodes,
      List<Campaign> campaigns,
      List<ScheduledMessage> messages) {
    this(
        site,
        node,
        revision,
        issuedAt,
        validUntil,
        hold,
        training,
        contact,
        siteNodes,
        List.of(),
        campaigns,
        messages);
  }
}
