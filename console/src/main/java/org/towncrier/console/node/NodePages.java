package org.towncrier.console.node;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.message.MessageOverview;
import org.towncrier.console.message.MessageView;
import org.towncrier.console.people.SignedIn;
import org.towncrier.protocol.NodeCommand;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.SiteId;

/** What each node should do, and what it really does. */
@Controller
class NodePages {
  private final NodeOverview nodes;

  private final Nodes standing;
  private final MessageOverview messages;
  private final ObjectProvider<NodeCommands> commands;

  NodePages(
      NodeOverview nodes,
      Nodes standing,
      MessageOverview messages,
      ObjectProvider<NodeCommands> commands) {
    this.commands = commands;
    this.nodes = nodes;
    this.standing = standing;
    this.messages = messages;
  }

  /** A message that the node has, by the title people know. */
  record Had(String id, String title, NodeState.MessageState.Status status) {}

  @GetMapping("/nodes")
  String list(Model model) {
    model.addAttribute("nodes", nodes.all());
    return "node/list";
  }

  @GetMapping("/nodes/{site}/{node}")
  String one(@PathVariable String site, @PathVariable String node, Model model) {
    NodeView view = existing(site, node);
    NodeState state = view.state();
    model.addAttribute("node", view);
    model.addAttribute("state", state);
    model.addAttribute("messages", state == null ? List.of() : had(state));
    return "node/one";
  }

  @PostMapping("/nodes/{site}/{node}/hold")
  String hold(
      @PathVariable String site,
      @PathVariable String node,
      @RequestParam boolean hold,
      @AuthenticationPrincipal SignedIn me) {
    NodeView view = existing(site, node);
    SiteId siteId = new SiteId(view.site());
    NodeId nodeId = new NodeId(view.node());
    if (hold) {
      standing.hold(siteId, nodeId, me.getUsername());
    } else {
      standing.resume(siteId, nodeId, me.getUsername());
    }
    return "redirect:" + view.path();
  }

  @PostMapping("/nodes/{site}/{node}/leave-alone")
  String leaveAlone(
      @PathVariable String site,
      @PathVariable String node,
      @AuthenticationPrincipal SignedIn me,
      RedirectAttributes next) {
    NodeView view = existing(site, node);
    String said;
    try {
      commands
          .getObject()
          .give(
              new SiteId(view.site()),
              new NodeId(view.node()),
              NodeCommand.Action.LEAVE_ALONE,
              me.getUsername());
      said =
          "The node has been told. Hold the phone next to it, visible, for a minute; this page says"
              + " below what came of it.";
    } catch (InvalidInputException notTold) {
      said = notTold.getMessage();
    }
    next.addFlashAttribute("commandSaid", said);
    return "redirect:" + view.path() + "#leave-alone";
  }

  private List<Had> had(NodeState state) {
    return state.messages().stream()
        .map(
            message ->
                new Had(
                    message.id().value(),
                    messages
                        .one(message.id().value())
                        .map(MessageView::title)
                        .orElse(message.id().value()),
                    message.status()))
        .toList();
  }

  private NodeView existing(String site, String node) {
    return nodes
        .one(site, node)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
