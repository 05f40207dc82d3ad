package org.towncrier.broadcaster.contact;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.delivery.OutcomeTable.Ruling;
import org.towncrier.broadcaster.loop.Cancellable;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.ContactTalk.Answer;
import org.towncrier.protocol.ContactTalk.Claim;
import org.towncrier.protocol.ContactTalk.Result;
import org.towncrier.protocol.ContactTalk.Wish;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;

/**
 * The claims that this node makes on phones which are another's to give. All of it is in memory: a
 * claim that is forgotten costs reach, since its owner goes on counting the phone as claimed.
 */
final class Claims {
  /** An owner that is there answers in milliseconds. */
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /** From the asking on; a phone that was given is to be offered something soon, or given back. */
  static final Duration USE_WITHIN = Duration.ofSeconds(20);

  /** An owner that did not answer is not asked again for so long, whatever the phone. */
  static final Duration SILENT = Duration.ofSeconds(15);

  private final EventLoop loop;
  private final Telling telling;
  private final SecureRandom random = new SecureRandom();
  private final Map<Pseudonym, Asking> asking = new HashMap<>();
  private final Map<Pseudonym, Granted> granted = new HashMap<>();
  private final Map<Pseudonym, Map<MessageId, Instant>> denied = new HashMap<>();
  private final Map<Long, Granted> open = new HashMap<>();
  private final Map<Long, Owed> owed = new LinkedHashMap<>();
  private final Map<NodeId, Instant> silentUntil = new HashMap<>();
  private boolean connected;

  /** Where things go: claims and results to owners, and word of answers to the round. */
  record Telling(
      BiConsumer<NodeId, Claim> claim,
      BiConsumer<NodeId, Result> result,
      Consumer<BluetoothAddress> answered) {}

  /** A phone that is another's, as a claim names it. */
  record Phone(BluetoothAddress address, Pseudonym share, Pseudonym tonight, LocalDate night) {}

  private record Asking(Claim claim, Phone phone, NodeId owner, Cancellable end) {}

  private record Granted(
      long id, long nightId, MessageId message, Phone phone, NodeId owner, Cancellable lapse) {}

  private record Owed(NodeId owner, Result result) {}

  Claims(EventLoop loop, Telling telling) {
    this.loop = loop;
    this.telling = telling;
  }

  void connected(boolean whether) {
    connected = whether;
    silentUntil.clear();
  }

  /** The node has said something. */
  void heard(NodeId owner) {
    silentUntil.remove(owner);
  }

  /** What may be done about a phone whose owner is another, where the rules here allow an offer. */
  Decision decide(Phone phone, NodeId owner, MessageId message, Instant now) {
    Granted held = granted.get(phone.tonight());
    if (held != null) {
      return held.message().equals(message) && held.phone().night().equals(phone.night())
          ? new Decision.MayOffer()
          : new Decision.NotOurs();
    }
    if (asking.containsKey(phone.tonight()) || !connected) {
      return new Decision.NotOurs();
    }
    Instant no = denied.getOrDefault(phone.tonight(), Map.of()).get(message);
    if (no != null && now.isBefore(no)) {
      return new Decision.Later(no);
    }
    Instant silent = silentUntil.get(owner);
    return silent != null && now.isBefore(silent)
        ? new Decision.Later(silent)
        : new Decision.MayClaim();
  }

  /** Claims that wait for an answer, or were granted and not used yet. */
  int out() {
    return asking.size() + granted.size();
  }

  /** Asks the owner for the phone. */
  void claim(Phone phone, NodeId owner, boolean training, List<Wish> wishes) {
    if (asking.containsKey(phone.tonight()) || granted.containsKey(phone.tonight())) {
      return;
    }
    Claim claim =
        new Claim(
            random.nextLong(),
            random.nextLong(),
            phone.share().value(),
            phone.tonight().value(),
            training,
            wishes);
    Cancellable end = loop.after(ANSWER_WITHIN, () -> unanswered(phone.tonight(), claim.id()));
    asking.put(phone.tonight(), new Asking(claim, phone, owner, end));
    telling.claim().accept(owner, claim);
  }

