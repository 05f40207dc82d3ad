package org.towncrier.console.onair;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.Target;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.publish.OnAir;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/** A message node by node, as the nodes themselves say: after an approval, and after a cancel. */
@Controller
class EffectPages {
  private final Messages messages;
  private final NodeOverview nodes;
  private final OnAir onAir;
  private final InstantSource clock;

  EffectPages(Messages messages, NodeOverview nodes, OnAir onAir, InstantSource clock) {
    this.messages = messages;
    this.nodes = nodes;
    this.onAir = onAir;
    this.clock = clock;
  }

  @GetMapping("/messages/{id}/nodes")
  String effect(@PathVariable String id, Model model) {
    MessageVersion newest = existing(id);
    // Every place it ever was to reach: a node that was let off must be seen to be silent, too.
    Set<Target> targets =
        messages.history(newest.message()).stream()
            .flatMap(version -> version.draft().targets().stream())
            .collect(Collectors.toSet());
    boolean speaks =
        messages.history(newest.message()).stream().anyMatch(version -> version.status().speaks());
    List<Effect> effects =
        nodes.all().stream()
            .filter(node -> targets.stream().anyMatch(target -> reaches(target, node)))
            .map(
                node ->
                    Effect.of(
                        newest.message(), speaks, speaks && meant(newest.message(), node), node))
            .toList();
    model.addAttribute("id", id);
    model.addAttribute("messageTitle", newest.draft().title());
    model.addAttribute("speaks", speaks);
    model.addAttribute("effects", effects);
    model.addAttribute("settled", effects.stream().filter(Effect::settled).count());
    return "onair/effect";
  }

  private boolean meant(MessageId message, NodeView node) {
    return onAir
        .messagesFor(new SiteId(node.site()), new NodeId(node.node()), clock.instant())
        .stream()
        .anyMatch(told -> told.id().equals(message));
  }

  private static boolean reaches(Target target, NodeView node) {
    return target.site().value().equals(node.site())
        && (target.node() == null || target.node().value().equals(node.node()));
  }

  private MessageVersion existing(String id) {
    try {
      return messages
          .find(new MessageId(id))
          .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    } catch (IllegalArgumentException noMessageHasIt) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, noMessageHasIt);
    }
  }
}
