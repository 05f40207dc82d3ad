package org.towncrier.console.message;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.publish.ScheduleChanged;
import org.towncrier.console.store.Transactions;
import org.towncrier.console.writing.WritingChecks;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

/**
 * Messages from the first draft to the last night: every step a person can take, checked against
 * {@link MessageStatus}, written with its audit entry in one transaction.
 *
 * <p>Who may author or approve at all is for the pages to know; that nobody approves what they
 * wrote holds here and, once more, in the database.
 */
@Service
public class Messages {
  /** Pages of their own, where a message's page would be. */
  private static final Set<String> NOT_IDS = Set.of("new", "urgent");

  private final VersionStore versions;
  private final Campaigns campaigns;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final ApplicationEventPublisher events;
  private final WritingChecks checks;

  Messages(
      VersionStore versions,
      Campaigns campaigns,
      Transactions transactions,
      AuditTrail audit,
      InstantSource clock,
      ApplicationEventPublisher events,
      WritingChecks checks) {
    this.versions = versions;
    this.campaigns = campaigns;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.events = events;
    this.checks = checks;
  }

  /**
   * Begins a message.
   *
   * @throws InvalidInputException when the words are wrong, or the id is taken
   */
  public MessageVersion create(String who, CampaignId campaign, MessageId id, Draft draft) {
    return transactions.write(
        () -> {
          Campaign in = campaigns.get(campaign);
          if (isTaken(id)) {
            throw new InvalidInputException("id", "There is a message " + id + " already");
          }
          DraftRules.checkSaved(draft, in, versions.places());
          Instant now = clock.instant();
          versions.insertMessage(id, campaign, now);
          versions.insertVersion(id, 1, draft, who, now);
          versions.addEditor(id, 1, who);
          audit.add(who, "wrote", subject(id), "version 1 of \"" + draft.title().strip() + "\"");
          return newest(id);
        });
  }

  /** An id for a title that no message has yet. */
  public MessageId freeId(String title) {
    String words =
        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String base = words.isEmpty() ? "message" : words.substring(0, Math.min(words.length(), 50));
    MessageId id = new MessageId(base);
    for (int n = 2; isTaken(id); n++) {
      id = new MessageId(base + "-" + n);
    }
    return id;
  }

  private boolean isTaken(MessageId id) {
    return NOT_IDS.contains(id.value()) || versions.exists(id);
  }

  /**
   * Saves words, places and times: into the newest version while it is a draft, into a new version
   * of a message that was returned or stands approved.
   *
   * @param edit the {@link MessageVersion#edit()} that the person began from
   * @throws InvalidInputException when the words are wrong
   * @throws NotAllowedException when it can't be changed, or somebody else has changed it since
   */
  public MessageVersion save(String who, MessageId id, int edit, Draft draft) {
    return transactions.write(
        () -> {
          MessageVersion now = newest(id);
          DraftRules.checkSaved(draft, campaigns.get(now.campaign()), versions.places());
          sameAsRead(now, edit);
          if (now.status() == MessageStatus.DRAFT) {
            versions.updateDraft(id, now.number(), draft);
            versions.addEditor(id, now.number(), who);
            audit.add(who, "changed", subject(id), "version " + now.number());
          } else if (now.status() == MessageStatus.RETURNED || now.status().stands()) {
            int number = versions.highest(id) + 1;
            versions.insertVersion(id, number, draft, who, clock.instant());
            versions.addEditor(id, number, who);
            if (now.status() == MessageStatus.RETURNED) {
              // Most of its words are theirs.
              versions.editors(id, now.number()).forEach(e -> versions.addEditor(id, number, e));
            }
            audit.add(who, "wrote", subject(id), "version " + number);
          } else {
            throw new NotAllowedException(
                "A message that is %s can't be changed; write a new one."
                    .formatted(words(now.status())));
          }
          return newest(id);
        });
  }

  /**
   * Asks a second person to look.
   *
   * @throws InvalidInputException when anything about it is wrong or missing
   */
  public MessageVersion submit(String who, MessageId id) {
    return transactions.write(
        () -> {
          MessageVersion now = newest(id);
          step(now, MessageStatus.SUBMITTED);
          DraftRules.checkWhole(
              now.draft(), campaigns.get(now.campaign()), versions.places(), checks);
          versions.submitted(now, who, clock.instant());
          audit.add(who, "submitted", subject(id), "version " + now.number());
          return newest(id);
        });
  }

  /**
   * Takes it back before anybody has decided, to go on writing.
   *
   * @throws NotAllowedException when somebody has decided, or that person wrote none of it
   */
  public MessageVersion withdraw(String who, MessageId id) {
    return transactions.write(
        () -> {
          MessageVersion now = newest(id);
          step(now, MessageStatus.DRAFT);
          ofTheirOwn(who, now);
          versions.moved(id, now.number(), MessageStatus.DRAFT);
          audit.add(who, "withdrew", subject(id), "version " + now.number());
          return newest(id);
        });
  }

