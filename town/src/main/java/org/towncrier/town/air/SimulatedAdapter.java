package org.towncrier.town.air;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.Radio.InquiryEnd;

/** One adapter: a look, up to seven offers, and one page at a time. */
final class SimulatedAdapter {
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final int TRIES = 3;

  private final VirtualAir air;
  private final AdapterId id;
  private final int number;
  private final List<SimulatedOffer> offers = new ArrayList<>();
  private final Deque<SimulatedOffer> toPage = new ArrayDeque<>();
  private Consumer<AdapterStatus> listener = status -> {};
  private @Nullable SimulatedOffer paging;
  private @Nullable Look look;
  private Health health = Health.DOWN;
  private String detail = "not started";
  private @Nullable Health told;
  private boolean broken;
  private boolean closed;
  private int tries;
  private double lookedSeconds;
  private double linkSeconds;

  SimulatedAdapter(VirtualAir air, AdapterId id) {
    this.air = air;
    this.id = id;
    this.number = air.nextAdapter();
  }

  AdapterId id() {
    return id;
  }

  int number() {
    return number;
  }

  // --- health -------------------------------------------------------------------------------

  void start(Consumer<AdapterStatus> onChange) {
    listener = onChange;
    tries = TRIES;
    open();
  }

  AdapterStatus status() {
    return new AdapterStatus(id, health, detail, linksOpen());
  }

  boolean isUp() {
    return health == Health.UP;
  }

  void breakDown() {
    broken = true;
    if (health == Health.UP) {
      tries = 0;
      become(Health.RECOVERING, "it does not answer; it is being reset");
      endAll(End.ADAPTER_FAILED);
      air.loop().after(RETRY, this::open);
    }
  }

  void mend() {
    broken = false;
  }

  void close() {
    closed = true;
    health = Health.DOWN;
    detail = "closed";
    endAll(End.WITHDRAWN);
  }

  private void open() {
    if (closed || health == Health.UP) {
      return;
    }
    if (!broken) {
      become(Health.UP, "");
      return;
    }
    tries++;
    if (tries >= TRIES && told != Health.DOWN) {
      become(
          Health.DOWN,
          "it does not come back; it is tried again every " + RETRY.toSeconds() + " s");
    }
    air.loop().after(RETRY, this::open);
  }

  private void become(Health next, String why) {
    health = next;
    told = next;
    detail = why;
    AdapterStatus status = status();
    air.loop().execute(() -> listener.accept(status));
  }

  private void endAll(End how) {
    Look current = look;
    if (current != null) {
      current.end(InquiryEnd.FAILED);
    }
    List.copyOf(offers).forEach(offer -> offer.end(how));
  }

  // --- looking ------------------------------------------------------------------------------

  boolean isLooking() {
    return look != null;
  }

  void look(Look next, Duration length) {
    look = next;
    next.begin(length);
  }

  void looked(Look ended, double seconds) {
    lookedSeconds += seconds;
    if (look == ended) {
      look = null;
    }
  }

  // --- offering -----------------------------------------------------------------------------

  int offersUnderWay() {
    return offers.size();
  }

  int linksOpen() {
    return (int) offers.stream().filter(SimulatedOffer::isLinked).count();
  }

  boolean isPaging() {
    return paging != null;
  }

  boolean isSending() {
    return offers.stream().anyMatch(SimulatedOffer::isSending);
  }

  int sending() {
    return (int) offers.stream().filter(SimulatedOffer::isSending).count();
  }

  void take(SimulatedOffer offer) {
    offers.add(offer);
    toPage.add(offer);
    pageNext();
  }

  /** The page of an offer is over, whichever way. */
  void paged(SimulatedOffer offer) {
    if (paging == offer) {
      paging = null;
      pageNext();
    }
  }

  void release(SimulatedOffer offer, double seconds) {
    linkSeconds += seconds;
    offers.remove(offer);
    toPage.remove(offer);
    paged(offer);
  }

  private void pageNext() {
    if (paging == null && !toPage.isEmpty()) {
      SimulatedOffer next = toPage.remove();
      paging = next;
      next.page();
    }
  }

  // --- what it did --------------------------------------------------------------------------

  double lookedSeconds() {
    return lookedSeconds;
  }

  double linkSeconds() {
    return linkSeconds;
  }
}
