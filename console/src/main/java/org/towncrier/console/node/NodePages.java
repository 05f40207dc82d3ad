package org.towncrier.console.node;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.people.SignedIn;
import org.towncrier.protocol.NodeState;

/** What each node should do, and what it really does. */
@Controller
class NodePages {
  private final NodeOverview nodes;

  private final NodeHolds holds;

  NodePages(NodeOverview nodes, NodeHolds holds) {
    this.nodes = nodes;
    this.holds = holds;
  }

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
    model.addAttribute("messages", state == null ? List.of() : state.messages());
    return "node/one";
  }

  @PostMapping("/nodes/{site}/{node}/hold")
  String hold(
      @PathVariable String site,
      @PathVariable String node,
      @RequestParam boolean hold,
      @AuthenticationPrincipal SignedIn me) {
    NodeView view = existing(site, node);
    holds.set(me.getUsername(), view, hold);
    return "redirect:" + view.path();
  }

  private NodeView existing(String site, String node) {
    return nodes
        .one(site, node)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
