package org.towncrier.console.node;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.protocol.NodeState;

/** What each node should do, and what it really does. */
@Controller
class NodePages {
  private final NodeOverview nodes;

  NodePages(NodeOverview nodes) {
    this.nodes = nodes;
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

  private NodeView existing(String site, String node) {
    return nodes
        .one(site, node)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
