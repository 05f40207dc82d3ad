package org.towncrier.console.message;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.publish.OnAir;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Variant;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.VariantId;
import org.towncrier.protocol.Window;

/** What nodes are to say: versions that a second person approved and whose windows are not over. */
@Component
class OnAirMessages implements OnAir {
  private final VersionStore versions;
  private final Campaigns campaigns;
  private final ConsoleSettings settings;
  private final InstantSource clock;

  /** Of versions that may speak. They do not change any more, and pictures are large. */
  private final Map<String, Made> made = new ConcurrentHashMap<>();

  private record Made(int number, ScheduledMessage message) {}

  OnAirMessages(
      VersionStore versions, Campaigns campaigns, ConsoleSettings settings, InstantSource clock) {
    this.versions = versions;
    this.campaigns = campaigns;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public List<ScheduledMessage> messagesFor(SiteId site, NodeId node, Instant at) {
    Set<CampaignId> current =
        campaigns.all().stream()
            .filter(campaign -> isCurrent(campaign, at))
            .map(Campaign::id)
            .collect(Collectors.toSet());
    return versions.speaking(site, node).stream()
        .filter(version -> version.windows().stream().anyMatch(w -> lasts(w, at)))
        .map(this::scheduled)
        .filter(message -> current.contains(message.campaign()))
        .toList();
  }

  /** Lets go of the pictures of what may speak no more. */
  void forgetPast() {
    made.keySet()
        .retainAll(
            versions.standing().stream()
                .map(standing -> standing.message().value())
                .collect(Collectors.toSet()));
  }

  @Override
  public List<org.towncrier.protocol.Campaign> campaigns() {
    Instant now = clock.instant();
    return campaigns.all().stream()
        .filter(campaign -> isCurrent(campaign, now))
        .map(c -> new org.towncrier.protocol.Campaign(c.id(), endOf(c)))
        .toList();
  }

  private static boolean lasts(Window window, Instant at) {
    return window.isOpen(at) || window.nextChange(at).isPresent();
  }

  private ScheduledMessage scheduled(VersionStore.Standing standing) {
    return made.compute(
            standing.message().value(),
            (id, before) ->
                before != null && before.number() == standing.number()
                    ? before
                    : new Made(
                        standing.number(),
                        make(versions.one(standing.message(), standing.number()).orElseThrow())))
        .message();
  }

  private ScheduledMessage make(MessageVersion version) {
    Campaign campaign = campaigns.get(version.campaign());
    Draft draft = version.draft();
    List<MessageObject> objects =
        draft.wordings().stream()
            .map(wording -> MessageObjects.of(draft.kind(), wording, campaign))
            .toList();
    List<VariantId> ids = Variants.of(draft);
    return new ScheduledMessage(
        version.message(),
        version.campaign(),
        draft.priority(),
        objects.get(0),
        draft.windows(),
        ids.isEmpty()
            ? null
            : IntStream.range(0, ids.size())
                .mapToObj(n -> new Variant(ids.get(n), n == 0 ? null : objects.get(n)))
                .toList());
  }

  /** From a day before it starts: nodes take no campaign that ends more than 92 days ahead. */
  private boolean isCurrent(Campaign campaign, Instant at) {
    Instant begins = campaign.startsOn().minusDays(1).atStartOfDay(settings.zone()).toInstant();
    return !at.isBefore(begins) && at.isBefore(endOf(campaign));
  }

  /** Noon after the last night. */
  private Instant endOf(Campaign campaign) {
    return campaign.endsOn().plusDays(1).atTime(LocalTime.NOON).atZone(settings.zone()).toInstant();
  }
}
