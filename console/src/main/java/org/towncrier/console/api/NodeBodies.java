package org.towncrier.console.api;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.node.LastNight;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.node.Position;
import org.towncrier.console.node.SiteView;
import org.towncrier.console.node.Trouble;
import org.towncrier.console.page.Problems;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Presence;

/** What programs send and are sent of sites and nodes. */
final class NodeBodies {
  private NodeBodies() {}

  @Says("How often a phone may be asked at a site")
  record Rules(
      @Says("Offers to one phone in one night, by all nodes of the site: 1 to 10")
          Integer offersPerNight,
      @Says("Tries for a phone that can't be reached: 1 to 10") Integer tries,
      @Says("Seconds between those: 10 to 43200") Integer retryAfterSeconds) {}

  @Says("A place on the map (WGS 84)")
  record Place(
      @Says("Degrees north: -90 to 90") Double latitude,
      @Says("Degrees east: -180 to 180") Double longitude) {

    static @Nullable Place of(@Nullable Position position) {
      return position == null ? null : new Place(position.latitude(), position.longitude());
    }

    /** Refused by field where there is no such place. */
    Position position() {
      Problems problems = new Problems();
      Optional<Position> position = Position.of(latitude, longitude, problems);
      MessageBodies.refuse(problems);
      return position.orElseThrow();
    }
  }

  @Says("A site and its nodes")
  record SiteBody(
      String id,
      @Says("What people call it") String name,
      @Says("Whether all of it was told to keep quiet") boolean hold,
      @Says("Whether all of it is in training") boolean training,
      Rules contactRules,
      @Says("Where it is; null when nobody said so") @Nullable Place position,
      @Says("The ids of its nodes") List<String> nodes) {

    static SiteBody of(SiteView site) {
      return new SiteBody(
          site.site().value(),
          site.name(),
          site.hold(),
          site.training(),
          new Rules(
              site.contact().offersPerNight(),
              site.contact().tries(),
              site.contact().retryAfterSeconds()),
          Place.of(site.position()),
          site.nodes().stream().map(NodeView::node).toList());
    }
  }

  @Says("A Bluetooth adapter")
  record AdapterBody(String name, NodeState.Adapter.Health health, String detail) {}

  @Says("A message that a node has")
  record Had(String message, NodeState.MessageState.Status status) {}

  @Says("The last command that a node took, and what came of it")
  record Command(
      @Says("As it was named when it was given") String command,
      NodeState.CommandState.Status status,
      @Says("For a person to read") String detail,
      Instant at) {

    static @Nullable Command of(NodeState.@Nullable CommandState said) {
      return said == null
          ? null
          : new Command(said.id().toString(), said.status(), said.detail(), said.at());
    }
  }

  @Says("The hours in which a node may ask phones, local")
  record Hours(
      LocalTime start,
      @Says("On the next day when it is not after start; the same means all day") LocalTime end,
      String zone) {

    static Hours of(NodeState.PermittedHours hours) {
      return new Hours(hours.start(), hours.end(), hours.zone().getId());
    }
  }

  @Says("How long an adapter looked for phones in the last whole night, noon to noon")
  record AdapterNight(
      String adapter,
      long seconds,
      @Says("Of the permitted hours, in percent; an adapter pauses between looks") long share) {

    static AdapterNight of(LastNight.Looked night) {
      return new AdapterNight(night.adapter(), night.looked().toSeconds(), night.share());
    }
  }

  @Says("Something about a node that somebody should look at")
  record TroubleBody(
      @Says("What is wrong, for a person to read") String words,
      @Says("What to do about it") String advice) {

    static TroubleBody of(Trouble trouble) {
      return new TroubleBody(trouble.words(), trouble.advice());
    }
  }

