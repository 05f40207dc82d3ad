package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.contact.OpenOffer;
import org.towncrier.broadcaster.delivery.OutcomeTable;
import org.towncrier.broadcaster.delivery.OutcomeTable.Ruling;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;

/**
 * The offers under way: each written down before it begins, each ended once, one to a phone at a
 * time, as many to an adapter as it has links.
 */
final class Offers {
  private static final Logger log = LoggerFactory.getLogger(Offers.class);

  /**
   * A phone that does not hear a call is called again at once: a page fails now and then although
   * the phone is near, and nobody is asked by one that did. The same when the adapter failed before
   * the phone answered, with another.
   */
  private static final int CALLS = 3;

  /** Not any more after this long: three page timeouts of 5.12 s, and a wait for the pager. */
  private static final Duration CALLING = Duration.ofSeconds(20);

  private final EventLoop loop;
  private final Radio radio;
  private final ContactBook contacts;
  private final RoundSettings settings;
  private final Predicate<AdapterId> looking;
  private final Caller caller;
  private final Runnable onEnd;
  private final Map<BluetoothAddress, RunningOffer> running = new HashMap<>();
  private final List<Ended> unwritten = new ArrayList<>();

  /** Says which adapter to call a phone with that did not hear its call. */
  @FunctionalInterface
  interface Caller {
    /**
     * The adapter for one more call.
     *
     * @param elsewhere whether it must be another one: that adapter has failed
     * @return empty if the phone is not near, no adapter is free, or the link is needed more
     */
    Optional<AdapterId> again(RunningOffer offer, boolean elsewhere);
  }

  private record Ended(OpenOffer offer, Ruling ruling, Instant at) {}

  /**
   * No offers yet.
   *
   * @param looking whether an adapter looks now
   * @param onEnd called on the loop after each end
   */
  Offers(
      EventLoop loop,
      Radio radio,
      ContactBook contacts,
      RoundSettings settings,
      Predicate<AdapterId> looking,
      Caller caller,
      Runnable onEnd) {
    this.loop = loop;
    this.radio = radio;
    this.contacts = contacts;
    this.settings = settings;
    this.looking = looking;
    this.caller = caller;
    this.onEnd = onEnd;
  }

  /** Whether an offer to the phone is under way, or has ended and could not be written down yet. */
  boolean isBusy(BluetoothAddress phone) {
    return running.containsKey(phone)
        || unwritten.stream().anyMatch(ended -> ended.offer().phone().equals(phone));
  }

  boolean none() {
    return running.isEmpty();
  }

  /**
   * The adapter to offer with: the least busy one, of these one that is not looking (a look slows
   * calls down), of these one that heard the phone lately, and then the one that hears it best. It
   * need not be one that heard it: they hang on the same wall.
   */
  Optional<AdapterId> adapterFor(NearPhone phone, List<AdapterId> up, Instant now) {
    return up.stream()
        .filter(id -> links(id) < Radio.MAX_LINKS)
        .min(
            Comparator.comparingLong(this::links)
                .thenComparing(looking::test)
                .thenComparing(id -> !phone.heardBy(id, now, settings.forgetAfter()))
                .thenComparing(id -> -phone.rssi(id))
                .thenComparing(AdapterId::value));
  }

  boolean anyFree(List<AdapterId> up) {
    return up.stream().anyMatch(id -> links(id) < Radio.MAX_LINKS);
  }

  /** How many more offers could begin now. */
  long free(List<AdapterId> up) {
    return up.stream().mapToLong(id -> Math.max(0, Radio.MAX_LINKS - links(id))).sum();
  }

  /** Offers it has under way. */
  long links(AdapterId adapter) {
    return running.values().stream().filter(offer -> offer.adapter().equals(adapter)).count();
  }

  /**
   * Writes the offer down and begins it.
   *
   * @throws StoreException if it could not be written down; then it does not begin
   */
  void begin(BluetoothAddress phone, ScheduledMessage message, AdapterId adapter) {
    begin(contacts.begin(phone, message, loop.now()), RunningOffer.Kind.SCHEDULED, adapter);
  }

  /**
   * The same on command, to a phone of the test list.
   *
   * @param whenEnded told, on the loop, how it ended
   */
  void beginTest(
      BluetoothAddress phone,
      ScheduledMessage message,
      AdapterId adapter,
      Consumer<Outcome> whenEnded) {
    begin(
        contacts.beginTest(phone, message, loop.now()),
        new RunningOffer.Kind(true, whenEnded),
        adapter);
  }