  /**
   * Puts a draft away. It stays in the record; the version before it, if one stands, goes on.
   *
   * @throws NotAllowedException when it is no draft any more, or that person wrote none of it
   */
  public MessageVersion discard(String who, MessageId id) {
    return transactions.write(
        () -> {
          MessageVersion now = newest(id);
          step(now, MessageStatus.DISCARDED);
          ofTheirOwn(who, now);
          versions.discarded(now, clock.instant());
          audit.add(who, "discarded", subject(id), "version " + now.number());
          return newest(id);
        });
  }

  private void ofTheirOwn(String who, MessageVersion version) {
    if (!versions
        .editors(version.message(), version.number())
        .contains(who.toLowerCase(Locale.ROOT))) {
      throw new NotAllowedException("Only somebody who wrote some of this message can do that.");
    }
  }

  /**
   * Sends it back to be mended.
   *
   * @param edit the {@link MessageVersion#edit()} that the person read
   * @param reason for the author; required
   */
  public MessageVersion sendBack(String who, MessageId id, int edit, String reason) {
    return transactions.write(
        () -> {
          MessageVersion now = newest(id);
          step(now, MessageStatus.RETURNED);
          sameAsRead(now, edit);
          if (reason.isBlank()) {
            throw new InvalidInputException("reason", "Enter what should be changed");
          }
          versions.decided(now, MessageStatus.RETURNED, who, reason.strip(), clock.instant());
          audit.add(who, "returned", subject(id), reason.strip());
          return newest(id);
        });
  }

  /**
   * The second person's yes: it goes out to its nodes at once, in place of the version before.
   *
   * @param edit the {@link MessageVersion#edit()} that the person read
   * @throws NotAllowedException when that person wrote some of it
   */
  public MessageVersion approve(String who, MessageId id, int edit) {
    return transactions.write(
        () -> {
          MessageVersion now = newest(id);
          step(now, MessageStatus.APPROVED);
          sameAsRead(now, edit);
          if (versions.editors(id, now.number()).contains(who.toLowerCase(Locale.ROOT))) {
            throw new NotAllowedException(
                "You wrote some of this message, so somebody else must approve it.");
          }
          // Again: nodes or campaign may have changed since it was submitted.
          DraftRules.checkWhole(
              now.draft(), campaigns.get(now.campaign()), versions.places(), checks);
          Set<SiteId> sites = new LinkedHashSet<>(sites(now));
          versions
              .standing(id)
              .ifPresent(
                  before -> {
                    versions.moved(id, before.number(), MessageStatus.REPLACED);
                    sites.addAll(sites(before));
                  });
          versions.decided(now, MessageStatus.APPROVED, who, null, clock.instant());
          audit.add(who, "approved", subject(id), "version " + now.number());
          ageOf(id);
          tellAfterCommit(sites);
          return newest(id);
        });
  }

  /**
   * Keeps it from its nodes until it is resumed. What stands is paused, not what is being written.
   */
  public MessageVersion pause(String who, MessageId id) {
    return transactions.write(
        () -> {
          MessageVersion version = standing(id, MessageStatus.PAUSED);
          versions.paused(version, clock.instant());
          audit.add(who, "paused", subject(id), "version " + version.number());
          tellAfterCommit(sites(version));
          return newest(id);
        });
  }

  /** Takes {@link #pause} back: its nodes offer it again whenever a window is open. */
  public MessageVersion resume(String who, MessageId id) {
    return transactions.write(
        () -> {
          MessageVersion version = standing(id);
          if (version.status() != MessageStatus.PAUSED) {
            throw new NotAllowedException(
                "A message that is %s can't be resumed.".formatted(words(version.status())));
          }
          versions.resumed(version);
          audit.add(who, "resumed", subject(id), "version " + version.number());
          ageOf(id);
          tellAfterCommit(sites(version));
          return newest(id);
        });
  }

  /** Ends it before its last window: it has done its work. It does not come back. */
  public MessageVersion endEarly(String who, MessageId id) {
    return transactions.write(
        () -> {
          MessageVersion version = standing(id, MessageStatus.ENDED);
          versions.moved(id, version.number(), MessageStatus.ENDED);
          audit.add(who, "ended early", subject(id), "version " + version.number());
          tellAfterCommit(sites(version));
          return newest(id);
        });
  }

  /** The version that stands, when it may take that step. */
  private MessageVersion standing(MessageId id, MessageStatus next) {
    MessageVersion version = standing(id);
    step(version, next);
    return version;
  }

  private MessageVersion standing(MessageId id) {
    return versions.standing(id).orElseGet(() -> newest(id));
  }

