package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.broadcaster.timetable.Timetable;
import org.towncrier.broadcaster.timetable.Waker;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Sighting;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState.MessageState;
import org.towncrier.protocol.NodeState.MessageState.Status;
import org.towncrier.protocol.ScheduledMessage;

/**
 * The engine: looks for phones, offers them what is on air within the contact rules, and stops at
 * once whatever may not go on.
 *
 * <p>While there is any reason to be silent it neither looks nor offers; without one it also looks
 * while nothing is on air, so that a message approved now is offered now. All on the event loop;
 * {@link #start}, {@link #stop} may be called from any thread.
 */
public final class BroadcastRound {
  private static final Logger log = LoggerFactory.getLogger(BroadcastRound.class);

  /** Reasons to be silent are asked for this often, besides at each event. */
  private static final Duration TICK = Duration.ofSeconds(1);

  /** How often a store that failed is tried again. */
  private static final Duration PROBE = Duration.ofSeconds(5);

  /** How long the end waits for offers that were withdrawn. */
  private static final Duration LAST_OFFERS = Duration.ofSeconds(5);

  private final EventLoop loop;
  private final Radio radio;
  private final Memory memory;
  private final RoundSettings settings;
  private final Surroundings surroundings;
  private final ContactBook contacts;
  private final PhonesNear near;
  private final Lookout lookout;
  private final Offers offers;
  private final Choice choice;
  private final Waker waker;

  private @Nullable Timetable timetable;
  private List<MessageId> wasOnAir = List.of();
  private Optional<Instant> wakesAt = Optional.empty();
  private Instant probeAt = Instant.MIN;
  private @Nullable State told;

  /** The offers that the last end cut off have been settled. */
  private boolean settled;

  /** The contact book has taken on the timetable's schedule. */
  private boolean rulesKnown;

  private boolean running;
  private @Nullable CompletableFuture<Void> stopping;

  private record State(Optional<String> silentBecause, List<MessageState> messages) {}

  /** A round that {@link #start} begins. */
  public BroadcastRound(
      EventLoop loop,
      Radio radio,
      Memory memory,
      RoundSettings settings,
      Surroundings surroundings) {
    this.loop = loop;
    this.radio = radio;
    this.memory = memory;
    this.settings = settings;
    this.surroundings = surroundings;
    this.contacts = memory.contacts();
    this.near = new PhonesNear(settings.forgetAfter());
    this.lookout =
        new Lookout(
            loop, radio, settings, memory.deliveries(), this::mayBroadcast, this::phoneHeard);
    this.offers = new Offers(loop, radio, contacts, settings, this::turn);
    this.choice = new Choice(memory.store(), contacts);
    this.waker = surroundings.wakers().apply(this::turn);
  }

  /** Opens the radio and begins, once there is a schedule. */
  public void start() {
    loop.execute(
        () -> {
          running = true;
          radio.start(status -> loop.execute(() -> adapterChanged(status)));
          tick();
        });
  }

  /** Takes a schedule on, at once. On the loop. */
  public void apply(NodeSchedule schedule) {
    timetable = new Timetable(schedule, settings.permittedHours());
    rulesKnown = false;
    choice.outdate();
    turn();
  }

