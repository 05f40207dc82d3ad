package org.towncrier.broadcaster.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.SiteId;

/** What a schedule must be for this node to obey it, beyond its signature and its form. */
record ScheduleRules(SiteId site, NodeId node) {
  /** Twice what the console sets and some: a schedule for years is a mistake, or a theft. */
  static final Duration LONGEST_VALIDITY = Duration.ofDays(31);

  /** How long pseudonyms of a campaign may be kept. */
  static final Duration LONGEST_CAMPAIGN = Duration.ofDays(92);

  /** Clocks differ; a console a day ahead of its nodes is broken. */
  static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  /** Why it is not obeyed, whatever the time; or nothing. */
  Optional<String> objection(NodeSchedule schedule) {
    if (!schedule.site().equals(site) || !schedule.node().equals(node)) {
      return Optional.of(
          "it is meant for %s/%s, and this is %s/%s"
              .formatted(schedule.site(), schedule.node(), site, node));
    }
    if (!schedule.validUntil().isAfter(schedule.issuedAt())) {
      return Optional.of(
          "it is valid until %s, before it was issued (%s)"
              .formatted(schedule.validUntil(), schedule.issuedAt()));
    }
    if (schedule.validUntil().isAfter(schedule.issuedAt().plus(LONGEST_VALIDITY))) {
      return Optional.of(
          "it would be valid for more than %d days".formatted(LONGEST_VALIDITY.toDays()));
    }
    return schedule.campaigns().stream()
        .filter(campaign -> tooLong(campaign, schedule.issuedAt()))
        .findFirst()
        .map(
            campaign ->
                "campaign %s ends on %s, more than %d days ahead"
                    .formatted(campaign.id(), campaign.endsAt(), LONGEST_CAMPAIGN.toDays()));
  }

  /** Why it is not obeyed at this time, which must be right; or nothing. */
  Optional<String> objection(NodeSchedule schedule, Instant now) {
    if (!now.isBefore(schedule.validUntil())) {
      return Optional.of("it was valid until %s only".formatted(schedule.validUntil()));
    }
    if (schedule.issuedAt().isAfter(now.plus(CLOCKS_DIFFER))) {
      return Optional.of(
          "it was issued at %s, a day or more after now (%s): look at the console's clock"
              .formatted(schedule.issuedAt(), now));
    }
    return Optional.empty();
  }

  private static boolean tooLong(Campaign campaign, Instant issuedAt) {
    return campaign.endsAt().isAfter(issuedAt.plus(LONGEST_CAMPAIGN));
  }
}
