package org.towncrier.console.node;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/** Where a site is, or a node hangs: typed, or picked on the map. */
@Controller
class PositionPages {
  private final Nodes nodes;
  private final TownPlans plans;

  PositionPages(Nodes nodes, TownPlans plans) {
    this.nodes = nodes;
    this.plans = plans;
  }

  /**
   * What is to be placed.
   *
   * @param node null for the site itself
   */
  private record Subject(SiteView site, @Nullable NodeView node) {
    String name() {
      return node == null ? site.name() : node.node();
    }

    String path() {
      return node == null ? "/sites/" + site.site() : node.path();
    }

    @Nullable Position position() {
      return node == null ? site.position() : node.position();
    }
  }

  @GetMapping("/sites/{site}/position")
  String site(@PathVariable String site, Model model) {
    return ask(subject(site, null), model);
  }

  @GetMapping("/nodes/{site}/{node}/position")
  String node(@PathVariable String site, @PathVariable String node, Model model) {
    return ask(subject(site, node), model);
  }

  @PostMapping("/sites/{site}/position")
  String placeSite(
      @PathVariable String site,
      @RequestParam String latitude,
      @RequestParam String longitude,
      @AuthenticationPrincipal SignedIn me,
      Model model) {
    return place(subject(site, null), latitude, longitude, me, model);
  }

  @PostMapping("/nodes/{site}/{node}/position")
  String placeNode(
      @PathVariable String site,
      @PathVariable String node,
      @RequestParam String latitude,
      @RequestParam String longitude,
      @AuthenticationPrincipal SignedIn me,
      Model model) {
    return place(subject(site, node), latitude, longitude, me, model);
  }

  private String ask(Subject subject, Model model) {
    Position position = subject.position();
    return page(
        subject,
        position == null ? "" : String.valueOf(position.latitude()),
        position == null ? "" : String.valueOf(position.longitude()),
        new Problems(),
        model);
  }

  private String place(
      Subject subject, String latitude, String longitude, SignedIn me, Model model) {
    Problems problems = new Problems();
    Optional<Position> position = Position.read(latitude, longitude, problems);
    if (problems.any()) {
      return page(subject, latitude, longitude, problems, model);
    }
    NodeView node = subject.node();
    nodes.place(
        subject.site().site(),
        node == null ? null : new NodeId(node.node()),
        position.orElse(null),
        me.getUsername());
    return "redirect:" + subject.path();
  }

  private String page(
      Subject subject, String latitude, String longitude, Problems problems, Model model) {
    model.addAttribute("name", subject.name());
    model.addAttribute("path", subject.path());
    model.addAttribute("siteName", subject.site().name());
    model.addAttribute("isSite", subject.node() == null);
    model.addAttribute("latitude", latitude);
    model.addAttribute("longitude", longitude);
    model.addAttribute("problems", problems);
    model.addAttribute("drawn", plans.of(List.of(subject.site())));
    return "node/position";
  }

  private Subject subject(String site, @Nullable String node) {
    SiteView view;
    try {
      view = nodes.site(new SiteId(site)).orElseThrow(PositionPages::notThere);
    } catch (IllegalArgumentException noSiteHasIt) {
      throw notThere();
    }
    return new Subject(
        view,
        node == null
            ? null
            : view.nodes().stream()
                .filter(each -> each.node().equals(node))
                .findFirst()
                .orElseThrow(PositionPages::notThere));
  }

  private static ResponseStatusException notThere() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
