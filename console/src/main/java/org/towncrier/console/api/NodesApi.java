package org.towncrier.console.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.api.NodeBodies.Given;
import org.towncrier.console.api.NodeBodies.NodeBody;
import org.towncrier.console.api.NodeBodies.Place;
import org.towncrier.console.api.NodeBodies.Test;
import org.towncrier.console.api.NodeBodies.Training;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.node.LastNight;
import org.towncrier.console.node.NodeCommands;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.node.NodeWords;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.TakeOut;
import org.towncrier.console.table.Tables;
import org.towncrier.console.token.Caller;
import org.towncrier.console.token.Scope;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.SiteId;

/** Nodes: what they were told, and what they say of themselves. */
@RestController
@RequestMapping(path = ApiSecurity.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
class NodesApi {
  private final Nodes nodes;
  private final NodeOverview overview;
  private final ObjectProvider<NodeCommands> commands;
  private final TakeOut takeOut;
  private final NodeWords words;
  private final LastNight lastNight;
  private final Tables tables;

  NodesApi(
      Nodes nodes,
      NodeOverview overview,
      ObjectProvider<NodeCommands> commands,
      TakeOut takeOut,
      NodeWords words,
      LastNight lastNight,
      Tables tables) {
    this.nodes = nodes;
    this.takeOut = takeOut;
    this.words = words;
    this.lastNight = lastNight;
    this.overview = overview;
    this.commands = commands;
    this.tables = tables;
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
    return Listing.of(bodies(overview.all()), page, size);
  }

  @Endpoint(scope = Scope.NODES_READ, says = "All nodes, as CSV")
  @GetMapping(path = "/nodes.csv", produces = "text/csv")
  ResponseEntity<byte[]> table() {
    return tables.nodes().download("towncrier-nodes.csv");
  }

  @Endpoint(scope = Scope.NODES_READ, says = "One node")
  @GetMapping("/nodes/{site}/{node}")
  NodeBody one(@PathVariable String site, @PathVariable String node) {
    return bodies(List.of(existing(site, node))).get(0);
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

  @Endpoint(scope = Scope.NODES_WRITE, says = "Puts a node on the map")
  @PutMapping(path = "/nodes/{site}/{node}/position", consumes = MediaType.APPLICATION_JSON_VALUE)
  NodeBody place(
      @PathVariable String site,
      @PathVariable String node,
      @RequestBody Place body,
      @AuthenticationPrincipal Caller caller) {
    NodeView view = existing(site, node);
    nodes.place(
        new SiteId(view.site()), new NodeId(view.node()), body.position(), caller.username());
    return one(site, node);
  }

  @Endpoint(scope = Scope.NODES_WRITE, says = "Takes a node from the map; it goes on as it is")
  @DeleteMapping("/nodes/{site}/{node}/position")
  NodeBody takeFromMap(
      @PathVariable String site,
      @PathVariable String node,
      @AuthenticationPrincipal Caller caller) {
    NodeView view = existing(site, node);
    nodes.place(new SiteId(view.site()), new NodeId(view.node()), null, caller.username());
    return one(site, node);
  }

  @Endpoint(
      scope = Scope.NODES_TAKE_OUT,
      says =
          "Begins to take a node out of its site: it falls silent, hands over what it knows of"
              + " phones, and leaves")
  @PostMapping("/nodes/{site}/{node}/take-out")
  NodeBody takeOut(
      @PathVariable String site,
      @PathVariable String node,
      @AuthenticationPrincipal Caller caller) {
    NodeView view = existing(site, node);
    takeOut.begin(new SiteId(view.site()), new NodeId(view.node()), caller.username());
    return one(site, node);
  }

  @Endpoint(
      scope = Scope.NODES_TAKE_OUT,
      says = "Keeps a node that was being taken out, as long as it has not left")
  @PostMapping("/nodes/{site}/{node}/keep")
  NodeBody keep(
      @PathVariable String site,
      @PathVariable String node,
      @AuthenticationPrincipal Caller caller) {
    NodeView view = existing(site, node);
    takeOut.keep(new SiteId(view.site()), new NodeId(view.node()), caller.username());
    return one(site, node);
  }

  @Endpoint(
      scope = Scope.NODES_TAKE_OUT,
      says =
          "Takes out at once a node that is broken or lost: its account is shut for good, and its"
              + " site's other nodes wait for what it knew. Gives it as it was")
  @PostMapping("/nodes/{site}/{node}/take-out-at-once")
  NodeBody takeOutAtOnce(
      @PathVariable String site,
      @PathVariable String node,
      @AuthenticationPrincipal Caller caller) {
    NodeBody before = one(site, node);
    takeOut.atOnce(new SiteId(before.site()), new NodeId(before.node()), caller.username());
    return before;
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

  private List<NodeBody> bodies(List<NodeView> views) {
    Map<String, List<LastNight.Looked>> looked = lastNight.of(views);
    return views.stream()
        .map(
            view ->
                NodeBody.of(
                    view,
                    lastNight.hours(view),
                    looked.getOrDefault(view.id(), List.of()),
                    words.troubles(view)))
        .toList();
  }

  private NodeView existing(String site, String node) {
    return overview.one(site, node).orElseThrow(() -> none("node " + site + "/" + node));
  }

  private static ResponseStatusException none(String what) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + what + ".");
  }
}