  /** What the owner says. An answer that nobody waits for any more changes nothing. */
  void answered(NodeId owner, Answer answer, Instant nightEnds) {
    Asking asked =
        asking.values().stream()
            .filter(each -> each.claim().id() == answer.id() && each.owner().equals(owner))
            .findFirst()
            .orElse(null);
    if (asked == null) {
      Owed given = owed.get(answer.id());
      if (given != null) {
        telling.result().accept(given.owner(), given.result());
      }
      return;
    }
    asked.end().cancel();
    asking.remove(asked.phone().tonight());
    MessageId message = answer.granted();
    if (message == null) {
      deny(asked, answer.askAgainSeconds(), nightEnds);
    } else {
      Pseudonym tonight = asked.phone().tonight();
      Cancellable lapse =
          loop.after(
              USE_WITHIN.minus(ANSWER_WITHIN), () -> giveBackUnused(tonight, asked.claim().id()));
      granted.put(
          tonight,
          new Granted(
              asked.claim().id(),
              asked.claim().nightId(),
              message,
              asked.phone(),
              asked.owner(),
              lapse));
    }
    telling.answered().accept(asked.phone().address());
  }

  private void deny(Asking asked, @Nullable Long askAgainSeconds, Instant nightEnds) {
    Instant until =
        askAgainSeconds == null
            ? nightEnds
            : loop.now().plusSeconds(Math.max(1, Math.min(askAgainSeconds, 86_400)));
    Map<MessageId, Instant> phone =
        denied.computeIfAbsent(asked.phone().tonight(), tonight -> new HashMap<>());
    asked.claim().wishes().forEach(wish -> phone.put(wish.message(), until));
  }

  /** An offer under the claim has been written down: from now on its end settles the claim. */
  void begun(Phone phone, long offer) {
    Granted used = granted.remove(phone.tonight());
    if (used != null) {
      used.lapse().cancel();
      open.put(offer, used);
    }
  }

  /** An offer has ended, and that is written down. */
  void ended(long offer, Ruling ruling, boolean unsupported) {
    Granted used = open.remove(offer);
    if (used != null) {
      owe(
          used.owner(),
          new Result(
              used.id(),
              used.nightId(),
              true,
              ruling.spendsBudget(),
              ruling.refusal(),
              ruling.mayTryAgain(),
              unsupported));
    }
  }

  /** The owner has written a result down. */
  void settled(NodeId owner, long id) {
    owed.computeIfPresent(id, (each, debt) -> debt.owner().equals(owner) ? null : debt);
  }

  /** Tells again what owners have not confirmed; those that are named no more are let go. */
  void tellAgain(List<NodeId> named) {
    owed.values().removeIf(debt -> !named.contains(debt.owner()));
    owed.values().forEach(debt -> telling.result().accept(debt.owner(), debt.result()));
  }

  /** A new night: what was given for the last one has lapsed. */
  void newNight() {
    denied.clear();
    List.copyOf(granted.values())
        .forEach(held -> giveBackUnused(held.phone().tonight(), held.id()));
  }

  private void unanswered(Pseudonym tonight, long id) {
    Asking asked = asking.get(tonight);
    if (asked != null && asked.claim().id() == id) {
      asking.remove(tonight);
      silentUntil.put(asked.owner(), loop.now().plus(SILENT));
      // It may have been granted, and the answer lost.
      owe(asked.owner(), unused(id, asked.claim().nightId()));
      telling.answered().accept(asked.phone().address());
    }
  }

  private void giveBackUnused(Pseudonym tonight, long id) {
    Granted held = granted.get(tonight);
    if (held != null && held.id() == id) {
      granted.remove(tonight);
      held.lapse().cancel();
      owe(held.owner(), unused(id, held.nightId()));
      telling.answered().accept(held.phone().address());
    }
  }

  private void owe(NodeId owner, Result result) {
    owed.put(result.id(), new Owed(owner, result));
    telling.result().accept(owner, result);
  }

  private static Result unused(long id, long nightId) {
    return new Result(id, nightId, false, false, false, true, false);
  }
}
