package org.towncrier.console.urgent;

import java.util.List;
import java.util.OptionalLong;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.evaluation.Footfall;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Target;
import org.towncrier.console.message.TextForm;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.SiteView;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;
import org.towncrier.console.writing.Language;
import org.towncrier.protocol.CampaignId;

/** Writing an urgent message: one form, and it waits for its approver. For authors. */
@Controller
class UrgentPages {
  private final UrgentMessages urgent;
  private final Campaigns campaigns;
  private final Nodes nodes;
  private final Footfall footfall;

  UrgentPages(UrgentMessages urgent, Campaigns campaigns, Nodes nodes, Footfall footfall) {
    this.urgent = urgent;
    this.campaigns = campaigns;
    this.nodes = nodes;
    this.footfall = footfall;
  }

  /** A site to choose, and what is to be expected there. */
  record Place(String id, String name, String expected) {}

  @GetMapping("/messages/urgent")
  String blank(Model model) {
    String only = campaigns.all().size() == 1 ? campaigns.all().get(0).id().value() : "";
    return form(UrgentForm.blank(only), new Problems(), model);
  }

  @PostMapping("/messages/urgent")
  String send(
      @RequestParam(defaultValue = "") String campaign,
      @RequestParam(defaultValue = "") String title,
      @RequestParam(name = "places", defaultValue = "") List<String> typedPlaces,
      @RequestParam(defaultValue = "") String hours,
      @RequestParam(defaultValue = "") String change,
      @RequestParam MultiValueMap<String, String> sent,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    UrgentForm form = new UrgentForm(campaign, title, TextForm.of(sent), typedPlaces, hours);
    Problems problems = new Problems();
    if (!change.isEmpty()) {
      return form(form.changed(change), problems, model);
    }
    CampaignId in = form.chosenCampaign(problems);
    List<Target> places = form.targets(problems);
    int chosen = form.chosenHours(problems);
    if (in == null || problems.any()) {
      return form(form, problems, model);
    }
    try {
      MessageVersion waiting =
          urgent.send(me.getUsername(), in, title, TextForm.written(form.texts()), places, chosen);
      next.addFlashAttribute(
          "done",
          "It waits for an approver. Tell one now: nothing goes out before they approve it");
      return "redirect:/messages/" + waiting.message();
    } catch (InvalidInputException wrong) {
      wrong
          .problems()
          .forEach(
              p ->
                  problems.also(
                      p.field().equals("from") || p.field().equals("windows")
                          ? "campaign"
                          : p.field(),
                      p.message()));
      return form(form, problems, model);
    }
  }

  private String form(UrgentForm form, Problems problems, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("problems", problems);
    model.addAttribute("languages", Language.offered());
    model.addAttribute("languageTags", Language.offered().stream().map(Language::tag).toList());
    model.addAttribute("campaigns", campaigns.all());
    model.addAttribute("hours", UrgentForm.HOURS);
    model.addAttribute("places", nodes.sites().stream().map(this::place).toList());
    return "urgent/form";
  }

  private Place place(SiteView site) {
    OptionalLong phones = footfall.phonesAtThisHour(site.site());
    String expected =
        site.hold()
            ? "On hold: nothing goes out until it is resumed"
            : site.training()
                ? "In training: it reaches the team's own test phones alone"
                : phones.isPresent()
                    ? "About " + phones.getAsLong() + " phones an hour at this time of day"
                    : "Nobody has looked for phones there at this hour yet, so how many is not known";
    return new Place(site.site().value(), site.name(), expected);
  }
}