  /**
   * Withdraws what is under way and ends. The radio stays open for the last answers; close it
   * afterwards.
   *
   * @return completes when every offer has ended and been written down, or some seconds have passed
   */
  public CompletableFuture<Void> stop() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          stopping = done;
          running = false;
          waker.close();
          offers.withdrawUnless(offer -> false);
          endWhenQuiet();
          loop.after(LAST_OFFERS, () -> done.complete(null));
        });
    return done;
  }

  /** Why nothing is offered now, worded to follow "The node"; empty when it may offer. */
  public Optional<String> silentBecause() {
    Instant now = loop.now();
    Timetable table = timetable;
    return Stream.<Supplier<Optional<String>>>of(
            memory.keys()::trouble, memory.store()::trouble, this::otherTrouble)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> table == null ? Optional.of("has no schedule yet") : table.silentBecause(now));
  }

  /** Each message of the schedule and what becomes of it now. */
  public List<MessageState> messageStates() {
    return messageStates(silentBecause().isPresent());
  }

  /** Phones that answered the last looks. */
  public int phonesNear() {
    return near.count();
  }

  private List<MessageState> messageStates(boolean silent) {
    Timetable table = timetable;
    if (table == null) {
      return List.of();
    }
    Instant now = loop.now();
    return table.schedule().messages().stream()
        .map(message -> new MessageState(message.id(), status(table, message, now, silent)))
        .toList();
  }

  private Status status(Timetable table, ScheduledMessage message, Instant now, boolean silent) {
    if (rulesKnown && !contacts.isRunning(message.campaign(), now)) {
      return Status.ENDED;
    }
    Status status = table.statusOf(message, now);
    return status == Status.ON_AIR && silent ? Status.SILENT : status;
  }

  private Optional<String> otherTrouble() {
    return Stream.concat(Stream.of(surroundings.clockTrouble()), surroundings.troubles().stream())
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private boolean mayBroadcast() {
    return running && settled && rulesKnown && silentBecause().isEmpty();
  }

  private void adapterChanged(AdapterStatus status) {
    log.info("Adapter {} is {} {}", status.adapter(), status.health(), status.detail());
    lookout.adapterChanged(status);
    surroundings.onChange().run();
    turn();
  }

  private void phoneHeard(Sighting sighting) {
    if (settings.phonesOnly() && !sighting.isPhone()) {
      return;
    }
    Instant now = loop.now();
    near.heard(sighting, now);
    Timetable table = timetable;
    if (table != null) {
      memory
          .deliveries()
          .saw(memory.keys().tonight(sighting.address()).value(), table.schedule().training(), now);
    }
    offerTo(now);
  }

  private void tick() {
    if (!running) {
      return;
    }
    loop.after(TICK, this::tick);
    turn();
  }

  /** Brings everything in line with this moment. */
  private void turn() {
    Instant now = loop.now();
    if (!running) {
      endWhenQuiet();
      return;
    }
    near.forget(now);
    recoverStore(now);
    keepHouse(now);
    offers.withdrawUnless(mayGoOn(now));
    leaveHours(now);
    tell();
    wake(now);
    lookout.resume();
    offerTo(now);
  }

  private void recoverStore(Instant now) {
    if (memory.store().trouble().isPresent() && !now.isBefore(probeAt)) {
      probeAt = now.plus(PROBE);
      if (memory.store().probe()) {
        choice.outdate();
      }
    }
    if (memory.store().trouble().isEmpty()) {
      attempt(offers::writeDown);
    }
  }

  /** By date, so only with a clock that is trusted: what is deleted is gone. */
  private void keepHouse(Instant now) {
    if (memory.store().trouble().isPresent()) {
      return;
    }
    attempt(this::settle);
    if (surroundings.clockTrouble().get().isPresent()) {
      return;
    }
    attempt(() -> learn(now));
    if (memory.keys().trouble().isEmpty()) {
      attempt(
          () -> {
            if (contacts.keepHouse(now)) {
              choice.outdate();
            }
          });
    }
  }

  private void settle() {
    if (!settled) {
      int cutOff = contacts.settleCutOff();
      settled = true;
      if (cutOff > 0) {
        log.warn("{} offers were cut off by the last end and count as UNRESOLVED", cutOff);
      }
    }
  }

  private void learn(Instant now) {
    Timetable table = timetable;
    if (table != null && !rulesKnown) {
      contacts.apply(table.schedule(), now);
      rulesKnown = true;
    }
  }

  /**
   * An offer goes on while its very message is on air. A store that fails does not stop it: it has
   * been written down, and cutting it off would mend nothing.
   */
  private Predicate<RunningOffer> mayGoOn(Instant now) {
    Timetable table = timetable;
    if (table == null || otherTrouble().isPresent() || memory.keys().trouble().isPresent()) {
      return offer -> false;
    }
    List<ScheduledMessage> onAir = onAir(table, now);
    return offer ->
        offer.written().training() == table.schedule().training()
            && onAir.stream()
                .anyMatch(
                    message ->
                        message.id().equals(offer.message().id())
                            && message.object().equals(offer.message().object()));
  }

  /**
   * At the end of the permitted hours the phones that are still near are counted, and forgotten.
   */
  private void leaveHours(Instant now) {
    Timetable table = timetable;
    boolean leaving =
        table != null
            && near.count() > 0
            && !table.isPermitted(now)
            && otherTrouble().isEmpty()
            && memory.keys().trouble().isEmpty();
    if (table != null && leaving) {
      attempt(() -> choice.withholdAll(near, running(table.due(now), now), now));
      near.forgetAll();
    }
  }

  private void tell() {
    Optional<String> silent = silentBecause();
    State state = new State(silent, messageStates(silent.isPresent()));
    if (!state.equals(told)) {
      if (told == null || !told.silentBecause().equals(silent)) {
        log.info("The node {}", silent.orElse("may broadcast"));
      }
      told = state;
      surroundings.onChange().run();
    }
  }

  private void wake(Instant now) {
    Timetable table = timetable;
    Optional<Instant> next = table == null ? Optional.empty() : table.nextChange(now);
    if (!next.equals(wakesAt)) {
      wakesAt = next;
      waker.wakeAt(next);
    }
  }

  private void offerTo(Instant now) {
    Timetable table = timetable;
    List<AdapterId> up = lookout.up();
    if (table == null || !mayBroadcast() || !offers.anyFree(up)) {
      return;
    }
    List<ScheduledMessage> onAir = onAir(table, now);
    List<MessageId> ids = onAir.stream().map(ScheduledMessage::id).toList();
    if (!ids.equals(wasOnAir)) {
      wasOnAir = ids;
      choice.outdate();
    }
    attempt(
        () -> {
          for (Choice.Pick pick :
              choice.picks(near, phone -> !offers.isBusy(phone.address()), onAir, now)) {
            Optional<AdapterId> adapter = offers.adapterFor(pick.phone(), up, now);
            if (adapter.isPresent()) {
              pick.phone().judgeAnew();
              offers.begin(pick.phone().address(), pick.message(), adapter.get());
            } else if (!offers.anyFree(up)) {
              return;
            }
          }
        });
  }

  private List<ScheduledMessage> onAir(Timetable table, Instant now) {
    return running(table.onAir(now), now);
  }

  private List<ScheduledMessage> running(List<ScheduledMessage> messages, Instant now) {
    return messages.stream()
        .filter(message -> contacts.isRunning(message.campaign(), now))
        .toList();
  }

  /** A store that fails has said so in its trouble, and its trouble silences the node. */
  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (StoreException e) {
      if (memory.store().trouble().isEmpty()) {
        throw e;
      }
      log.debug("Put off until the store can be written again", e);
    }
  }

  private void endWhenQuiet() {
    CompletableFuture<Void> end = stopping;
    if (end != null && offers.none()) {
      attempt(offers::writeDown);
      end.complete(null);
    }
  }
}
