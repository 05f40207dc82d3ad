package org.towncrier.console.onair;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Messages;
import org.towncrier.protocol.MessageId;

/** A message node by node, as the nodes themselves say: after an approval, and after a cancel. */
@Controller
class EffectPages {
  private final Messages messages;
  private final Effects effects;

  EffectPages(Messages messages, Effects effects) {
    this.messages = messages;
    this.effects = effects;
  }

  @GetMapping("/messages/{id}/nodes")
  String effect(@PathVariable String id, Model model) {
    MessageVersion newest = existing(id);
    List<Effect> nodes = effects.of(newest.message());
    model.addAttribute("id", id);
    model.addAttribute("messageTitle", newest.draft().title());
    model.addAttribute("speaks", effects.speaks(newest.message()));
    model.addAttribute("effects", nodes);
    model.addAttribute(
        "leftOut", nodes.stream().anyMatch(effect -> effect.node().leftOut().containsKey(id)));
    model.addAttribute("settled", nodes.stream().filter(Effect::settled).count());
    return "onair/effect";
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
