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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.towncrier.console.message.MessageOverview;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/** A whole site at once: keep it quiet, train at it, and how often it may ask a phone. */
@Controller
class SitePages {
  private final Nodes nodes;
  private final MessageOverview messages;
  private final NodeNews news;

  SitePages(Nodes nodes, MessageOverview messages, NodeNews news) {
    this.news = news;
    this.nodes = nodes;
    this.messages = messages;
  }

  /**
   * Asks before training begins or ends.
   *
   * @param place as people call it
   * @param path its page
   * @param begin whether it begins
   * @param messages what is approved there, by title
   */
  record Question(String place, String path, boolean begin, List<String> messages) {}

  @GetMapping("/sites/{site}")
  String one(@PathVariable String site, Model model) {
    SiteView view = existing(site);
    return page(view, ContactRulesForm.of(view.contact()), new Problems(), model);
  }

  @PostMapping("/sites/{site}/hold")
  String hold(
      @PathVariable String site,
      @RequestParam boolean hold,
      @AuthenticationPrincipal SignedIn me,
      RedirectAttributes next) {
    SiteId id = existing(site).site();
    if (hold) {
      nodes.hold(id, null, me.getUsername());
      next.addFlashAttribute("done", "On hold. Connected nodes stop within seconds");
    } else {
      nodes.resume(id, null, me.getUsername());
      next.addFlashAttribute("done", "Resumed. Nodes that are on hold themselves stay so");
    }
    return "redirect:/sites/" + site;
  }

  @PostMapping("/sites/{site}/contact")
  String contact(
      @PathVariable String site,
      ContactRulesForm form,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    SiteView view = existing(site);
    Problems problems = new Problems();
    return form.read(problems)
        .map(
            rules -> {
              nodes.contactRules(view.site(), rules, me.getUsername());
              next.addFlashAttribute("done", "Saved. The site's nodes are told now");
              return "redirect:/sites/" + site;
            })
        .orElseGet(() -> page(view, form, problems, model));
  }

  @GetMapping("/sites/{site}/training")
  String ask(@PathVariable String site, Model model) {
    SiteView view = existing(site);
    return ask(view.name(), view, "/sites/" + site, !view.training(), model);
  }

  @PostMapping("/sites/{site}/training")
  String train(
      @PathVariable String site,
      @RequestParam boolean begin,
      @AuthenticationPrincipal SignedIn me) {
    nodes.training(existing(site).site(), null, begin, me.getUsername());
    return "redirect:/sites/" + site;
  }

  @GetMapping("/nodes/{site}/{node}/training")
  String askNode(@PathVariable String site, @PathVariable String node, Model model) {
    NodeView view = node(existing(site), node);
    return ask(view.node(), existing(site), view.path(), !view.ownTraining(), model);
  }

  @PostMapping("/nodes/{site}/{node}/training")
  String trainNode(
      @PathVariable String site,
      @PathVariable String node,
      @RequestParam boolean begin,
      @AuthenticationPrincipal SignedIn me) {
    SiteView view = existing(site);
    NodeView at = node(view, node);
    nodes.training(view.site(), new NodeId(at.node()), begin, me.getUsername());
    return "redirect:" + at.path();
  }

  private String ask(String place, SiteView site, String path, boolean begin, Model model) {
    List<String> approved = messages.standingAt(site.site());
    model.addAttribute("question", new Question(place, path, begin, approved));
    return "node/training";
  }

  private String page(SiteView site, ContactRulesForm form, Problems problems, Model model) {
    model.addAttribute("edition", news.get().get("nodes"));
    model.addAttribute("site", site);
    model.addAttribute("form", form);
    model.addAttribute("problems", problems);
    return "node/site";
  }

  private static NodeView node(SiteView site, String node) {
    return site.nodes().stream()
        .filter(view -> view.node().equals(node))
        .findFirst()
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private SiteView existing(String id) {
    try {
      return nodes
          .site(new SiteId(id))
          .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    } catch (IllegalArgumentException noSiteHasIt) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, noSiteHasIt);
    }
  }
}