  private void begin(OpenOffer written, RunningOffer.Kind kind, AdapterId adapter) {
    BluetoothAddress phone = written.phone();
    Optional<Offer> offer = call(written, adapter);
    if (offer.isEmpty()) {
      end(written, kind, OutcomeTable.of(Outcome.RADIO_FAULT));
      return;
    }
    RunningOffer began = new RunningOffer(written, kind, loop.now(), adapter, offer.get());
    running.put(phone, began);
    await(began, offer.get());
  }

  private Optional<Offer> call(OpenOffer offer, AdapterId adapter) {
    try {
      return Optional.of(
          radio.offer(
              adapter, offer.phone(), object(offer.wording().object()), settings.offerDeadline()));
    } catch (RuntimeException refused) {
      log.error("The radio would not begin an offer of {}", offer.message(), refused);
      return Optional.empty();
    }
  }

  private void await(RunningOffer began, Offer offer) {
    offer
        .result()
        .whenComplete((result, failure) -> loop.execute(() -> ended(began, result, failure)));
  }

  /** Withdraws the offers that may not go on. */
  void withdrawUnless(Predicate<RunningOffer> mayGoOn) {
    List.copyOf(running.values()).stream().filter(mayGoOn.negate()).forEach(RunningOffer::withdraw);
  }

  /**
   * Writes down the ends that could not be when they came.
   *
   * @throws StoreException if they still cannot
   */
  void writeDown() {
    while (!unwritten.isEmpty()) {
      Ended first = unwritten.get(0);
      contacts.end(first.offer(), first.ruling(), first.at());
      unwritten.remove(0);
    }
  }

  private void ended(
      RunningOffer offer, @Nullable OfferResult result, @Nullable Throwable failure) {
    running.remove(offer.written().phone());
    if (result == null || !mayCallAgain(offer, result) || !callAgain(offer, result)) {
      end(offer.written(), offer.kind(), ruling(result, failure));
    }
    onEnd.run();
  }

  private boolean mayCallAgain(RunningOffer offer, OfferResult result) {
    boolean nobodyWasAsked =
        result.end() == OfferResult.End.NOT_REACHED
            || (result.end() == OfferResult.End.ADAPTER_FAILED && result.response().isEmpty());
    return nobodyWasAsked
        && !result.finalPacketSent()
        && !offer.isWithdrawn()
        && offer.calls() < CALLS
        && loop.now().isBefore(offer.began().plus(CALLING));
  }

  private boolean callAgain(RunningOffer offer, OfferResult result) {
    BluetoothAddress phone = offer.written().phone();
    Optional<AdapterId> adapter =
        caller.again(offer, result.end() == OfferResult.End.ADAPTER_FAILED);
    Optional<Offer> next = adapter.flatMap(with -> call(offer.written(), with));
    if (adapter.isEmpty() || next.isEmpty()) {
      return false;
    }
    offer.calledAgain(adapter.get(), next.get());
    running.put(phone, offer);
    await(offer, next.get());
    return true;
  }

  private void end(OpenOffer written, RunningOffer.Kind kind, Ruling ruling) {
    Instant now = loop.now();
    kind.whenEnded().accept(ruling.outcome());
    try {
      contacts.end(written, ruling, now);
    } catch (StoreException e) {
      // Kept until the store can be written again. Should the node die before, the row of the open
      // offer makes it UNRESOLVED.
      unwritten.add(new Ended(written, ruling, now));
    }
  }

  private static Ruling ruling(@Nullable OfferResult result, @Nullable Throwable failure) {
    if (result == null) {
      log.error("The radio broke its promise that an offer always ends normally", failure);
      return OutcomeTable.of(Outcome.UNRESOLVED);
    }
    Ruling ruling = OutcomeTable.of(result);
    OptionalInt response = result.response();
    log.debug(
        "An offer ended as {} ({}{}) after {}: {}",
        ruling.outcome(),
        result.end(),
        response.isPresent() ? ", 0x" + Integer.toHexString(response.getAsInt()) : "",
        result.took(),
        result.detail());
    return ruling;
  }

  private static PushObject object(MessageObject object) {
    return new PushObject(object.name(), object.type(), object.content());
  }
}
