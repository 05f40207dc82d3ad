package org.towncrier.console.node;

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
import org.towncrier.console.input.StaleException;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/** Asks before a node is taken out of its site, and says what that does. */
@Controller
class TakeOutPages {
  private final NodeOverview nodes;
  private final TakeOut takeOut;

  TakeOutPages(NodeOverview nodes, TakeOut takeOut) {
    this.nodes = nodes;
    this.takeOut = takeOut;
  }

  @GetMapping("/nodes/{site}/{node}/take-out")
  String ask(@PathVariable String site, @PathVariable String node, Model model) {
    return page(existing(site, node), new Problems(), model);
  }

  @PostMapping("/nodes/{site}/{node}/take-out")
  String takeOut(
      @PathVariable String site,
      @PathVariable String node,
      @RequestParam(defaultValue = "") String how,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    NodeView view = existing(site, node);
    SiteId at = new SiteId(view.site());
    NodeId id = new NodeId(view.node());
    try {
      switch (how) {
        case "in-order" -> takeOut.begin(at, id, me.getUsername());
        case "at-once" -> {
          takeOut.atOnce(at, id, me.getUsername());
          next.addFlashAttribute("done", id + " is taken out. What it reported stays");
          return "redirect:/sites/" + at;
        }
        case "keep" -> takeOut.keep(at, id, me.getUsername());
        default -> {
          return page(view, new Problems().add("how", "Select how the node is taken out"), model);
        }
      }
    } catch (StaleException doneAlready) {
      return page(view, new Problems().add("how", String.valueOf(doneAlready.getMessage())), model);
    }
    return "redirect:" + view.path();
  }

  private String page(NodeView node, Problems problems, Model model) {
    long others =
        nodes.all().stream()
            .filter(other -> other.site().equals(node.site()) && !other.retiring())
            .filter(other -> !other.node().equals(node.node()))
            .count();
    model.addAttribute("node", node);
    model.addAttribute("others", others);
    model.addAttribute("problems", problems);
    return "node/take-out";
  }

  private NodeView existing(String site, String node) {
    return nodes
        .one(site, node)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
