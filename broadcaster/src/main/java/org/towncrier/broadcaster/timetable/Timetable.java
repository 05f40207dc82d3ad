package org.towncrier.broadcaster.timetable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.NodeState.MessageState.Status;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.Window;

/**
 * What one schedule says about any moment: which messages are on air, in which order, and when that
 * changes next. It knows no clock, and nothing of the node but its permitted hours.
 */
public final class Timetable {
  private final NodeSchedule schedule;
  private final Window permittedHours;
  private final List<ScheduledMessage> inOrder;
  private final Map<CampaignId, Instant> campaignEnds;

  /** The last stretch asked about: a node asks about the same one many times a second. */
  private volatile @Nullable Stretch last;

  /** A stretch of time in which no answer changes; without an end, {@code until} is the last. */
  private record Stretch(
      Instant from, Instant until, boolean permitted, List<ScheduledMessage> due) {
    boolean covers(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  /**
   * The timetable of a schedule.
   *
   * @param permittedHours outside which the node offers nothing, whatever the schedule says
   */
  public Timetable(NodeSchedule schedule, Window permittedHours) {
    this.schedule = schedule;
    this.permittedHours = permittedHours;
    this.inOrder =
        schedule.messages().stream()
            .sorted(Comparator.comparing(ScheduledMessage::priority).reversed())
            .toList();
    this.campaignEnds =
        schedule.campaigns().stream()
            .collect(
                Collectors.toMap(Campaign::id, Campaign::endsAt, (a, b) -> a.isBefore(b) ? a : b));
  }

  /** The schedule it was made of. */
  public NodeSchedule schedule() {
    return schedule;
  }

  /** What to offer at that moment, the most important first; nothing while silent. */
  public List<ScheduledMessage> onAir(Instant at) {
    return silentBecause(at).isPresent() ? List.of() : due(at);
  }

  /** What would be offered if the node were not silent: messages in an open window. */
  public List<ScheduledMessage> due(Instant at) {
    return stretch(at).due();
  }

  /**
   * Why nothing may be offered at that moment, as far as schedule and hours say; worded to follow
   * "The node".
   */
  public Optional<String> silentBecause(Instant at) {
    if (!at.isBefore(schedule.validUntil())) {
      return Optional.of(
          "has a schedule that was valid until "
              + schedule.validUntil()
              + " and the console has sent no newer one");
    }
    if (schedule.hold()) {
      return Optional.of("is on hold");
    }
    return isPermitted(at) ? Optional.empty() : Optional.of(NodeState.OUTSIDE_PERMITTED_HOURS);
  }

  /** Whether that moment lies in the permitted hours. */
  public boolean isPermitted(Instant at) {
    return stretch(at).permitted();
  }

  /** The first moment after that one at which any answer of this timetable may change. */
  public Optional<Instant> nextChange(Instant after) {
    Instant until = stretch(after).until();
    return until.equals(Instant.MAX) ? Optional.empty() : Optional.of(until);
  }

  private Stretch stretch(Instant at) {
    Stretch known = last;
    if (known == null || !known.covers(at)) {
      known =
          new Stretch(
              at,
              changeAfter(at).orElse(Instant.MAX),
              permittedHours.isOpen(at),
              inOrder.stream().filter(message -> isDue(message, at)).toList());
      last = known;
    }
    return known;
  }

  private Optional<Instant> changeAfter(Instant after) {
    Stream<Instant> windows =
        inOrder.stream()
            .flatMap(message -> message.windows().stream())
            .map(window -> window.nextChange(after))
            .flatMap(Optional::stream);
    Stream<Instant> bounds =
        Stream.concat(Stream.of(schedule.validUntil()), campaignEnds.values().stream());
    return Stream.of(windows, bounds, permittedHours.nextChange(after).stream())
        .flatMap(Function.identity())
        .filter(moment -> moment.isAfter(after))
        .min(Comparator.naturalOrder());
  }

  /** What becomes of a message of this schedule at that moment. */
  public Status statusOf(ScheduledMessage message, Instant at) {
    if (isDue(message, at)) {
      return silentBecause(at).isPresent() ? Status.SILENT : Status.ON_AIR;
    }
    Instant end = campaignEnd(message);
    boolean opensAgain =
        message.windows().stream()
            .map(window -> window.nextChange(at))
            .flatMap(Optional::stream)
            .anyMatch(opening -> opening.isBefore(end));
    return opensAgain && at.isBefore(end) ? Status.WAITING : Status.ENDED;
  }

  private boolean isDue(ScheduledMessage message, Instant at) {
    return at.isBefore(campaignEnd(message)) && message.onAir(at);
  }

  /** The schedule refuses a message whose campaign it does not name. */
  private Instant campaignEnd(ScheduledMessage message) {
    return campaignEnds.getOrDefault(message.campaign(), Instant.MIN);
  }
}
