package org.towncrier.console.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.api.MessageBodies.AtNode;
import org.towncrier.console.api.MessageBodies.Checked;
import org.towncrier.console.api.MessageBodies.Decision;
import org.towncrier.console.api.MessageBodies.Done;
import org.towncrier.console.api.MessageBodies.MessageLine;
import org.towncrier.console.api.MessageBodies.NewMessage;
import org.towncrier.console.api.MessageBodies.NewSchedule;
import org.towncrier.console.api.MessageBodies.NewUrgent;
import org.towncrier.console.api.MessageBodies.NewWording;
import org.towncrier.console.api.MessageBodies.NewWords;
import org.towncrier.console.api.MessageBodies.Return;
import org.towncrier.console.api.MessageBodies.Times;
import org.towncrier.console.api.MessageBodies.Version;
import org.towncrier.console.api.MessageBodies.Week;
import org.towncrier.console.api.MessageBodies.Words;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.input.InvalidInputException.Problem;
import org.towncrier.console.message.Approvals;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.Drafts;
import org.towncrier.console.message.MessageKind;
import org.towncrier.console.message.MessageOverview;
import org.towncrier.console.message.MessageStatus;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.Target;
import org.towncrier.console.message.Wording;
import org.towncrier.console.onair.Effects;
import org.towncrier.console.plan.WeekCopies;
import org.towncrier.console.table.Tables;
import org.towncrier.console.token.Caller;
import org.towncrier.console.token.Scope;
import org.towncrier.console.urgent.UrgentMessages;
import org.towncrier.console.writing.Text;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/** Messages, from the first draft to the last night. */
@RestController
@RequestMapping(path = ApiSecurity.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
class MessagesApi {
  private final Messages messages;
  private final MessageOverview overview;
  private final Approvals approvals;
  private final UrgentMessages urgent;
  private final WeekCopies copies;
  private final Effects effects;
  private final Campaigns campaigns;
  private final AuditTrail audit;
  private final Tables tables;
  private final ConsoleSettings settings;

  MessagesApi(
      Messages messages,
      MessageOverview overview,
      Approvals approvals,
      UrgentMessages urgent,
      WeekCopies copies,
      Effects effects,
      Campaigns campaigns,
      AuditTrail audit,
      Tables tables,
      ConsoleSettings settings) {
    this.messages = messages;
    this.overview = overview;
    this.approvals = approvals;
    this.urgent = urgent;
    this.copies = copies;
    this.effects = effects;
    this.campaigns = campaigns;
    this.audit = audit;
    this.tables = tables;
    this.settings = settings;
  }

  @Endpoint(scope = Scope.MESSAGES_READ, says = "Lists messages, the newest first")
  @GetMapping("/messages")
  Listing<MessageLine> list(
      @Says("In title, words or campaign") @RequestParam(defaultValue = "") String words,
      @Says("Of the newest version or the one that stands") @RequestParam(required = false)
          @Nullable MessageStatus status,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.read(
        overview.page(words, status == null ? "" : status.name(), page, size).stream()
            .map(MessageLine::of)
            .toList(),
        page,
        size);
  }

  @Endpoint(
      scope = Scope.MESSAGES_READ,
      says = "All messages that fit, as CSV; figures as in the list")
  @GetMapping(path = "/messages.csv", produces = "text/csv")
  ResponseEntity<byte[]> table(
      @Says("In title, words or campaign") @RequestParam(defaultValue = "") String words,
      @Says("Of the newest version or the one that stands") @RequestParam(required = false)
          @Nullable MessageStatus status) {
    return tables
        .messagesToTell(words, status == null ? "" : status.name())
        .download("towncrier-messages.csv");
  }

  @Endpoint(scope = Scope.MESSAGES_WRITE, says = "Begins a message, as a draft", status = 201)
  @PostMapping(path = "/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Version> create(
      @RequestBody NewMessage body, @AuthenticationPrincipal Caller caller) {
    List<Problem> problems = new ArrayList<>();
    CampaignId campaign = campaign(body.campaign(), problems);
    List<Target> places =
        MessageBodies.targets(Objects.requireNonNullElse(body.places(), List.of()), problems);
    List<Window> windows =
        Times.windows(
            Objects.requireNonNullElse(body.windows(), List.of()), settings.zone(), problems);
    List<Wording> wordings =
        NewWording.wordings(body.wordings(), body.title(), body.kind(), problems);
    MessageBodies.refuse(problems);
    Draft draft =
        Drafts.of(body.title(), body.kind(), wordings, null)
            .at(places, windows, Objects.requireNonNullElse(body.priority(), Priority.NORMAL));
    return created(
        messages.create(caller.username(), campaign, messages.freeId(body.title()), draft));
  }

  @Endpoint(
      scope = Scope.MESSAGES_WRITE,
      says = "Writes an urgent message and sends it for approval, or does neither",
      status = 201)
  @PostMapping(path = "/urgent-messages", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Version> urgent(
      @RequestBody NewUrgent body, @AuthenticationPrincipal Caller caller) {
    List<Problem> problems = new ArrayList<>();
    CampaignId campaign = campaign(body.campaign(), problems);
    List<Text> texts = Words.texts(body.texts(), "texts", problems);
    List<Target> places = MessageBodies.targets(body.places(), problems);
    MessageBodies.refuse(problems);
    return created(
        urgent.send(caller.username(), campaign, body.title(), texts, places, body.hours()));
  }

  @Endpoint(scope = Scope.MESSAGES_READ, says = "The newest version of a message")
  @GetMapping("/messages/{message}")
  Version one(@PathVariable String message) {
    return Version.of(existing(message));
  }

  @Endpoint(
      scope = Scope.MESSAGES_WRITE,
      says =
          "Writes other words: into the draft, or as a new version of what was returned or approved")
  @PutMapping(path = "/messages/{message}/words", consumes = MediaType.APPLICATION_JSON_VALUE)
  Version words(
      @PathVariable String message,
      @RequestBody NewWords body,
      @AuthenticationPrincipal Caller caller) {
    MessageVersion before = existing(message);
    List<Problem> problems = new ArrayList<>();
    List<Wording> wordings =
        NewWording.wordings(body.wordings(), body.title(), body.kind(), problems);
    MessageBodies.refuse(problems);
    Draft draft =
        Drafts.of(
            body.title(),
            body.kind(),
            body.kind() == MessageKind.IMAGE
                ? Drafts.withPictures(wordings, before.draft())
                : wordings,
            before.draft());
    return Version.of(messages.save(caller.username(), before.message(), body.edit(), draft));
  }

  @Endpoint(
      scope = Scope.MESSAGES_WRITE,
      says =
          "Says where and when: in the draft, or as a new version of what was returned or approved")
  @PutMapping(path = "/messages/{message}/schedule", consumes = MediaType.APPLICATION_JSON_VALUE)
  Version schedule(
      @PathVariable String message,
      @RequestBody NewSchedule body,
      @AuthenticationPrincipal Caller caller) {
    MessageVersion before = existing(message);
    List<Problem> problems = new ArrayList<>();
    List<Target> places = MessageBodies.targets(body.places(), problems);
    List<Window> windows = Times.windows(body.windows(), settings.zone(), problems);
    MessageBodies.refuse(problems);
    return Version.of(
        messages.save(
            caller.username(),
            before.message(),
            body.edit(),
            before.draft().at(places, windows, body.priority())));
  }

  @Endpoint(
      scope = Scope.MESSAGES_WRITE,
      says =
          "Writes a new version that is on air in the week after at the times of one week as well;"
              + " what stands goes on until somebody has approved it")
  @PostMapping(path = "/messages/{message}/copy-week", consumes = MediaType.APPLICATION_JSON_VALUE)
  Version copyWeek(
      @PathVariable String message,
      @RequestBody Week body,
      @AuthenticationPrincipal Caller caller) {
    Fields.reach("week", body.week());
    return Version.of(
        copies.copy(caller.username(), existing(message).message(), body.edit(), body.week()));
  }

  @Endpoint(scope = Scope.MESSAGES_WRITE, says = "Sends a draft for approval by somebody else")
  @PostMapping("/messages/{message}/submit")
  Version submit(@PathVariable String message, @AuthenticationPrincipal Caller caller) {
    return step(message, caller, messages::submit);
  }

  @Endpoint(
      scope = Scope.MESSAGES_WRITE,
      says = "Takes a message back before anybody has decided; by one of its authors")
  @PostMapping("/messages/{message}/withdraw")
  Version withdraw(@PathVariable String message, @AuthenticationPrincipal Caller caller) {
    return step(message, caller, messages::withdraw);
  }

  @Endpoint(
      scope = Scope.MESSAGES_WRITE,
      says = "Puts a draft away, for good; what was approved before goes on")
  @PostMapping("/messages/{message}/discard")
  Version discard(@PathVariable String message, @AuthenticationPrincipal Caller caller) {
    return step(message, caller, messages::discard);
  }

  @Endpoint(
      scope = Scope.MESSAGES_APPROVE,
      says =
          "The second person's yes: it goes out to its nodes at once. Nobody approves what they"
              + " wrote some of. Off unless towncrier.api.approvals is on")
  @PostMapping(path = "/messages/{message}/approve", consumes = MediaType.APPLICATION_JSON_VALUE)
  Version approve(
      @PathVariable String message,
      @RequestBody Decision body,
      @AuthenticationPrincipal Caller caller) {
    return Version.of(
        approvals.approve(
            caller.username(),
            caller.isSeniorApprover(),
            existing(message).message(),
            body.edit()));
  }

  @Endpoint(scope = Scope.MESSAGES_STOP, says = "Sends a message back to its author")
  @PostMapping(path = "/messages/{message}/return", consumes = MediaType.APPLICATION_JSON_VALUE)
  Version sendBack(
      @PathVariable String message,
      @RequestBody Return body,
      @AuthenticationPrincipal Caller caller) {
    return Version.of(
        messages.sendBack(
            caller.username(), existing(message).message(), body.edit(), body.reason()));
  }

  @Endpoint(
      scope = Scope.MESSAGES_STOP,
      says = "Keeps what stands approved from its nodes until it is resumed")
  @PostMapping("/messages/{message}/pause")
  Version pause(@PathVariable String message, @AuthenticationPrincipal Caller caller) {
    return step(message, caller, messages::pause);
  }

  @Endpoint(
      scope = Scope.MESSAGES_RESUME,
      says = "Takes a pause back: nodes offer it again whenever a window is open")
  @PostMapping("/messages/{message}/resume")
  Version resume(@PathVariable String message, @AuthenticationPrincipal Caller caller) {
    return step(message, caller, messages::resume);
  }

  @Endpoint(
      scope = Scope.MESSAGES_STOP,
      says = "Ends a message before its last window, for good: it has done its work")
  @PostMapping("/messages/{message}/end")
  Version end(@PathVariable String message, @AuthenticationPrincipal Caller caller) {
    return step(message, caller, messages::endEarly);
  }

  @Endpoint(scope = Scope.MESSAGES_STOP, says = "Stops a message for good, whatever its state")
  @PostMapping("/messages/{message}/cancel")
  Version cancel(@PathVariable String message, @AuthenticationPrincipal Caller caller) {
    return step(message, caller, messages::cancel);
  }

  @Endpoint(scope = Scope.MESSAGES_READ, says = "Every version of a message, the newest first")
  @GetMapping("/messages/{message}/versions")
  Listing<Version> versions(
      @PathVariable String message,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.read(
        messages.history(existing(message).message(), size + 1, (page - 1L) * size).stream()
            .map(Version::of)
            .toList(),
        page,
        size);
  }

  @Endpoint(scope = Scope.MESSAGES_READ, says = "What was done to a message, the latest first")
  @GetMapping("/messages/{message}/history")
  Listing<Done> history(
      @PathVariable String message,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(
        audit.of("message " + existing(message).message()).stream().map(Done::of).toList(),
        page,
        size);
  }

  @Endpoint(scope = Scope.MESSAGES_READ, says = "What a careful colleague would say of its words")
  @GetMapping("/messages/{message}/checks")
  Listing<Checked> checks(
      @PathVariable String message,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(
        approvals.checks(existing(message)).stream().map(Checked::of).toList(), page, size);
  }

  @Endpoint(
      scope = Scope.MESSAGES_READ,
      says = "What each node makes of a message: the effect of an approval or a cancel")
  @GetMapping("/messages/{message}/nodes")
  Listing<AtNode> nodes(
      @PathVariable String message,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(
        effects.of(existing(message).message()).stream().map(AtNode::of).toList(), page, size);
  }

  @Endpoint(scope = Scope.MESSAGES_READ, says = "The picture of one wording")
  @GetMapping(path = "/messages/{message}/image", produces = MediaType.IMAGE_JPEG_VALUE)
  ResponseEntity<byte[]> image(
      @PathVariable String message,
      @Says("Which wording, from 1") @RequestParam(defaultValue = "1") @Min(1) int wording,
      @Says("Which version, from 1; the newest when left out")
          @RequestParam(required = false)
          @Min(1)
          @Nullable Integer version) {
    MessageVersion newest = existing(message);
    byte[] image =
        (version == null ? Optional.of(newest) : messages.version(newest.message(), version))
            .stream()
                .flatMap(v -> v.draft().wordings().stream().skip(wording - 1L).limit(1))
                .map(Wording::image)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(
                    () ->
                        new ResponseStatusException(
                            HttpStatus.NOT_FOUND, "This message has no such picture."));
    return ResponseEntity.ok().contentType(MediaType.IMAGE_JPEG).body(image);
  }

  private Version step(
      String message, Caller caller, BiFunction<String, MessageId, MessageVersion> step) {
    return Version.of(step.apply(caller.username(), existing(message).message()));
  }

  private static ResponseEntity<Version> created(MessageVersion version) {
    return ResponseEntity.created(
            URI.create(ApiSecurity.BASE + "/messages/" + version.message().value()))
        .body(Version.of(version));
  }

  private CampaignId campaign(String id, List<Problem> problems) {
    try {
      CampaignId campaign = new CampaignId(id);
      if (campaigns.find(campaign).isPresent()) {
        return campaign;
      }
    } catch (IllegalArgumentException notOne) {
      // Said below.
    }
    problems.add(new Problem("campaign", "There is no campaign " + id));
    return new CampaignId("none");
  }

  private MessageVersion existing(String id) {
    try {
      return messages.find(new MessageId(id)).orElseThrow(() -> none(id));
    } catch (IllegalArgumentException noMessageHasIt) {
      throw none(id);
    }
  }

  private static ResponseStatusException none(String id) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no message " + id + ".");
  }
}
