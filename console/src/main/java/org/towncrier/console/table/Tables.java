package org.towncrier.console.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.evaluation.Published;
import org.towncrier.console.event.Event;
import org.towncrier.console.event.Events;
import org.towncrier.console.message.MessageOverview;
import org.towncrier.console.message.MessageView;
import org.towncrier.console.node.LastNight;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.page.Csv;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.people.People;
import org.towncrier.console.people.Person;
import org.towncrier.console.people.Role;
import org.towncrier.console.plan.Plan;
import org.towncrier.protocol.NodeState;

/** Tables for spreadsheets (RFC 4180). Times are local, with their offset. */
@Service
public class Tables {
  private final MessageOverview messages;
  private final Campaigns campaigns;
  private final NodeOverview nodes;
  private final People people;
  private final Plan plan;
  private final Events events;
  private final LastNight lastNight;
  private final LocalTimes times;

  Tables(
      MessageOverview messages,
      Campaigns campaigns,
      NodeOverview nodes,
      People people,
      Plan plan,
      Events events,
      LastNight lastNight,
      LocalTimes times) {
    this.messages = messages;
    this.campaigns = campaigns;
    this.nodes = nodes;
    this.people = people;
    this.plan = plan;
    this.events = events;
    this.lastNight = lastNight;
    this.times = times;
  }

  /**
   * Every message that fits, the newest first.
   *
   * @param words as {@link MessageOverview#page} takes them
   */
  public Csv messages(String words, String status) {
    return messages(words, status, String::valueOf);
  }

  /** As {@link #messages}, with figures as they may leave the team. */
  public Csv messagesToTell(String words, String status) {
    return messages(words, status, exact -> Objects.toString(Published.count(exact), ""));
  }

  private Csv messages(String words, String status, LongFunction<String> figure) {
    Csv csv =
        new Csv()
            .row(
                "message",
                "title",
                "campaign",
                "campaign_title",
                "version",
                "status",
                "speaking",
                "kind",
                "priority",
                "text",
                "author",
                "submitted_by",
                "decided_by",
                "reason",
                "accepted");
    for (MessageView message : messages.page(words, status, 1, Integer.MAX_VALUE - 1)) {
      csv.row(
          message.id(),
          message.title(),
          message.campaign(),
          message.campaignTitle(),
          String.valueOf(message.number()),
          message.status(),
          message.speaking(),
          message.kind(),
          message.priority(),
          message.text(),
          message.author(),
          message.submittedBy(),
          message.decidedBy(),
          message.reason(),
          figure.apply(message.accepted()));
    }
    return csv;
  }

  /** Every campaign, the newest first. */
  public Csv campaigns() {
    Csv csv = new Csv().row("campaign", "title", "sender", "contact", "starts", "ends");
    for (Campaign campaign : campaigns.all()) {
      csv.row(
          campaign.id().value(),
          campaign.title(),
          campaign.sender(),
          campaign.contact(),
          campaign.startsOn().toString(),
          campaign.endsOn().toString());
    }
    return csv;
  }

  /** Every node, by site. */
  public Csv nodes() {
    Csv csv =
        new Csv()
            .row(
                "site",
                "site_name",
                "node",
                "presence",
                "since",
                "on_hold",
                "training",
                "told_revision",
                "applied_revision",
                "up_to_date",
                "silent_because",
                "adapters",
                "clock",
                "disk_free_bytes",
                "version",
                "phones_near",
                "reports_on_their_way",
                "said_so",
                "latitude",
                "longitude",
                "leaving_since",
                "last_night_seconds_by_adapter");
    List<NodeView> all = nodes.all();
    Map<String, List<LastNight.Looked>> looked = lastNight.of(all);
    for (NodeView node : all) {
      NodeState state = node.state();
      csv.row(
          node.site(),
          node.siteName(),
          node.node(),
          node.presence() == null ? "NEVER" : node.presence().name(),
          times.iso(node.presenceSince()),
          yes(node.hold() || node.siteHold()),
          yes(node.training()),
          String.valueOf(node.revision()),
          state == null ? "" : String.valueOf(state.revision()),
          yes(node.upToDate()),
          state == null || state.silentBecause() == null ? "" : state.silentBecause(),
          state == null
              ? ""
              : state.adapters().stream()
                  .map(adapter -> adapter.name() + " " + adapter.health())
                  .collect(Collectors.joining("; ")),
          state == null ? "" : (state.clock().trusted() ? "trusted" : "not trusted"),
          state == null ? "" : String.valueOf(state.disk().freeBytes()),
          state == null ? "" : state.version(),
          state == null ? "" : String.valueOf(state.phonesNear()),
          state == null ? "" : String.valueOf(state.unacknowledgedReports()),
          times.iso(node.stateAt()),
          node.position() == null ? "" : degrees(node.position().latitude()),
          node.position() == null ? "" : degrees(node.position().longitude()),
          times.iso(node.retiringSince()),
          looked.getOrDefault(node.id(), List.of()).stream()
              .map(night -> night.adapter() + " " + night.looked().toSeconds())
              .collect(Collectors.joining("; ")));
    }
    return csv;
  }

  /** Everybody with an account. */
  public Csv people() {
    Csv csv = new Csv().row("username", "name", "roles", "standing", "second_factor", "added");
    for (Person person : people.all()) {
      csv.row(
          person.username(),
          person.displayName(),
          person.roles().stream().sorted().map(Role::name).collect(Collectors.joining(" ")),
          !person.enabled() ? "DISABLED" : person.hasPassword() ? "ENABLED" : "NO_PASSWORD",
          yes(person.hasSecondFactor()),
          times.iso(person.createdAt()));
    }
    return csv;
  }

  /** Every event that is not over, the next first. */
  public Csv events() {
    Csv csv = new Csv().row("event", "name", "first", "last");
    for (Event event : events.ahead()) {
      csv.row(
          String.valueOf(event.id()),
          event.name(),
          event.first().toString(),
          event.last().toString());
    }
    return csv;
  }

  /** What is planned in so many nights, by site and night. */
  public Csv plan(LocalDate first, int nights) {
    Csv csv =
        new Csv()
            .row(
                "site",
                "site_name",
                "night",
                "from",
                "to",
                "message",
                "title",
                "priority",
                "paused",
                "nodes");
    for (Plan.Stretch part : plan.nights(first, nights)) {
      List<String> there = part.message().nodesAt(part.site().site());
      csv.row(
          part.site().site().value(),
          part.site().name(),
          part.night().toString(),
          times.iso(part.from()),
          times.iso(part.to()),
          part.message().id().value(),
          part.message().title(),
          part.message().priority().name(),
          yes(part.message().paused()),
          there.isEmpty() ? "all" : String.join(" ", there));
    }
    return csv;
  }

  /** Never with an exponent, which {@link Csv} would take for a formula. */
  private static String degrees(double value) {
    return BigDecimal.valueOf(value).toPlainString();
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }
}
