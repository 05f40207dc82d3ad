package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.contact.Decision;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.WithheldReason;

/**
 * A message that is offered to the team's own phones now, because somebody at the console wants to
 * see it arrive. Only what is in the node's schedule, and only while the node may speak at all.
 */
final class TestOffer {
  /** Once a phone was asked, the others of the list have this long to be seen. */
  private static final Duration QUIET = Duration.ofSeconds(30);

  private final ContactBook contacts;
  private final Offers offers;
  private final InstantSource clock;
  private @Nullable Trial trial;

  TestOffer(ContactBook contacts, Offers offers, InstantSource clock) {
    this.contacts = contacts;
    this.offers = offers;
    this.clock = clock;
  }

  /** One command's worth, and what has come of it so far. */
  private static final class Trial {
    final MessageId message;
    final Instant until;
    final Ending ending;
    final Set<BluetoothAddress> asked = new HashSet<>();
    final Map<BluetoothAddress, String> notAsked = new HashMap<>();
    final Map<Outcome, Integer> ended = new EnumMap<>(Outcome.class);
    int underWay;
    @Nullable Instant lastEnd;

    Trial(MessageId message, Instant until, Ending ending) {
      this.message = message;
      this.until = until;
      this.ending = ending;
    }

    int near() {
      return asked.size() + notAsked.size();
    }
  }

  /** Begins; another test that is under way ends. */
  void begin(MessageId message, Instant until, Ending ending) {
    Trial before = trial;
    trial = null;
    if (before != null) {
      before.ending.ended(!before.asked.isEmpty(), "It was begun anew. " + words(before));
    }
    if (contacts.testPhones() == 0) {
      ending.ended(
          false,
          "No phone was asked: there is none on this node's test list. Put the Bluetooth addresses"
              + " of the team's phones under testPhones in the node's own file, and restart it.");
      return;
    }
    trial = new Trial(message, until, ending);
  }

  /**
   * Offers it to whoever of the list is near and free.
   *
   * @param schedule every message of the schedule, on air or not
   * @param adapters which adapter could call a phone now
   */
  void work(
      List<ScheduledMessage> schedule,
      PhonesNear near,
      Predicate<NearPhone> free,
      Function<NearPhone, Optional<AdapterId>> adapters) {
    Trial open = trial;
    Instant now = clock.instant();
    if (open == null || !now.isBefore(open.until)) {
      return;
    }
    Optional<ScheduledMessage> message = find(schedule, open.message, now);
    if (message.isPresent()) {
      for (NearPhone phone : List.copyOf(near.all())) {
        if (!open.asked.contains(phone.address()) && free.test(phone)) {
          offer(open, message.get(), phone, adapters, now);
        }
      }
    }
  }

  private void offer(
      Trial open,
      ScheduledMessage message,
      NearPhone phone,
      Function<NearPhone, Optional<AdapterId>> adapters,
      Instant now) {
    Decision decision = decide(phone, message, now);
    if (decision instanceof Decision.Withheld withheld) {
      if (withheld.reason() != WithheldReason.NOT_ON_TEST_LIST) {
        open.notAsked.put(phone.address(), words(withheld.reason()));
      }
    } else if (!(decision instanceof Decision.MayOffer)) {
      open.notAsked.put(phone.address(), "was tried in vain before, or cannot receive");
    } else {
      Optional<AdapterId> adapter = adapters.apply(phone);
      if (adapter.isPresent()) {
        // In training the trial spends what the schedule would.
        phone.judgeAnew();
        offers.beginTest(phone.address(), message, adapter.get(), outcome -> ended(open, outcome));
        // Only what could be written down counts as asked. It may be over already: a radio that
        // would not begin it has then taken one from those under way before it was added.
        open.asked.add(phone.address());
        open.notAsked.remove(phone.address());
        open.underWay++;
      }
    }
  }

  private Decision decide(NearPhone phone, ScheduledMessage message, Instant now) {
    Decision decision = contacts.decideTest(phone.address(), message, now);
    if (decision instanceof Decision.MayOffer && phone.isLeftAlone()) {
      contacts.neverAsk(phone.address());
      return contacts.decideTest(phone.address(), message, now);
    }
    return decision;
  }

  private void ended(Trial open, Outcome outcome) {
    open.underWay--;
    open.ended.merge(outcome, 1, Integer::sum);
    open.lastEnd = clock.instant();
  }

  /**
   * Looks whether it is over: every phone of the list was dealt with, no further one has been seen
   * for a while, its time has run out, or it can't be.
   */
  void look(List<ScheduledMessage> schedule, Optional<String> silentBecause) {
    Trial open = trial;
    Instant now = clock.instant();
    if (open == null || open.underWay > 0) {
      return;
    }
    Optional<String> obstacle =
        silentBecause
            .map(because -> "the node " + because + ".")
            .or(
                () ->
                    find(schedule, open.message, now).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                            "the node does not have that message, or its campaign is not"
                                + " running."));
    Instant lastEnd = open.lastEnd;
    boolean quiet = lastEnd != null && !now.isBefore(lastEnd.plus(QUIET));
    boolean all = open.near() >= contacts.testPhones();
    if (obstacle.isPresent() || all || quiet || !now.isBefore(open.until)) {
      trial = null;
      open.ending.ended(
          !open.asked.isEmpty(),
          obstacle.map(why -> stopped(open, why)).orElseGet(() -> words(open)));
    }
  }

  private Optional<ScheduledMessage> find(
      List<ScheduledMessage> schedule, MessageId message, Instant now) {
    return schedule.stream()
        .filter(each -> each.id().equals(message) && contacts.isRunning(each.campaign(), now))
        .findFirst();
  }

  private String stopped(Trial done, String why) {
    return done.near() == 0
        ? "No phone was asked: " + why
        : words(done) + " It ended early: " + why;
  }

  /** What came of it, for the person who asked; it counts phones and names none. */
  private String words(Trial done) {
    int list = contacts.testPhones();
    if (done.near() == 0) {
      return "No phone was asked: none of the %d on this node's test list was seen near. A phone is seen while its Bluetooth settings are open."
          .formatted(list);
    }
    Map<String, Integer> ends = new TreeMap<>();
    done.notAsked
        .values()
        .forEach(why -> ends.merge("not asked, since it " + why, 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    done.ended.forEach((outcome, n) -> parts.add(n + " " + words(outcome)));
    ends.forEach((why, n) -> parts.add(n + " " + why));
    return "Of the %d on this node's test list %d %s near: %s."
        .formatted(list, done.near(), done.near() == 1 ? "was" : "were", String.join("; ", parts));
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> "accepted it";
      case DECLINED_OR_IGNORED -> "declined it, or let it ring out";
      case UNANSWERED -> "did not answer in time";
      case UNSUPPORTED -> "cannot receive messages this way";
      case UNREACHABLE -> "could not be reached";
      case INTERRUPTED -> "lost the connection";
      case RADIO_FAULT -> "was not asked, since the node's radio failed";
      case WITHDRAWN -> "was asked, and then the node had to stop";
      case UNRESOLVED -> "may have it: the connection was lost at the very end";
      case WITHHELD -> "was not asked";
    };
  }

  private static String words(WithheldReason reason) {
    return switch (reason) {
      case ALREADY_OFFERED -> "was offered this message before";
      case DECLINED_BEFORE -> "declined one of this campaign before";
      case BUDGET_SPENT -> "had all its test messages of tonight";
      case OPTED_OUT -> "asked to be left alone";
      case OUTSIDE_PERMITTED_HOURS, NOT_ON_TEST_LIST -> "may not be asked now";
    };
  }
}
