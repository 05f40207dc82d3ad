package org.towncrier.console.noticeboard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.message.PublicRecord;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.SiteView;
import org.towncrier.console.publish.OnAir;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

/**
 * Reads what the public may know. What is to be said comes from where nodes' schedules come from,
 * node by node, so that the board cannot say what no node was told.
 */
@Component
class BoardReader {
  /** So long after a campaign's end somebody may still ask what it was. */
  private static final int REMEMBERED_DAYS = 30;

  private final OnAir onAir;
  private final Nodes nodes;
  private final Campaigns campaigns;
  private final PublicRecord record;
  private final Window permittedHours;
  private final ZoneId zone;

  BoardReader(
      OnAir onAir,
      Nodes nodes,
      Campaigns campaigns,
      PublicRecord record,
      ConsoleSettings settings) {
    this.onAir = onAir;
    this.nodes = nodes;
    this.campaigns = campaigns;
    this.record = record;
    this.zone = settings.zone();
    this.permittedHours =
        Window.daily(settings.permittedHours().start(), settings.permittedHours().end(), zone);
  }

  Board read(Instant at) {
    List<SiteView> sites = nodes.sites();
    return new Board(
        at,
        permittedHours,
        sites.stream().map(Board.Site::of).toList(),
        notices(sites, at),
        record.sent(LocalDate.ofInstant(at, zone).minusDays(REMEMBERED_DAYS)).stream()
            .map(
                sent ->
                    new Board.Sent(
                        NoticeCode.of(sent.message()), campaigns.get(sent.campaign()), sent))
            .toList());
  }

  private List<Notice> notices(List<SiteView> sites, Instant at) {
    Map<CampaignId, Instant> ends =
        onAir.campaigns().stream()
            .collect(
                Collectors.toMap(
                    org.towncrier.protocol.Campaign::id, org.towncrier.protocol.Campaign::endsAt));
    Map<MessageId, ScheduledMessage> messages = new LinkedHashMap<>();
    Map<MessageId, Set<SiteId>> where = new LinkedHashMap<>();
    for (SiteView site : sites) {
      for (NodeView node : site.nodes()) {
        if (!speaks(site, node)) {
          continue;
        }
        for (ScheduledMessage message :
            onAir.messagesFor(site.site(), new NodeId(node.node()), at)) {
          if (node.leftOut().containsKey(message.id().value())) {
            continue; // There was no room for it: no phone is offered it there.
          }
          messages.put(message.id(), message);
          where.computeIfAbsent(message.id(), id -> new LinkedHashSet<>()).add(site.site());
        }
      }
    }
    List<Notice> notices = new ArrayList<>();
    for (ScheduledMessage message : messages.values()) {
      Instant end = ends.getOrDefault(message.campaign(), Instant.MIN);
      Campaign campaign = campaigns.get(message.campaign());
      record
          .approved(message.id())
          .map(
              words ->
                  new Notice(
                      NoticeCode.of(message.id()),
                      campaign,
                      message,
                      end,
                      words,
                      where.getOrDefault(message.id(), Set.of())))
          // Another version was approved between the two reads: the next read has it whole.
          .filter(Notice::holdsTogether)
          .ifPresent(notices::add);
    }
    return notices;
  }

  /** Whether a node may offer anything to the public. */
  private static boolean speaks(SiteView site, NodeView node) {
    return !node.retiring()
        && !site.hold()
        && !node.hold()
        && !node.siteHold()
        && !site.training()
        && !node.training();
  }
}
