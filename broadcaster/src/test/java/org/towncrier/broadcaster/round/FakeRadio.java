package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.broadcaster.round.FakePhone.Behaviour;
import org.towncrier.broadcaster.round.FakePhone.Prompt;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Sighting;

/** A radio in virtual time. It notes every breach of what {@link Radio} asks of its callers. */
final class FakeRadio implements Radio {
  static final Duration CONNECT = Duration.ofSeconds(1);
  static final Duration THINK = Duration.ofSeconds(6);
  static final Duration ANSWER = Duration.ofMillis(300);

  final List<String> breaches = new ArrayList<>();
  final List<FakeOffer> offers = new ArrayList<>();
  final List<String> looks = new ArrayList<>();

  /** The adapters that looked, in the order in which they began. */
  final List<String> lookers = new ArrayList<>();

  /** Whether it begins no offer. */
  boolean refuses;

  /** How many looked at once at most. */
  int mostLooking;

  private final EventLoop air;
  private final List<FakePhone> phones;

  /** Whether a phone that is out is out here, and not where another node stands. */
  Predicate<FakePhone> inRange = phone -> true;

  private final Map<String, AdapterStatus> adapters = new TreeMap<>();
  private final List<AdapterId> looking = new ArrayList<>();
  private Consumer<AdapterStatus> onAdapterChange = status -> {};

  FakeRadio(EventLoop air, List<FakePhone> phones, String... adapters) {
    this.air = air;
    this.phones = phones;
    for (String name : adapters) {
      this.adapters.put(name, new AdapterStatus(new AdapterId(name), Health.UP, "", 0));
    }
  }

  @Override
  public void start(Consumer<AdapterStatus> listener) {
    onAdapterChange = listener;
    adapters.values().forEach(listener);
  }

  @Override
  public List<AdapterStatus> adapters() {
    return List.copyOf(adapters.values());
  }

  /** Changes an adapter's health; those it holds links to are lost with it. */
  void set(String adapter, Health health) {
    AdapterStatus status = new AdapterStatus(new AdapterId(adapter), health, "", 0);
    adapters.put(adapter, status);
    if (health != Health.UP) {
      running(adapter).forEach(offer -> offer.end(End.ADAPTER_FAILED, offer.lastResponse()));
    }
    onAdapterChange.accept(status);
  }

  /**
   * Whether a phone holds an object whose acceptance has not come back: the worst moment to die.
   */
  boolean anAnswerIsOnItsWay() {
    return offers.stream().anyMatch(offer -> !offer.over && offer.finalPacketSent);
  }

  /** The process is killed: nothing comes back any more, and links break. */
  void kill() {
    onAdapterChange = status -> {};
    List.copyOf(offers).forEach(FakeOffer::kill);
  }

  List<FakeOffer> running(String adapter) {
    return offers.stream()
        .filter(offer -> !offer.over && offer.adapter.value().equals(adapter))
        .toList();
  }

  @Override
  public CompletionStage<InquiryEnd> inquire(
      AdapterId adapter, Duration length, Consumer<Sighting> onSighting) {
    CompletableFuture<InquiryEnd> end = new CompletableFuture<>();
    if (adapters.get(adapter.value()).health() != Health.UP) {
      air.execute(() -> end.complete(InquiryEnd.FAILED));
      return end;
    }
    if (looking.contains(adapter)) {
      breaches.add(adapter + " was asked to look twice at once");
      air.execute(() -> end.complete(InquiryEnd.BUSY));
      return end;
    }
    looking.add(adapter);
    looks.add(adapter + " at " + air.now());
    lookers.add(adapter.value());
    mostLooking = Math.max(mostLooking, looking.size());
    for (FakePhone phone : phones) {
      Duration when = length.multipliedBy(1 + phone.address.value() % 7).dividedBy(8);
      air.after(when, () -> answer(phone, adapter, onSighting));
    }
    air.after(
        length,
        () -> {
          looking.remove(adapter);
          end.complete(
              adapters.get(adapter.value()).health() == Health.UP
                  ? InquiryEnd.COMPLETED
                  : InquiryEnd.FAILED);
        });
    return end;
  }

  private void answer(FakePhone phone, AdapterId adapter, Consumer<Sighting> onSighting) {
    if (phone.isHere(air.now()) && inRange.test(phone)) {
      onSighting.accept(
          new Sighting(
              phone.address,
              phone.classOfDevice,
              phone.rssi,
              phone.name,
              phone.services,
              phone.allServices,
              adapter,
              air.now()));
    }
  }

  @Override
  public Offer offer(
      AdapterId adapter, BluetoothAddress address, PushObject object, Duration deadline) {
    FakePhone phone =
        phones.stream().filter(each -> each.address.equals(address)).findFirst().orElseThrow();
    if (refuses) {
      throw new IllegalStateException("no offer begins");
    }
    if (phone.beingOffered) {
      breaches.add("a phone was made two offers at once");
    }
    if (running(adapter.value()).size() >= MAX_LINKS) {
      breaches.add(adapter + " was asked for more links than it has");
      throw new IllegalStateException("no link free");
    }
    boolean again =
        offers.stream()
            .anyMatch(
                each -> each.phone == phone && each.mayGoOn() && air.now().equals(each.endedAt));
    FakeOffer offer = new FakeOffer(adapter, phone, object, again);
    offers.add(offer);
    offer.begin(deadline);
    return offer;
  }

