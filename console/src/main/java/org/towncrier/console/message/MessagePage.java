package org.towncrier.console.message;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.evaluation.Footfall;
import org.towncrier.console.evaluation.OutcomeWords;
import org.towncrier.console.live.CountsNow;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.People;
import org.towncrier.console.people.SignedIn;
import org.towncrier.console.writing.SensitiveTopic;
import org.towncrier.console.writing.WritingChecks;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;

/** The page of one message, with what this person may do about it. */
@Component
class MessagePage {
  private final Messages messages;
  private final MessageOverview overview;
  private final Campaigns campaigns;
  private final CountsNow counts;
  private final AuditTrail audit;
  private final People people;
  private final LocalTimes times;
  private final Footfall footfall;
  private final WritingChecks checks;

  MessagePage(
      Messages messages,
      MessageOverview overview,
      Campaigns campaigns,
      CountsNow counts,
      AuditTrail audit,
      People people,
      LocalTimes times,
      Footfall footfall,
      WritingChecks checks) {
    this.messages = messages;
    this.overview = overview;
    this.campaigns = campaigns;
    this.counts = counts;
    this.audit = audit;
    this.people = people;
    this.times = times;
    this.footfall = footfall;
    this.checks = checks;
  }

  /** A line of the history, with the person's name. */
  record Step(Instant at, String who, String what, String detail) {}

  /**
   * Fills the page.
   *
   * @param reason what was typed as the reason for a return
   */
  String show(String id, SignedIn me, Problems problems, String reason, Model model) {
    MessageVersion version = existing(id);
    MessageView view = view(version);
    model.addAttribute("message", view);
    model.addAttribute(
        "own", overview.editors(view).contains(me.getUsername().toLowerCase(Locale.ROOT)));
    model.addAttribute("places", version.draft().targets().stream().map(this::words).toList());
    model.addAttribute("leftOut", overview.leftOutAt(view).stream().map(this::words).toList());
    model.addAttribute("times", version.draft().windows().stream().map(times::window).toList());
    model.addAttribute("outcomes", OutcomeWords.rows(countsOf(view.id())));
    model.addAttribute("history", history(view.id()));
    model.addAttribute("decidedBy", people.displayName(view.decidedBy()));
    model.addAttribute("submittedBy", people.displayName(view.submittedBy()));
    model.addAttribute("expected", view.waiting() && view.urgent() ? expected(version) : List.of());
    Campaign campaign = campaigns.get(version.campaign());
    model.addAttribute(
        "look",
        Look.of(
            new DraftChecks(version.draft(), campaign, checks),
            Preview.all(
                version.draft(),
                campaign,
                place -> "/messages/" + id + "/image/" + place + "?small=true")));
    model.addAttribute(
        "topic",
        DraftChecks.topic(version.draft(), campaigns.get(version.campaign()))
            .map(SensitiveTopic::words)
            .orElse(null));
    model.addAttribute("reason", reason);
    model.addAttribute("problems", problems);
    return "message/one";
  }

  /** What an approver of an urgent message should know: about how many phones, where. */
  private List<String> expected(MessageVersion version) {
    return version.draft().targets().stream()
        .map(Target::site)
        .distinct()
        .map(
            site -> {
              OptionalLong phones = footfall.phonesAtThisHour(site);
              return phones.isPresent()
                  ? messages.name(site)
                      + ": about "
                      + phones.getAsLong()
                      + " phones an hour at this time of day"
                  : messages.name(site) + ": nobody knows yet how many phones pass at this hour";
            })
        .toList();
  }

  String words(Target target) {
    String site = messages.name(target.site());
    return target.node() == null ? "Every node of " + site : site + ", " + target.node();
  }

  private Map<Outcome, Long> countsOf(String id) {
    Map<String, Long> all = counts.of(id);
    Map<Outcome, Long> mine = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      mine.put(outcome, all.getOrDefault(outcome.name(), 0L));
    }
    return mine;
  }

  private List<Step> history(String id) {
    return audit.of("message " + id).stream()
        .map(
            entry ->
                new Step(
                    entry.at(),
                    entry.who().equals("console") ? "" : people.displayName(entry.who()),
                    entry.what(),
                    entry.detail()))
        .toList();
  }

  /** The message, or a 404 page. */
  MessageVersion existing(String id) {
    return id(id)
        .flatMap(messages::find)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  MessageView view(MessageVersion version) {
    return overview
        .one(version.message().value())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /** The id, unless no message can have it. */
  static Optional<MessageId> id(@Nullable String typed) {
    try {
      return typed == null ? Optional.empty() : Optional.of(new MessageId(typed));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
