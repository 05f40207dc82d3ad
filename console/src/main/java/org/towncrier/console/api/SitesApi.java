package org.towncrier.console.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.api.NodeBodies.Place;
import org.towncrier.console.api.NodeBodies.Rules;
import org.towncrier.console.api.NodeBodies.SiteBody;
import org.towncrier.console.api.NodeBodies.Training;
import org.towncrier.console.node.ContactRulesForm;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.SiteView;
import org.towncrier.console.page.Problems;
import org.towncrier.console.token.Caller;
import org.towncrier.console.token.Scope;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.SiteId;

/** Sites: what all nodes of each were told. */
@RestController
@RequestMapping(path = ApiSecurity.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
class SitesApi {
  private final Nodes nodes;

  SitesApi(Nodes nodes) {
    this.nodes = nodes;
  }

  @Endpoint(scope = Scope.NODES_READ, says = "Lists sites, by name")
  @GetMapping("/sites")
  Listing<SiteBody> sites(
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(nodes.sites().stream().map(SiteBody::of).toList(), page, size);
  }

  @Endpoint(scope = Scope.NODES_READ, says = "One site")
  @GetMapping("/sites/{site}")
  SiteBody site(@PathVariable String site) {
    return SiteBody.of(existing(site));
  }

  @Endpoint(scope = Scope.NODES_HOLD, says = "Tells every node of a site to keep quiet")
  @PostMapping("/sites/{site}/hold")
  SiteBody holdSite(@PathVariable String site, @AuthenticationPrincipal Caller caller) {
    nodes.hold(existing(site).site(), null, caller.username());
    return site(site);
  }

  @Endpoint(
      scope = Scope.NODES_WRITE,
      says = "Takes a site's hold back; nodes that are on hold themselves stay so")
  @PostMapping("/sites/{site}/resume")
  SiteBody resumeSite(@PathVariable String site, @AuthenticationPrincipal Caller caller) {
    nodes.resume(existing(site).site(), null, caller.username());
    return site(site);
  }

  @Endpoint(
      scope = Scope.NODES_WRITE,
      says = "Begins or ends training at a whole site: offers to the team's own phones alone")
  @PutMapping(path = "/sites/{site}/training", consumes = MediaType.APPLICATION_JSON_VALUE)
  SiteBody trainSite(
      @PathVariable String site,
      @RequestBody Training body,
      @AuthenticationPrincipal Caller caller) {
    nodes.training(existing(site).site(), null, body.training(), caller.username());
    return site(site);
  }

  @Endpoint(scope = Scope.NODES_WRITE, says = "Says how often a phone may be asked at a site")
  @PutMapping(path = "/sites/{site}/contact-rules", consumes = MediaType.APPLICATION_JSON_VALUE)
  SiteBody rules(
      @PathVariable String site, @RequestBody Rules body, @AuthenticationPrincipal Caller caller) {
    SiteId id = existing(site).site();
    Problems problems = new Problems();
    Optional<ContactRules> rules =
        new ContactRulesForm(
                body.offersPerNight().toString(),
                body.tries().toString(),
                body.retryAfterSeconds().toString())
            .read(problems);
    MessageBodies.refuse(problems);
    nodes.contactRules(id, rules.orElseThrow(), caller.username());
    return site(site);
  }

  @Endpoint(scope = Scope.NODES_WRITE, says = "Puts a site on the map")
  @PutMapping(path = "/sites/{site}/position", consumes = MediaType.APPLICATION_JSON_VALUE)
  SiteBody place(
      @PathVariable String site, @RequestBody Place body, @AuthenticationPrincipal Caller caller) {
    nodes.place(existing(site).site(), null, body.position(), caller.username());
    return site(site);
  }

  @Endpoint(scope = Scope.NODES_WRITE, says = "Takes a site from the map; its nodes stay on it")
  @DeleteMapping("/sites/{site}/position")
  SiteBody takeFromMap(@PathVariable String site, @AuthenticationPrincipal Caller caller) {
    nodes.place(existing(site).site(), null, null, caller.username());
    return site(site);
  }

  private SiteView existing(String id) {
    try {
      return nodes.site(new SiteId(id)).orElseThrow(() -> none("site " + id));
    } catch (IllegalArgumentException noSiteHasIt) {
      throw none("site " + id);
    }
  }

  private static ResponseStatusException none(String what) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + what + ".");
  }
}
