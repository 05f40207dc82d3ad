package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.contact.Decision;
import org.towncrier.broadcaster.round.NearPhone.Verdict;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.WithheldReason;

/**
 * Chooses what to offer to whom: for each phone the most urgent message it may be offered, by lot
 * among equals, and of the phones those whose message is most urgent first.
 *
 * <p>A phone is judged once for a state of things, not at each sighting: in a full square that
 * would be thousands of look-ups a second for the same answers.
 */
final class Choice {
  /** Two looks and their pauses: a phone that can be seen answers one of them. */
  private static final Duration LATELY = Duration.ofSeconds(20);

  private final NodeStore store;
  private final ContactBook contacts;

  /** Grows with whatever may change every phone's verdict: schedule, messages on air, night. */
  private long age;

  Choice(NodeStore store, ContactBook contacts) {
    this.store = store;
    this.contacts = contacts;
  }

  /**
   * A phone and the message to offer it.
   *
   * @param toClaim as {@link Verdict#toClaim}
   */
  record Pick(NearPhone phone, ScheduledMessage message, List<ScheduledMessage> toClaim) {}

  /** Everything has to be judged anew. */
  void outdate() {
    age++;
  }

  /** Whether it has been decided that the phone is offered nothing for now. */
  boolean isSettled(NearPhone phone, Instant now) {
    Verdict verdict = phone.verdict(age, now);
    return verdict != null && verdict.message() == null;
  }

  /** Whom to offer what, in the order in which to do it. Counts what is withheld. */
  List<Pick> picks(
      PhonesNear near, Predicate<NearPhone> free, List<ScheduledMessage> onAir, Instant now) {
    List<NearPhone> phones = near.all().stream().filter(free).toList();
    List<NearPhone> unjudged =
        phones.stream().filter(phone -> phone.verdict(age, now) == null).toList();
    if (!unjudged.isEmpty()) {
      List<Verdict> verdicts =
          store.inTransaction(
              sql -> unjudged.stream().map(phone -> judge(phone, onAir, now)).toList());
      for (int i = 0; i < verdicts.size(); i++) {
        unjudged.get(i).decide(verdicts.get(i));
      }
    }
    List<Pick> picks = new ArrayList<>();
    for (NearPhone phone : phones) {
      Verdict verdict = phone.verdict(age, now);
      if (verdict != null && verdict.message() != null) {
        picks.add(new Pick(phone, verdict.message(), verdict.toClaim()));
      }
    }
    picks.sort(inOrder(now));
    return picks;
  }

  /**
   * Where an offer counts most comes first: the most urgent message; phones that take objects, as
   * far as they say; that were not just tried in vain; that answered the last looks, so are still
   * there; and of these the newest: an owner who has only now made the phone visible has it in
   * hand, while one who has been near for long has had his turn. The strong before the weak, whose
   * owner is on the way in or out.
   */
  private static Comparator<Pick> inOrder(Instant now) {
    Instant lately = now.minus(LATELY);
    return Comparator.comparing((Pick pick) -> pick.message().priority())
        .reversed()
        .thenComparing(pick -> pick.phone().seemsToLackObjectPush())
        .thenComparing(pick -> pick.phone().tries())
        .thenComparing(pick -> !pick.phone().heardBetween(lately, now))
        .thenComparing(pick -> pick.phone().firstHeard(), Comparator.reverseOrder())
        .thenComparing(pick -> -pick.phone().strength());
  }

  /** Counts as withheld what would be offered were it not for the hour. */
  void withholdAll(PhonesNear near, List<ScheduledMessage> due, Instant now) {
    store.run(
        sql -> {
          for (NearPhone phone : near.all()) {
            if (contacts.isOurs(phone.address())) {
              due.forEach(
                  message ->
                      contacts.withheld(
                          phone.address(),
                          message.id(),
                          WithheldReason.OUTSIDE_PERMITTED_HOURS,
                          now));
            }
          }
        });
  }

  private Verdict judge(NearPhone phone, List<ScheduledMessage> onAir, Instant now) {
    if (phone.isLeftAlone()) {
      contacts.neverAsk(phone.address());
    }
    Comparator<ScheduledMessage> order = byUrgency(phone);
    @Nullable ScheduledMessage best = null;
    List<ScheduledMessage> toClaim = new ArrayList<>();
    Instant until = Instant.MAX;
    for (ScheduledMessage message : onAir) {
      Decision decision = contacts.decide(phone.address(), message, now);
      if (decision instanceof Decision.MayOffer) {
        best = best == null || order.compare(message, best) > 0 ? message : best;
      } else if (decision instanceof Decision.MayClaim) {
        toClaim.add(message);
      } else if (decision instanceof Decision.Withheld withheld) {
        contacts.withheld(phone.address(), message.id(), withheld.reason(), now);
      } else if (decision instanceof Decision.Later later && later.at().isBefore(until)) {
        until = later.at();
      }
    }
    if (best == null && !toClaim.isEmpty()) {
      toClaim.sort(order.reversed());
      return new Verdict(age, toClaim.get(0), List.copyOf(toClaim), until);
    }
    return new Verdict(age, best, List.of(), until);
  }

  /** The more urgent one last; of two alike the one the lot gives this phone. */
  private Comparator<ScheduledMessage> byUrgency(NearPhone phone) {
    return Comparator.comparing(ScheduledMessage::priority)
        .thenComparing(
            message -> contacts.lot(phone.address(), message.id()), Long::compareUnsigned);
  }
}
