package org.towncrier.console.campaign;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.StaleException;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;
import org.towncrier.protocol.CampaignId;

/** The campaigns there are, for everybody; beginning and changing one, for authors. */
@Controller
class CampaignFormPages {
  private static final int PAGE = 20;

  private final Campaigns campaigns;
  private final ConsoleSettings settings;
  private final InstantSource clock;

  CampaignFormPages(Campaigns campaigns, ConsoleSettings settings, InstantSource clock) {
    this.campaigns = campaigns;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One line of the list.
   *
   * @param standing in a word: coming, running or over
   */
  record Line(Campaign campaign, String standing, long messages) {}

  @GetMapping("/campaigns")
  String list(
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    String wanted = words.strip().toLowerCase(Locale.ROOT);
    List<Campaign> found =
        campaigns.all().stream()
            .filter(
                campaign ->
                    (campaign.title() + ' ' + campaign.sender())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
            .toList();
    int from = (page - 1) * PAGE;
    if (page < 1 || (page > 1 && from >= found.size())) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    Map<CampaignId, Long> messages = campaigns.messages();
    model.addAttribute(
        "campaigns",
        found.subList(from, Math.min(from + PAGE, found.size())).stream()
            .map(c -> new Line(c, standing(c), messages.getOrDefault(c.id(), 0L)))
            .toList());
    model.addAttribute("words", words);
    model.addAttribute("previous", page > 1 ? address(words, page - 1) : null);
    model.addAttribute("next", from + PAGE < found.size() ? address(words, page + 1) : null);
    return "campaign/list";
  }

  private String standing(Campaign campaign) {
    LocalDate today = today();
    if (today.isBefore(campaign.startsOn())) {
      return "Coming";
    }
    return today.isAfter(campaign.endsOn()) ? "Over" : "Running";
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), settings.zone());
  }

  private static String address(String words, int page) {
    return UriComponentsBuilder.fromPath("/campaigns")
        .queryParam("words", "{words}")
        .queryParam("page", page)
        .encode()
        .buildAndExpand(words)
        .toUriString();
  }

  @GetMapping("/campaigns/new")
  String blank(Model model) {
    LocalDate today = today();
    return form(
        null,
        0,
        new CampaignForm("", "", "", today.toString(), today.plusDays(83).toString()),
        new Problems(),
        model);
  }

  @PostMapping("/campaigns/new")
  String begin(
      @AuthenticationPrincipal SignedIn me,
      CampaignForm form,
      RedirectAttributes next,
      Model model) {
    Problems problems = new Problems();
    Campaign typed = form.campaign(campaigns.freeId(String.valueOf(form.title())), 0, problems);
    if (typed != null) {
      try {
        campaigns.create(me.getUsername(), typed);
        next.addFlashAttribute("done", "The campaign is there. Its messages can be written now");
        return "redirect:/campaigns";
      } catch (InvalidInputException wrong) {
        wrong.problems().forEach(p -> problems.add(p.field(), p.message()));
      }
    }
    return form(null, 0, form, problems, model);
  }

  @GetMapping("/campaigns/{id}/edit")
  String edit(@PathVariable String id, Model model) {
    Campaign campaign = existing(id);
    return form(campaign, campaign.edit(), CampaignForm.of(campaign), new Problems(), model);
  }

  @PostMapping("/campaigns/{id}/edit")
  String change(
      @AuthenticationPrincipal SignedIn me,
      @PathVariable String id,
      @RequestParam int edit,
      CampaignForm form,
      RedirectAttributes next,
      Model model) {
    Campaign before = existing(id);
    Problems problems = new Problems();
    Campaign typed = form.campaign(before.id(), edit, problems);
    if (typed != null) {
      try {
        campaigns.change(me.getUsername(), typed);
        next.addFlashAttribute("done", "The campaign is saved");
        return "redirect:/campaigns";
      } catch (InvalidInputException wrong) {
        wrong.problems().forEach(p -> problems.add(p.field(), p.message()));
      } catch (StaleException changed) {
        problems.add("title", String.valueOf(changed.getMessage()));
      }
    }
    return form(before, edit, form, problems, model);
  }

  private String form(
      @Nullable Campaign campaign, int edit, CampaignForm form, Problems problems, Model model) {
    model.addAttribute("heading", campaign == null ? "New campaign" : campaign.title());
    model.addAttribute("campaign", campaign);
    model.addAttribute("edit", edit);
    model.addAttribute("fixed", campaign != null && campaigns.isRead(campaign.id()));
    model.addAttribute("longest", Campaigns.LONGEST_DAYS);
    model.addAttribute("form", form);
    model.addAttribute("problems", problems);
    return "campaign/form";
  }

  private Campaign existing(String id) {
    try {
      return campaigns.get(new CampaignId(id));
    } catch (IllegalArgumentException | InvalidInputException none) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, none);
    }
  }
}