  /** Stops a message for good, whatever its state: its nodes fall silent about it at once. */
  public MessageVersion cancel(String who, MessageId id) {
    return transactions.write(
        () -> {
          MessageVersion newest = newest(id);
          Optional<MessageVersion> standing = versions.standing(id);
          if (standing.isEmpty()) {
            step(newest, MessageStatus.CANCELLED);
          }
          Set<SiteId> sites = new LinkedHashSet<>();
          standing.ifPresent(
              version -> {
                versions.decided(version, MessageStatus.CANCELLED, who, null, clock.instant());
                sites.addAll(sites(version));
              });
          if (newest.status().mayBecome(MessageStatus.CANCELLED) && !newest.status().stands()) {
            versions.decided(newest, MessageStatus.CANCELLED, who, null, clock.instant());
          }
          audit.add(who, "cancelled", subject(id), "version " + newest.number());
          tellAfterCommit(sites);
          return newest(id);
        });
  }

  /** The newest version, when there is such a message. */
  public Optional<MessageVersion> find(MessageId id) {
    return versions.newest(id);
  }

  /** The newest version of each message of a campaign, oldest message first. */
  public List<MessageVersion> of(CampaignId campaign) {
    return versions.newestOf(campaign);
  }

  /** What people call a site. */
  String name(SiteId site) {
    return versions.name(site);
  }

  /** What is approved and not over, where and when, in the order nodes are told it. */
  public List<PlannedMessage> planned() {
    return versions.planned();
  }

  /** Whether a second person ever said yes to some version, so that phones may know it. */
  boolean wasApproved(MessageId id) {
    return audit.of(subject(id)).stream().anyMatch(entry -> entry.what().equals("approved"));
  }

  /** Every version, the newest first. */
  public List<MessageVersion> history(MessageId id) {
    return versions.all(id);
  }

  /** One version, when there is such a one. */
  public Optional<MessageVersion> version(MessageId id, int number) {
    return versions.one(id, number);
  }

  /**
   * Some versions, the newest first: each may carry megabytes of pictures.
   *
   * @param limit how many at most
   * @param offset how many newer ones to leave out
   */
  public List<MessageVersion> history(MessageId id, int limit, long offset) {
    return versions.some(id, limit, offset);
  }

  /** Whether any version of it is to be offered now or later. */
  public boolean speaks(MessageId id) {
    return versions.statuses(id).stream().anyMatch(MessageStatus::speaks);
  }

  /** Every place that any version of it was ever meant for. */
  public Set<Target> everyTarget(MessageId id) {
    return versions.everyTarget(id);
  }

  /** Moves approved versions to live when their first window opens, and to ended after the last. */
  void ageAll() {
    transactions.run(() -> versions.standing().forEach(this::age));
  }

  private void ageOf(MessageId id) {
    versions.standing().stream().filter(version -> version.message().equals(id)).forEach(this::age);
  }

  private void age(VersionStore.Standing version) {
    Instant now = clock.instant();
    List<Window> windows = version.windows();
    if (windows.stream().noneMatch(w -> w.isOpen(now) || w.nextChange(now).isPresent())) {
      move(version, MessageStatus.ENDED);
    } else if (version.status() == MessageStatus.APPROVED
        && windows.stream().anyMatch(window -> window.isOpen(now))) {
      move(version, MessageStatus.LIVE);
    }
  }

  private void move(VersionStore.Standing version, MessageStatus next) {
    versions.moved(version.message(), version.number(), next);
    audit.add("console", words(next), subject(version.message()), "version " + version.number());
  }

  private MessageVersion newest(MessageId id) {
    return versions
        .newest(id)
        .orElseThrow(() -> new NotAllowedException("There is no message " + id + "."));
  }

  private void tellAfterCommit(Set<SiteId> sites) {
    if (!sites.isEmpty()) {
      Transactions.afterCommit(() -> events.publishEvent(new ScheduleChanged(sites)));
    }
  }

  private static Set<SiteId> sites(MessageVersion version) {
    Set<SiteId> sites = new LinkedHashSet<>();
    version.draft().targets().forEach(target -> sites.add(target.site()));
    return sites;
  }

  private static void sameAsRead(MessageVersion now, int edit) {
    if (now.edit() != edit) {
      throw new NotAllowedException(
          "Somebody has changed this message since you opened it. Read it again, then decide.");
    }
  }

  private static void step(MessageVersion now, MessageStatus next) {
    if (!now.status().mayBecome(next)) {
      throw new NotAllowedException(
          "A message that is %s can't become %s.".formatted(words(now.status()), words(next)));
    }
  }

  private static String words(@Nullable MessageStatus status) {
    return String.valueOf(status).toLowerCase(Locale.ROOT);
  }

  private static String subject(MessageId id) {
    return "message " + id;
  }
}
