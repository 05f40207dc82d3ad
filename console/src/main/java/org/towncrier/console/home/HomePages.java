package org.towncrier.console.home;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.towncrier.console.live.CountsNow;
import org.towncrier.console.message.MessageOverview;
import org.towncrier.console.message.MessageView;
import org.towncrier.console.node.NodeNews;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.node.NodeWords;
import org.towncrier.console.people.People;
import org.towncrier.protocol.NodeState.MessageState;

/** The page after signing in: what goes on tonight, and what needs a look. */
@Controller
class HomePages {
  private final NodeOverview nodes;
  private final NodeWords words;
  private final MessageOverview messages;
  private final CountsNow counts;
  private final People people;
  private final NodeNews news;

  HomePages(
      NodeOverview nodes,
      NodeWords words,
      MessageOverview messages,
      CountsNow counts,
      People people,
      NodeNews news) {
    this.news = news;
    this.nodes = nodes;
    this.words = words;
    this.messages = messages;
    this.counts = counts;
    this.people = people;
  }

  /** A message that some node offers now, as the nodes themselves say. */
  record OnAir(String id, String title, String nodes, long accepted) {}

  /** A message that somebody else should decide on. */
  record Waiting(String id, String title, String author, boolean urgent) {}

  /** Something about a node that somebody should look at. */
  record Warning(String link, String subject, String words) {}

  @GetMapping("/")
  String home(Model model) {
    // Before anything is read: what changes meanwhile makes the page look again.
    model.addAttribute("edition", news.get().get("nodes"));
    List<NodeView> all = nodes.all();
    model.addAttribute("missing", all.stream().anyMatch(words::isMissed));
    model.addAttribute("accepted", counts.tonight().getOrDefault("ACCEPTED", 0L));
    model.addAttribute("onAir", onAir(all));
    model.addAttribute("online", all.stream().filter(NodeView::online).count());
    model.addAttribute("nodes", all.size());
    model.addAttribute("waiting", waiting());
    model.addAttribute("warnings", warnings(all));
    return "home";
  }

  private List<Waiting> waiting() {
    return messages.waiting().stream()
        .map(
            message ->
                new Waiting(
                    message.id(),
                    message.title(),
                    people.displayName(message.submittedBy()),
                    message.urgent()))
        .toList();
  }

  private List<OnAir> onAir(List<NodeView> all) {
    Map<String, List<String>> where = new TreeMap<>();
    for (NodeView node : all) {
      if (node.online() && node.state() != null) {
        node.state().messages().stream()
            .filter(message -> message.status() == MessageState.Status.ON_AIR)
            .forEach(
                message ->
                    where
                        .computeIfAbsent(message.id().value(), id -> new ArrayList<>())
                        .add(node.site() + "/" + node.node()));
      }
    }
    return where.entrySet().stream()
        .map(
            entry -> {
              MessageView message = messages.one(entry.getKey()).orElse(null);
              return new OnAir(
                  entry.getKey(),
                  message == null ? entry.getKey() : message.title(),
                  String.join(", ", entry.getValue()),
                  message == null ? 0 : message.accepted());
            })
        .toList();
  }

  private List<Warning> warnings(List<NodeView> all) {
    return all.stream()
        .flatMap(
            node ->
                words.warnings(node).stream()
                    .map(why -> new Warning(node.path(), node.site() + "/" + node.node(), why)))
        .toList();
  }
}