  @Override
  public void close() {
    List.copyOf(offers).forEach(FakeOffer::withdraw);
    adapters.replaceAll((name, s) -> new AdapterStatus(s.adapter(), Health.DOWN, "closed", 0));
  }

  /** An offer, played out step by step. */
  final class FakeOffer implements Offer {
    final AdapterId adapter;
    final FakePhone phone;
    final PushObject object;
    private final CompletableFuture<OfferResult> result = new CompletableFuture<>();
    private boolean prompted;
    private boolean finalPacketSent;
    private boolean over;
    boolean nobodyCanKnow;
    private boolean killed;
    private final Instant beganAt = air.now();
    private @Nullable End endedAs;
    private @Nullable Instant endedAt;

    /** The same offer: the phone did not hear the call before, and is called again at once. */
    final boolean again;

    FakeOffer(AdapterId adapter, FakePhone phone, PushObject object, boolean again) {
      this.again = again;
      this.adapter = adapter;
      this.phone = phone;
      this.object = object;
    }

    void begin(Duration deadline) {
      phone.beingOffered = true;
      air.after(deadline, () -> end(End.DEADLINE, OptionalInt.empty()));
      switch (phone.behaviour) {
        case HAS_NO_OBJECT_PUSH -> in(CONNECT, () -> end(End.NO_OBJECT_PUSH, OptionalInt.empty()));
        case IS_OUT_OF_REACH ->
            in(CONNECT.multipliedBy(5), () -> end(End.NOT_REACHED, OptionalInt.empty()));
        default -> in(CONNECT, this::connected);
      }
    }

    private void connected() {
      if (!phone.isHere(air.now()) || !inRange.test(phone)) {
        end(End.NOT_REACHED, OptionalInt.empty());
        return;
      }
      Prompt prompt = new Prompt(air.now(), object.name());
      phone.prompts.add(prompt);
      prompted = true;
      switch (phone.behaviour) {
        case ACCEPTS ->
            in(
                THINK,
                () -> {
                  finish(true);
                  in(ANSWER, () -> end(End.ACCEPTED, OptionalInt.of(0xA0)));
                });
        case DECLINES -> in(THINK, () -> refuse(prompt));
        case IGNORES -> in(Duration.ofSeconds(50), () -> refuse(prompt));
        case NEVER_ANSWERS -> {}
        case NEVER_ANSWERS_THE_FINAL_PACKET -> in(THINK, () -> finish(false));
        case LOSES_THE_LINK_BEFORE_THE_END ->
            in(THINK, () -> end(End.LINK_LOST, OptionalInt.of(0x90)));
        case KEEPS_IT_AND_LOSES_THE_LINK ->
            in(
                THINK,
                () -> {
                  finish(true);
                  end(End.LINK_LOST, OptionalInt.of(0x90));
                });
        case LOSES_IT_AND_THE_LINK ->
            in(
                THINK,
                () -> {
                  finish(false);
                  end(End.LINK_LOST, OptionalInt.of(0x90));
                });
        case HAS_NO_OBJECT_PUSH, IS_OUT_OF_REACH -> throw new AssertionError();
      }
    }

    boolean wasSearchedInVain() {
      return endedAs == End.NO_OBJECT_PUSH;
    }

    /** How long it has held its link. */
    Duration held() {
      return Duration.between(beganAt, endedAt == null ? air.now() : endedAt);
    }

    /** Nobody was asked: what comes right after it is the same offer, called once more. */
    private boolean mayGoOn() {
      return endedAs == End.NOT_REACHED || (endedAs == End.ADAPTER_FAILED && !prompted);
    }

    /** A phone that prompts its owner has answered the headers with Continue. */
    OptionalInt lastResponse() {
      return prompted ? OptionalInt.of(0x90) : OptionalInt.empty();
    }

    private void in(Duration delay, Runnable step) {
      air.after(
          delay,
          () -> {
            if (!over) {
              step.run();
            }
          });
    }

    private void finish(boolean kept) {
      finalPacketSent = true;
      if (kept) {
        phone.receipts.add(new Prompt(air.now(), object.name()));
      }
    }

    private void refuse(Prompt prompt) {
      if (!killed) {
        phone.refusals.add(prompt);
      }
      end(End.REFUSED, OptionalInt.of(0xC3));
    }

    void end(End how, OptionalInt response) {
      if (over) {
        return;
      }
      over = true;
      endedAs = how;
      endedAt = air.now();
      phone.beingOffered = false;
      nobodyCanKnow = killed || (finalPacketSent && how != End.ACCEPTED && how != End.REFUSED);
      if (!killed) {
        OfferResult ended =
            new OfferResult(how, finalPacketSent, response, Duration.ofSeconds(1), "as played");
        air.execute(() -> result.complete(ended));
      }
    }

    void kill() {
      killed = true;
      end(End.WITHDRAWN, OptionalInt.empty());
    }

    @Override
    public CompletionStage<OfferResult> result() {
      return result;
    }

    @Override
    public void withdraw() {
      end(End.WITHDRAWN, OptionalInt.empty());
    }
  }

  /** Behaviours whose phones may hold an object that no acceptance speaks of. */
  static boolean mayEndUnresolved(Behaviour behaviour) {
    return switch (behaviour) {
      case NEVER_ANSWERS_THE_FINAL_PACKET, KEEPS_IT_AND_LOSES_THE_LINK, LOSES_IT_AND_THE_LINK ->
          true;
      default -> false;
    };
  }
}
