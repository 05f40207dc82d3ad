package org.towncrier.console.node;

import java.util.List;
import java.util.Locale;
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
import org.springframework.web.util.UriComponentsBuilder;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.message.MessageOverview;
import org.towncrier.console.message.MessageView;
import org.towncrier.console.people.SignedIn;
import org.towncrier.protocol.MessageId;
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
  private final NodeWords words;
  private final LastNight lastNight;
  private final TownPlans plans;
  private final NodeNews news;

  NodePages(
      NodeOverview nodes,
      Nodes standing,
      MessageOverview messages,
      ObjectProvider<NodeCommands> commands,
      NodeWords words,
      LastNight lastNight,
      TownPlans plans,
      NodeNews news) {
    this.words = words;
    this.lastNight = lastNight;
    this.plans = plans;
    this.news = news;
    this.commands = commands;
    this.nodes = nodes;
    this.standing = standing;
    this.messages = messages;
  }

  /** A message that the node has, by the title people know. */
  record Had(String id, String title, NodeState.MessageState.Status status) {}

  /** How many nodes a page of the list has. */
  private static final int PAGE = 50;

  @GetMapping("/nodes")
  String list(
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "") String show,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    // Before anything is read: what changes meanwhile makes the page look again.
    model.addAttribute("edition", news.get().get("nodes"));
    List<NodeView> all = nodes.all();
    String wanted = words.strip().toLowerCase(Locale.UK);
    List<NodeView> found =
        all.stream()
            .filter(node -> isCalled(node, wanted))
            .filter(node -> !show.equals("troubles") || !this.words.troubles(node).isEmpty())
            .toList();
    int pages = Math.max(1, (found.size() + PAGE - 1) / PAGE);
    if (page < 1 || page > pages) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    List<NodeView> shown = found.subList((page - 1) * PAGE, Math.min(found.size(), page * PAGE));
    model.addAttribute("nodes", shown);
    model.addAttribute("lastNight", lastNight.of(shown));
    model.addAttribute("total", all.size());
    model.addAttribute("found", found.size());
    model.addAttribute("words", words);
    model.addAttribute("show", show);
    model.addAttribute("page", page);
    model.addAttribute("pages", pages);
    model.addAttribute("before", address(words, show, page - 1));
    model.addAttribute("after", address(words, show, page + 1));
    model.addAttribute("drawn", plans.of(standing.sites()));
    return "node/list";
  }

  private static boolean isCalled(NodeView node, String words) {
    return words.isEmpty()
        || node.id().contains(words)
        || node.siteName().toLowerCase(Locale.UK).contains(words);
  }

  private static String address(String words, String show, int page) {
    return UriComponentsBuilder.fromPath("/nodes")
        .queryParam("words", "{words}")
        .queryParam("show", "{show}")
        .queryParam("page", page)
        .encode()
        .buildAndExpand(words, show)
        .toUriString();
  }

  @GetMapping("/nodes/{site}/{node}")
  String one(@PathVariable String site, @PathVariable String node, Model model) {
    NodeView view = existing(site, node);
    NodeState state = view.state();
    // Before anything is read: what changes meanwhile makes the page look again.
    model.addAttribute("edition", news.get().get("nodes"));
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
          .leaveAlone(new SiteId(view.site()), new NodeId(view.node()), me.getUsername());
      said =
          "The node has been told. Hold the phone next to it, visible, for a minute; this page says"
              + " below what came of it.";
    } catch (InvalidInputException notTold) {
      said = notTold.getMessage();
    }
    next.addFlashAttribute("commandSaid", said);
    return "redirect:" + view.path() + "#leave-alone";
  }

  @PostMapping("/nodes/{site}/{node}/test-offer")
  String testOffer(
      @PathVariable String site,
      @PathVariable String node,
      @RequestParam(defaultValue = "") String message,
      @AuthenticationPrincipal SignedIn me,
      RedirectAttributes next) {
    NodeView view = existing(site, node);
    String said;
    if (!view.has(message)) {
      said = "Nothing was sent: select a message that the node has.";
    } else {
      try {
        commands
            .getObject()
            .testOffer(
                new SiteId(view.site()),
                new NodeId(view.node()),
                new MessageId(message),
                me.getUsername());
        said =
            "The node has been told. Open the Bluetooth settings of a phone of its test list, near"
                + " it; this page says below what came of it.";
      } catch (InvalidInputException notTold) {
        said = notTold.getMessage();
      }
    }
    next.addFlashAttribute("testSaid", said);
    return "redirect:" + view.path() + "#test-offer";
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