  @Says("What a node said last of itself")
  record Said(
      @Says("When the console heard it") @Nullable Instant at,
      @Says("Of the broadcaster") String version,
      @Says("Of the schedule it applies") long revision,
      @Says("Why it offers nothing at all now; null when it may") @Nullable String silentBecause,
      List<Had> messages,
      boolean clockTrusted,
      List<AdapterBody> adapters,
      long diskFreeBytes,
      boolean diskWritable,
      long unacknowledgedReports,
      @Says("Phones that answered its last looks, about") int phonesNear,
      @Says("Null when it took none since it started") @Nullable Command command,
      @Says("Nodes that have yet to speak before it asks all phones of its share")
          List<String> waitsFor,
      @Says("How many phones stand on its test list; null from an older node")
          @Nullable Integer testPhones) {

    static Said of(NodeState state, @Nullable Instant at) {
      return new Said(
          at,
          state.version(),
          state.revision(),
          state.silentBecause(),
          state.messages().stream().map(m -> new Had(m.id().value(), m.status())).toList(),
          state.clock().trusted(),
          state.adapters().stream()
              .map(adapter -> new AdapterBody(adapter.name(), adapter.health(), adapter.detail()))
              .toList(),
          state.disk().freeBytes(),
          state.disk().writable(),
          state.unacknowledgedReports(),
          state.phonesNear(),
          Command.of(state.command()),
          state.waitsFor() == null
              ? List.of()
              : state.waitsFor().stream().map(NodeId::value).toList(),
          state.testPhones());
    }
  }

  @Says("A message that a node is not told, for want of room")
  record LeftOut(String message, String title) {

    static List<LeftOut> of(Map<String, String> titles) {
      return titles.entrySet().stream()
          .map(each -> new LeftOut(each.getKey(), each.getValue()))
          .toList();
    }
  }

  @Says("A node: what it was told beside what it does")
  record NodeBody(
      String site,
      String node,
      @Says("Null when it has never connected") Presence.@Nullable Status presence,
      @Nullable Instant presenceSince,
      @Says("Whether the node itself was told to keep quiet") boolean hold,
      @Says("Whether its site was") boolean siteHold,
      @Says("Whether it or its site is in training") boolean training,
      @Says("Of the schedule it was told last; 0 for none") long toldRevision,
      @Nullable Instant validUntil,
      @Says("Whether it applies what it was told") boolean upToDate,
      @Says("Why nothing newer could be published, or not all of it: see leftOut")
          @Nullable String problem,
      @Says("What its schedule has no room for; it is told the rest") List<LeftOut> leftOut,
      @Says("Where it hangs; null when nobody said so") @Nullable Place position,
      @Says("Since when it is being taken out of its site; null for a node that stays")
          @Nullable Instant leavingSince,
      @Says("By its own file; by the console's settings while it has not said")
          Hours permittedHours,
      @Says("Each adapter that looked") List<AdapterNight> lastNight,
      List<TroubleBody> troubles,
      @Nullable Said said) {

    static NodeBody of(
        NodeView view,
        NodeState.PermittedHours hours,
        List<LastNight.Looked> lastNight,
        List<Trouble> troubles) {
      return new NodeBody(
          view.site(),
          view.node(),
          view.presence(),
          view.presenceSince(),
          view.hold(),
          view.siteHold(),
          view.training(),
          view.revision(),
          view.validUntil(),
          view.upToDate(),
          view.problem(),
          LeftOut.of(view.leftOut()),
          Place.of(view.position()),
          view.retiringSince(),
          Hours.of(hours),
          lastNight.stream().map(AdapterNight::of).toList(),
          troubles.stream().map(TroubleBody::of).toList(),
          view.state() == null ? null : Said.of(view.state(), view.stateAt()));
    }
  }

  @Says("Whether something is in training")
  record Training(@Says("Begins it, or ends it") Boolean training) {}

  @Says("A message to offer to a node's own test phones")
  record Test(@Says("One that the node has") String message) {}

  @Says("A command that a node was given")
  record Given(@Says("Names it in what the node says of itself") String command) {}
}
