package org.towncrier.console.schedule;

import java.time.DayOfWeek;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.event.Event;
import org.towncrier.console.event.Events;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.NotAllowedException;
import org.towncrier.console.message.Target;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.TownPlans;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.SignedIn;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/** Where and when a message goes out. For authors; the second person approves it with the words. */
@Controller
class SchedulePages {
  private final Messages messages;
  private final Campaigns campaigns;
  private final NodeOverview nodes;
  private final Nodes sites;
  private final TownPlans plans;
  private final Events events;
  private final ConsoleSettings settings;
  private final InstantSource clock;
  private final LocalTimes times;

  SchedulePages(
      Messages messages,
      Campaigns campaigns,
      NodeOverview nodes,
      Nodes sites,
      TownPlans plans,
      Events events,
      ConsoleSettings settings,
      InstantSource clock,
      LocalTimes times) {
    this.messages = messages;
    this.campaigns = campaigns;
    this.nodes = nodes;
    this.sites = sites;
    this.plans = plans;
    this.events = events;
    this.settings = settings;
    this.clock = clock;
    this.times = times;
  }

  /** A place that can be chosen: a site, or one node of it. */
  record Place(String value, String words, boolean node) {}

  @GetMapping("/messages/{id}/schedule")
  String schedule(@PathVariable String id, Model model) {
    MessageVersion version = existing(id);
    Draft draft = version.draft();
    List<Times> sets =
        draft.windows().isEmpty()
            ? List.of(new Times(suggested(version), new TreeSet<>()))
            : Times.of(draft.windows());
    List<String> places = draft.targets().stream().map(Target::toString).toList();
    return form(
        version,
        version.edit(),
        ScheduleForm.of(places, sets, draft.priority()),
        new Problems(),
        model);
  }

  @PostMapping("/messages/{id}/schedule")
  String save(
      @PathVariable String id,
      @RequestParam int edit,
      @RequestParam MultiValueMap<String, String> typed,
      @AuthenticationPrincipal SignedIn me,
      Model model) {
    MessageVersion version = existing(id);
    ScheduleForm form = ScheduleForm.read(typed);
    if (typed.containsKey("add")) {
      return form(version, edit, form.withOneMore(), new Problems(), model);
    }
    if (typed.containsKey("addEvent")) {
      return withEvent(version, edit, form, typed.getFirst("event"), model);
    }
    if (typed.containsKey("addWeek")) {
      return withWeek(version, edit, form, model);
    }
    if (typed.containsKey("remove")) {
      return form(version, edit, form, new Problems(), model);
    }
    Problems problems = new Problems();
    List<Target> targets = form.targets(problems);
    Optional<Priority> chosen = form.chosenPriority(problems);
    List<Window> windows = windows(form, version, problems);
    if (problems.any() || chosen.isEmpty()) {
      return form(version, edit, form, problems, model);
    }
    try {
      messages.save(
          me.getUsername(),
          version.message(),
          edit,
          version.draft().at(targets, windows, chosen.get()));
      return "redirect:/messages/" + id;
    } catch (InvalidInputException wrong) {
      wrong.problems().forEach(p -> problems.add("places", p.toString()));
    } catch (NotAllowedException notNow) {
      problems.add("places", String.valueOf(notNow.getMessage()));
    }
    return form(version, edit, form, problems, model);
  }

  private String withEvent(
      MessageVersion version, int edit, ScheduleForm form, @Nullable String chosen, Model model) {
    Problems problems = new Problems();
    Optional<Event> event =
        chosen != null && chosen.matches("[0-9]{1,18}")
            ? events.find(Long.parseLong(chosen), today())
            : Optional.empty();
    if (event.isEmpty()) {
      problems.add("event", "Select an event");
    }
    return form(
        version,
        edit,
        event.map(found -> form.withEvent(found.first(), found.last())).orElse(form),
        problems,
        model);
  }

  /** The last week of what is typed once more, in the week after. */
  private String withWeek(MessageVersion version, int edit, ScheduleForm form, Model model) {
    Problems problems = new Problems();
    List<Window> windows = windows(form, version, problems);
    if (problems.any()) {
      return form(version, edit, form, problems, model);
    }
    Campaign campaign = campaigns.get(version.campaign());
    List<Window> copied = WeekCopy.of(windows, WeekCopy.lastWeek(windows), campaign.endsOn());
    List<Window> all = new ArrayList<>(windows);
    all.addAll(copied);
    List<Times> sets = Times.of(all);
    if (copied.isEmpty() || sets.size() > ScheduleForm.MOST) {
      problems.add(
          "addWeek",
          copied.isEmpty()
              ? "The week after lies outside the campaign"
              : "A message has %d sets of times at most".formatted(ScheduleForm.MOST));
      return form(version, edit, form, problems, model);
    }
    return form(version, edit, form.withTimes(sets), problems, model);
  }

  private List<Window> windows(ScheduleForm form, MessageVersion version, Problems problems) {
    Campaign campaign = campaigns.get(version.campaign());
    List<Window> windows = new ArrayList<>();
    for (TimesForm set : form.times()) {
      set.times(settings.zone(), problems)
          .ifPresent(
              times -> {
                within(campaign, times.window(), set, problems);
                windows.addAll(times.windows());
              });
    }
    return windows;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), settings.zone());
  }

  /** Thursday to Saturday evenings, the night-time economy's own, within the campaign. */
  private Window suggested(MessageVersion version) {
    Campaign campaign = campaigns.get(version.campaign());
    LocalDate today = today();
    LocalDate from = today.isAfter(campaign.startsOn()) ? today : campaign.startsOn();
    return new Window(
        from.isAfter(campaign.endsOn()) ? campaign.startsOn() : from,
        campaign.endsOn(),
        EnumSet.of(DayOfWeek.THURSDAY, DayOfWeek.FRIDAY, DayOfWeek.SATURDAY),
        LocalTime.of(19, 0),
        LocalTime.of(4, 0),
        settings.zone());
  }

  private static void within(Campaign campaign, Window window, TimesForm set, Problems problems) {
    String words =
        "The campaign runs from %s to %s, and its messages must lie within"
            .formatted(campaign.startsOn(), campaign.endsOn());
    if (window.from().isBefore(campaign.startsOn())) {
      problems.add(set.name("from"), words);
    }
    if (window.to().isAfter(campaign.endsOn())) {
      problems.add(set.name("to"), words);
    }
  }

  private String form(
      MessageVersion version, int edit, ScheduleForm form, Problems problems, Model model) {
    model.addAttribute("id", version.message().value());
    model.addAttribute("messageTitle", version.draft().title());
    model.addAttribute("edit", edit);
    model.addAttribute("most", ScheduleForm.MOST);
    model.addAttribute("form", form);
    model.addAttribute("places", places());
    Campaign campaign = campaigns.get(version.campaign());
    model.addAttribute(
        "runs",
        "The campaign runs from %s to %s"
            .formatted(times.day(campaign.startsOn()), times.day(campaign.endsOn())));
    model.addAttribute("events", events.from(today()));
    model.addAttribute("drawn", plans.of(sites.sites()));
    model.addAttribute("week", DayOfWeek.values());
    model.addAttribute("priorities", Priority.values());
    model.addAttribute("problems", problems);
    return "schedule/form";
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    String site = "";
    for (NodeView node : nodes.all()) {
      if (!node.site().equals(site)) {
        site = node.site();
        places.add(new Place(site, node.siteName() + ": every node", false));
      }
      places.add(new Place(site + "/" + node.node(), node.node() + " alone", true));
    }
    return places;
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
