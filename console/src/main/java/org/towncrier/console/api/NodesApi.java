package org.towncrier.console.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;
import org.towncrier.console.node.ContactRulesForm;
import org.towncrier.console.node.NodeCommands;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.SiteView;
import org.towncrier.console.page.Problems;
import org.towncrier.console.table.Tables;
import org.towncrier.console.token.Caller;
import org.towncrier.console.token.Scope;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.SiteId;

/** Sites and nodes: what they were told, and what they say of themselves. */
@RestController
@RequestMapping(path = ApiSecurity.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
class NodesApi {
  private final Nodes nodes;
  private final NodeOverview overview;
  private final ObjectProvider<NodeCommands> commands;
  private final Tables tables;

  NodesApi(
      Nodes nodes, NodeOverview overview, ObjectProvider<NodeCommands> commands, Tables tables) {
    this.nodes = nodes;
    this.overview = overview;
    this.commands = commands;
    this.tables = tables;
  }

  @Says("How often a phone may be asked at a site")
  record Rules(
      @Says("Offers to one phone in one night, by all nodes of the site: 1 to 10")
          Integer offersPerNight,
      @Says("Tries for a phone that can't be reached: 1 to 10") Integer tries,
      @Says("Seconds between those: 10 to 43200") Integer retryAfterSeconds) {}

  @Says("A site and its nodes")
  record SiteBody(
      String id,
      @Says("What people call it") String name,
      @Says("Whether all of it was told to keep quiet") boolean hold,
      @Says("Whether all of it is in training") boolean training,
      Rules contactRules,
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
          site.nodes().stream().map(NodeView::node).toList());
    }
  }

  @Says("A Bluetooth adapter")
  record AdapterBody(String name, NodeState.Adapter.Health health, String detail) {}

  @Says("A message that a node has")
  record Had(String message, NodeState.MessageState.Status status) {}

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
      @Says("Phones that answered its last looks, about") int phonesNear) {

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
          state.phonesNear());
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
      @Says("Why nothing newer could be published") @Nullable String problem,
      @Nullable Said said) {

    static NodeBody of(NodeView view) {
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
          view.state() == null ? null : Said.of(view.state(), view.stateAt()));
    }
  }

  @Says("Whether something is in training")
  record Training(@Says("Begins it, or ends it") Boolean training) {}

  @Says("A message to offer to a node's own test phones")
  record Test(@Says("One that the node has") String message) {}

  @Says("A command that a node was given")
  record Given(@Says("Names it in what the node says of itself") String command) {}

  @Endpoint(scope = Scope.NODES_READ, says = "Lists sites, by name")
  @GetMapping("/sites")
  Listing<SiteBody> sites(
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(nodes.sites().stream().map(SiteBody::of).toList(), page, size);
  }

  @Endpoint(scope = Scope.NODES_READ, says = "One site")
  @GetMapping("/sites/{site}")
  SiteBody site(@PathVariable String site) {
    return SiteBody.of(existing(site));
  }

  @Endpoint(scope = Scope.NODES_HOLD, says = "Tells every node of a site to keep quiet")
  @PostMapping("/sites/{site}/hold")
  SiteBody holdSite(@PathVariable String site, @AuthenticationPrincipal Caller caller) {
    nodes.hold(existing(site).site(), null, caller.username());
    return site(site);
  }

  @Endpoint(
      scope = Scope.NODES_WRITE,
      says = "Takes a site's hold back; nodes that are on hold themselves stay so")
  @PostMapping("/sites/{site}/resume")
  SiteBody resumeSite(@PathVariable String site, @AuthenticationPrincipal Caller caller) {
    nodes.resume(existing(site).site(), null, caller.username());
    return site(site);
  }

  @Endpoint(
      scope = Scope.NODES_WRITE,
      says = "Begins or ends training at a whole site: offers to the team's own phones alone")
  @PutMapping(path = "/sites/{site}/training", consumes = MediaType.APPLICATION_JSON_VALUE)
  SiteBody trainSite(
      @PathVariable String site,
      @RequestBody Training body,
      @AuthenticationPrincipal Caller caller) {
    nodes.training(existing(site).site(), null, body.training(), caller.username());
    return site(site);
  }

  @Endpoint(scope = Scope.NODES_WRITE, says = "Says how often a phone may be asked at a site")
  @PutMapping(path = "/sites/{site}/contact-rules", consumes = MediaType.APPLICATION_JSON_VALUE)
  SiteBody rules(
      @PathVariable String site, @RequestBody Rules body, @AuthenticationPrincipal Caller caller) {
    SiteId id = existing(site).site();
    Problems problems = new Problems();
    Optional<ContactRules> rules =
        new ContactRulesForm(
                body.offersPerNight().toString(),
                body.tries().toString(),
                body.retryAfterSeconds().toString())
            .read(problems);
    MessageBodies.refuse(
        problems.all().entrySet().stream()
            .map(wrong -> new Problem(wrong.getKey(), wrong.getValue()))
            .toList());
    nodes.contactRules(id, rules.orElseThrow(), caller.username());
    return site(site);
  }

  @Endpoint(scope = Scope.NODES_READ, says = "Lists nodes, by site")
  @GetMapping("/nodes")
  Listing<NodeBody> list(
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(overview.all().stream().map(NodeBody::of).toList(), page, size);
  }

  @Endpoint(scope = Scope.NODES_READ, says = "All nodes, as CSV")
  @GetMapping(path = "/nodes.csv", produces = "text/csv")
  ResponseEntity<byte[]> table() {
    return tables.nodes().download("towncrier-nodes.csv");
  }

  @Endpoint(scope = Scope.NODES_READ, says = "One node")
  @GetMapping("/nodes/{site}/{node}")
  NodeBody one(@PathVariable String site, @PathVariable String node) {
    return NodeBody.of(existing(site, node));
  }

  @Endpoint(scope = Scope.NODES_HOLD, says = "Tells a node to keep quiet")
  @PostMapping("/nodes/{site}/{node}/hold")
  NodeBody hold(
      @PathVariable String site,
      @PathVariable String node,
      @AuthenticationPrincipal Caller caller) {
    NodeView view = existing(site, node);
    nodes.hold(new SiteId(view.site()), new NodeId(view.node()), caller.username());
    return one(site, node);
  }

  @Endpoint(
      scope = Scope.NODES_WRITE,
      says = "Takes a node's hold back; it speaks when its site is not on hold either")
  @PostMapping("/nodes/{site}/{node}/resume")
  NodeBody resume(
      @PathVariable String site,
      @PathVariable String node,
      @AuthenticationPrincipal Caller caller) {
    NodeView view = existing(site, node);
    nodes.resume(new SiteId(view.site()), new NodeId(view.node()), caller.username());
    return one(site, node);
  }

  @Endpoint(
      scope = Scope.NODES_WRITE,
      says = "Begins or ends training at one node: offers to the team's own phones alone")
  @PutMapping(path = "/nodes/{site}/{node}/training", consumes = MediaType.APPLICATION_JSON_VALUE)
  NodeBody train(
      @PathVariable String site,
      @PathVariable String node,
      @RequestBody Training body,
      @AuthenticationPrincipal Caller caller) {
    NodeView view = existing(site, node);
    nodes.training(
        new SiteId(view.site()), new NodeId(view.node()), body.training(), caller.username());
    return one(site, node);
  }

  @Endpoint(
      scope = Scope.NODES_COMMAND,
      says =
          "Has a node look out, for some minutes, for a phone held next to it, to leave it alone",
      status = 202)
  @PostMapping("/nodes/{site}/{node}/leave-alone")
  ResponseEntity<Given> leaveAlone(
      @PathVariable String site,
      @PathVariable String node,
      @AuthenticationPrincipal Caller caller) {
    NodeView view = existing(site, node);
    String command =
        commands
            .getObject()
            .leaveAlone(new SiteId(view.site()), new NodeId(view.node()), caller.username())
            .toString();
    return ResponseEntity.accepted().body(new Given(command));
  }

  @Endpoint(
      scope = Scope.NODES_COMMAND,
      says = "Has a node offer a message that it has to the phones of its own test list",
      status = 202)
  @PostMapping(
      path = "/nodes/{site}/{node}/test-offer",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Given> testOffer(
      @PathVariable String site,
      @PathVariable String node,
      @RequestBody Test body,
      @AuthenticationPrincipal Caller caller) {
    NodeView view = existing(site, node);
    if (!view.has(body.message())) {
      throw new InvalidInputException("message", "The node does not have that message");
    }
    NodeState state = view.state();
    Integer phones = state == null ? null : state.testPhones();
    if (phones == null) {
      throw new InvalidInputException(
          "message", "The node's program is too old for a test offer. Bring it up to date");
    }
    if (phones == 0) {
      throw new InvalidInputException(
          "message", "No phone stands on the node's own test list. Add one to the node's file");
    }
    String command =
        commands
            .getObject()
            .testOffer(
                new SiteId(view.site()),
                new NodeId(view.node()),
                new MessageId(body.message()),
                caller.username())
            .toString();
    return ResponseEntity.accepted().body(new Given(command));
  }

  private SiteView existing(String id) {
    try {
      return nodes.site(new SiteId(id)).orElseThrow(() -> none("site " + id));
    } catch (IllegalArgumentException noSiteHasIt) {
      throw none("site " + id);
    }
  }

  private NodeView existing(String site, String node) {
    return overview.one(site, node).orElseThrow(() -> none("node " + site + "/" + node));
  }

  private static ResponseStatusException none(String what) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + what + ".");
  }
}
