package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.broadcaster.timetable.Timetable;
import org.towncrier.broadcaster.timetable.Waker;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Sighting;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState.MessageState;
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
  private final Silence silence;
  private final Housekeeping housekeeping;
  private final LeaveAlone leaveAlone;
  private final TestOffer testOffer;
  private final StatusBoard board;
  private final Waker waker;

  private @Nullable Timetable timetable;
  private List<MessageId> wasOnAir = List.of();
  private Optional<Instant> wakesAt = Optional.empty();
  private boolean offering;
  private boolean running;
  private @Nullable CompletableFuture<Void> stopping;

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
            loop,
            radio,
            settings,
            memory.deliveries(),
            this::mayBroadcast,
            this::looksOutForOne,
            this::links,
            this::phoneHeard);
    this.offers =
        new Offers(
            loop, radio, contacts, settings, lookout::isLooking, this::callAgainWith, this::turn);
    this.choice = new Choice(memory.store(), contacts);
    this.leaveAlone = new LeaveAlone(contacts, settings.heldDbm());
    this.testOffer = new TestOffer(contacts, offers, loop);
    this.silence = new Silence(memory, surroundings, () -> !lookout.up().isEmpty());
    this.housekeeping = new Housekeeping(memory, silence, offers, choice::outdate);
    this.board = new StatusBoard(contacts, silence, housekeeping, surroundings.onChange());
    this.waker = surroundings.wakers().apply(this::turn);
    contacts.onChange(this::answered, this::judgeAllAnew);
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
    housekeeping.learn(schedule);
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

  /**
   * Looks out until that moment for a phone that is held next to the node for a minute, and has it
   * left alone from then on. On the loop.
   *
   * @param ended told whether one was found, and for people how it ended
   */
  public void leaveAlone(Instant until, BiConsumer<Boolean, String> ended) {
    leaveAlone.begin(until, ended::accept);
  }

  /**
   * Offers a message of the schedule to the phones of the test list that are near, whatever its
   * windows say. On the loop.
   *
   * @param until no offer begins from then on
   * @param ended told whether any phone was asked, and for people what came of it
   */
  public void testOffer(MessageId message, Instant until, BiConsumer<Boolean, String> ended) {
    testOffer.begin(message, until, ended::accept);
    turn();
  }

  /** Why nothing is offered now, worded to follow "The node"; empty when it may offer. */
  public Optional<String> silentBecause() {
    return silence.because(timetable, loop.now());
  }

  /** Each message of the schedule and what becomes of it now. */
  public List<MessageState> messageStates() {
    return board.messages(timetable, loop.now());
  }

  /** Phones that answered the last looks. */
  public int phonesNear() {
    return near.count();
  }

  private void answered(BluetoothAddress phone) {
    near.judgeAnew(phone);
    offerSoon();
  }

  private void judgeAllAnew() {
    choice.outdate();
    offerSoon();
  }

  private boolean mayBroadcast() {
    return running && housekeeping.isDone() && silentBecause().isEmpty();
  }

  private void adapterChanged(AdapterStatus status) {
    log.info("Adapter {} is {} {}", status.adapter(), status.health(), status.detail());
    lookout.adapterChanged(status);
    surroundings.onChange().run();
    turn();
  }

  private boolean looksOutForOne() {
    return leaveAlone.isOpen();
  }

  private long links(AdapterId adapter) {
    return offers.links(adapter);
  }

  /** Which adapter to call a phone with that did not hear its call. */
  private Optional<AdapterId> callAgainWith(RunningOffer offer, boolean elsewhere) {
    Instant now = loop.now();
    BluetoothAddress phone = offer.written().phone();
    List<AdapterId> up =
        lookout.up().stream().filter(id -> !elsewhere || !id.equals(offer.adapter())).toList();
    return mayBroadcast() && mayGoOn(now).test(offer) && offers.free(up) > moreUrgent(offer, now)
        ? near.find(phone)
            // It may have said so, or have been held next to the node, while it was called.
            .filter(found -> !found.isLeftAlone() && !leaveAlone.mayBe(phone, now))
            .flatMap(found -> offers.adapterFor(found, up, now))
        : Optional.empty();
  }

  /** How many other phones wait for something more urgent than that offer. */
  private long moreUrgent(RunningOffer offer, Instant now) {
    Timetable table = timetable;
    if (table == null || offer.kind().test()) {
      return 0;
    }
    List<ScheduledMessage> onAir = onAir(table, now);
    List<ScheduledMessage> above =
        onAir.stream()
            .filter(offer::isOf)
            .findFirst()
            .map(own -> onAir.stream().filter(each -> isMoreUrgent(each, own)).toList())
            .orElse(List.of());
    if (above.isEmpty()) {
      return 0;
    }
    BluetoothAddress phone = offer.written().phone();
    // A store that fails meanwhile has to leave the offer an end: then nobody is called again.
    AtomicLong waiting = new AtomicLong(Long.MAX_VALUE);
    housekeeping.attempt(
        () ->
            waiting.set(
                choice
                    .picks(
                        near,
                        each -> !each.address().equals(phone) && isFree(each, now),
                        onAir,
                        now)
                    .stream()
                    .filter(pick -> pick.toClaim().isEmpty() && above.contains(pick.message()))
                    .count()));
    return waiting.get();
  }

  private static boolean isMoreUrgent(ScheduledMessage one, ScheduledMessage than) {
    return one.priority().compareTo(than.priority()) > 0;
  }

  private void phoneHeard(Sighting sighting) {
    if (settings.phonesOnly() && !sighting.isPhone()) {
      return;
    }
    Instant now = loop.now();
    NearPhone phone = near.heard(sighting, now, contacts.asksToBeLeftAlone(sighting.name()));
    leaveAlone.heard(sighting, now);
    Timetable table = timetable;
    if (table != null) {
      memory
          .deliveries()
          .saw(memory.keys().tonight(sighting.address()).value(), table.schedule().training(), now);
    }
    // In a full square most of those that answer have been asked: nothing is to be chosen anew.
    if (!choice.isSettled(phone, now) && !offers.isBusy(phone.address())) {
      offerSoon();
    }
  }

  /** Once for however many phones answered just now. */
  private void offerSoon() {
    if (!offering) {
      offering = true;
      loop.execute(
          () -> {
            offering = false;
            offerTo(loop.now());
          });
    }
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
    housekeeping.work(now);
    housekeeping.attempt(
        () -> {
          if (leaveAlone.look(now, this::silentBecause)) {
            choice.outdate();
          }
        });
    testOffer.look(scheduled(), silentBecause());
    offers.withdrawUnless(mayGoOn(now));
    leaveHours(now);
    board.refresh(timetable, now);
    wake(now);
    lookout.resume();
    offerTo(now);
  }

  /** An offer goes on while its very message is on air, for phones such as this one. */
  private Predicate<RunningOffer> mayGoOn(Instant now) {
    Timetable table = timetable;
    if (table == null || silence.cutsOffers().isPresent()) {
      return offer -> false;
    }
    List<ScheduledMessage> onAir = onAir(table, now);
    List<ScheduledMessage> onTrial =
        table.silentBecause(now).isPresent() ? List.of() : running(scheduled(), now);
    return offer ->
        offer.kind().test()
            ? onTrial.stream().anyMatch(offer::isOf)
            : offer.written().training() == table.schedule().training()
                && onAir.stream().anyMatch(offer::isOf);
  }

  private List<ScheduledMessage> scheduled() {
    Timetable table = timetable;
    return table == null ? List.of() : table.schedule().messages();
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
            && silence.cutsOffers().isEmpty();
    if (table != null && leaving) {
      housekeeping.attempt(() -> choice.withholdAll(near, running(table.due(now), now), now));
      near.forgetAll();
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
    if (table == null || !mayBroadcast()) {
      return;
    }
    if (offers.anyFree(up)) {
      housekeeping.attempt(
          () ->
              testOffer.work(
                  scheduled(),
                  near,
                  phone -> isFree(phone, now),
                  phone -> offers.adapterFor(phone, up, now)));
    }
    List<ScheduledMessage> onAir = onAir(table, now);
    List<MessageId> ids = onAir.stream().map(ScheduledMessage::id).toList();
    if (!ids.equals(wasOnAir)) {
      wasOnAir = ids;
      choice.outdate();
    }
    // Needs no link: phones pass by while every link is taken.
    housekeeping.attempt(() -> countUnsupported(onAir, now));
    if (!offers.anyFree(up)) {
      return;
    }
    housekeeping.attempt(
        () -> {
          for (Choice.Pick pick : choice.picks(near, phone -> isFree(phone, now), onAir, now)) {
            Optional<AdapterId> adapter = offers.adapterFor(pick.phone(), up, now);
            if (adapter.isPresent()) {
              if (pick.toClaim().isEmpty()) {
                pick.phone().tried();
                offers.begin(pick.phone().address(), pick.message(), adapter.get());
              } else if (contacts.claimsOut() < offers.free(up)) {
                pick.phone().judgeAnew();
                contacts.claim(pick.phone().address(), pick.toClaim());
              }
            } else if (!offers.anyFree(up)) {
              return;
            }
          }
        });
  }

  /** Who says that it takes no objects need not be called, and is counted at once. */
  private void countUnsupported(List<ScheduledMessage> onAir, Instant now) {
    List<Choice.Pick> unsupported =
        choice
            .picks(near, phone -> phone.saysNoObjectPush() && isFree(phone, now), onAir, now)
            .stream()
            .filter(pick -> pick.toClaim().isEmpty())
            .toList();
    if (!unsupported.isEmpty()) {
      unsupported.forEach(pick -> pick.phone().tried());
      memory
          .store()
          .run(
              sql ->
                  unsupported.forEach(
                      pick -> contacts.unsupported(pick.phone().address(), pick.message(), now)));
    }
  }

  private boolean isFree(NearPhone phone, Instant now) {
    return !offers.isBusy(phone.address()) && !leaveAlone.mayBe(phone.address(), now);
  }

  private List<ScheduledMessage> onAir(Timetable table, Instant now) {
    return running(table.onAir(now), now);
  }

  private List<ScheduledMessage> running(List<ScheduledMessage> messages, Instant now) {
    return messages.stream()
        .filter(message -> contacts.isRunning(message.campaign(), now))
        .toList();
  }

  private void endWhenQuiet() {
    CompletableFuture<Void> end = stopping;
    if (end != null && offers.none()) {
      housekeeping.attempt(offers::writeDown);
      end.complete(null);
    }
  }
}
