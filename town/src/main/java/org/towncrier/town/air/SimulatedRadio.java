package org.towncrier.town.air;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Sighting;

/**
 * A radio in virtual time. Everything it tells, it tells on the loop of its air; not for use by
 * several threads at once.
 */
public final class SimulatedRadio implements Radio {
  /** As the real radio: for the night. */
  private static final Duration CHANNELS_KEPT = Duration.ofHours(12);

  private final VirtualAir air;
  private final OfferWitness witness;
  private final Map<AdapterId, SimulatedAdapter> adapters = new LinkedHashMap<>();
  private final Map<BluetoothAddress, SimulatedOffer> offers = new HashMap<>();
  private final Map<BluetoothAddress, Instant> channels = new HashMap<>();
  private boolean started;
  private boolean closed;

  /** A radio with those adapters, not started. */
  public SimulatedRadio(VirtualAir air, List<AdapterId> adapters, OfferWitness witness) {
    this.air = air;
    this.witness = witness;
    adapters.forEach(id -> this.adapters.put(id, new SimulatedAdapter(air, id)));
  }

  @Override
  public void start(Consumer<AdapterStatus> onAdapterChange) {
    if (started) {
      throw new IllegalStateException("The radio was started before");
    }
    started = true;
    adapters.values().forEach(adapter -> adapter.start(onAdapterChange));
  }

  @Override
  public List<AdapterStatus> adapters() {
    return adapters.values().stream().map(SimulatedAdapter::status).toList();
  }

  @Override
  public CompletionStage<InquiryEnd> inquire(
      AdapterId id, Duration length, Consumer<Sighting> onSighting) {
    SimulatedAdapter adapter = adapter(id);
    if (!adapter.isUp() || adapter.isLooking()) {
      InquiryEnd end = adapter.isUp() ? InquiryEnd.BUSY : InquiryEnd.FAILED;
      CompletableFuture<InquiryEnd> ended = new CompletableFuture<>();
      air.loop().execute(() -> ended.complete(end));
      return ended;
    }
    Look look = new Look(air, adapter, onSighting);
    adapter.look(look, length);
    return look.end();
  }

  @Override
  public Offer offer(AdapterId id, BluetoothAddress phone, PushObject object, Duration deadline) {
    SimulatedAdapter adapter = adapter(id);
    if (closed) {
      throw new IllegalStateException("The radio is closed");
    }
    if (offers.containsKey(phone)) {
      throw new IllegalStateException("An offer to this phone is under way");
    }
    if (adapter.offersUnderWay() >= MAX_LINKS) {
      throw new IllegalStateException(id + " has " + MAX_LINKS + " offers under way");
    }
    SimulatedOffer offer = new SimulatedOffer(air, this, adapter, phone, object);
    offers.put(phone, offer);
    witness.began(phone, air.now());
    if (adapter.isUp()) {
      offer.begin(deadline);
    } else {
      offer.end(OfferResult.End.ADAPTER_FAILED);
    }
    return offer;
  }

  @Override
  public void close() {
    closed = true;
    adapters.values().forEach(SimulatedAdapter::close);
  }

  /** Breaks an adapter, started or not, until it is mended. */
  public void breakAdapter(AdapterId id) {
    adapter(id).breakDown();
  }

  /** Mends an adapter; the radio finds out by itself. */
  public void mendAdapter(AdapterId id) {
    adapter(id).mend();
  }

  /** Seconds that its adapters have looked, all together. */
  public double lookedSeconds() {
    return adapters.values().stream().mapToDouble(SimulatedAdapter::lookedSeconds).sum();
  }

  /** Seconds that offers have taken, all together; seven a second is what an adapter can do. */
  public double offerSeconds() {
    return adapters.values().stream().mapToDouble(SimulatedAdapter::linkSeconds).sum();
  }

  /** What is under way, in words; nothing once it is closed. */
  public List<String> leftovers() {
    List<String> left = new ArrayList<>();
    offers.values().forEach(offer -> left.add("an offer"));
    for (SimulatedAdapter adapter : adapters.values()) {
      if (adapter.isLooking()) {
        left.add("a look of " + adapter.id());
      }
      if (adapter.isPaging()) {
        left.add("a page of " + adapter.id());
      }
      if (adapter.offersUnderWay() > 0) {
        left.add(adapter.offersUnderWay() + " links of " + adapter.id());
      }
    }
    return left;
  }

  void ended(SimulatedOffer offer, OfferResult result) {
    offers.remove(offer.address());
    witness.ended(offer.address(), result, air.now());
  }

  /** Whether the phone's service was found before: its channel is remembered. */
  boolean knowsChannel(BluetoothAddress phone) {
    return channels.containsKey(phone);
  }

  void learnChannel(BluetoothAddress phone) {
    Instant lastNight = air.now().minus(CHANNELS_KEPT);
    channels.values().removeIf(learnt -> learnt.isBefore(lastNight));
    channels.put(phone, air.now());
  }

  private SimulatedAdapter adapter(AdapterId id) {
    SimulatedAdapter adapter = adapters.get(id);
    if (adapter == null) {
      throw new IllegalArgumentException("There is no adapter " + id);
    }
    return adapter;
  }
}
