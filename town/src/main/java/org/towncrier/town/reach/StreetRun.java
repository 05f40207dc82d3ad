package org.towncrier.town.reach;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.PushObject;
import org.towncrier.town.air.OfferWitness;
import org.towncrier.town.air.SimulatedPhone;
import org.towncrier.town.air.SimulatedRadio;
import org.towncrier.town.air.VirtualAir;

/** One policy works one evening, in virtual time. */
public final class StreetRun implements OfferWitness {
  private final StreetModel model;
  private final Evening evening;
  private final List<AdapterId> adapters;
  private final VirtualEventLoop loop;
  private final VirtualAir air;
  private final SimulatedRadio radio;
  private final Map<BluetoothAddress, SimulatedPhone> phones = new LinkedHashMap<>();
  private final Map<BluetoothAddress, Instant> firstOffer = new HashMap<>();
  private final Map<BluetoothAddress, OfferResult.End> lastEnd = new HashMap<>();
  private int offers;

  private StreetRun(StreetModel model, Evening evening, int adapters) {
    this.model = model;
    this.evening = evening;
    this.adapters = IntStream.range(0, adapters).mapToObj(i -> new AdapterId("hci" + i)).toList();
    this.loop = new VirtualEventLoop(evening.from());
    this.air = new VirtualAir(loop, model.air(), evening.seed());
    this.radio = new SimulatedRadio(air, this.adapters, this);
  }

  /** Lets the evening pass. */
  public static Tally of(StreetModel model, Evening evening, int adapters, Policy policy) {
    return of(model, evening, adapters, policy, (loop, radio) -> {});
  }

  /**
   * Lets the evening pass.
   *
   * @param script what else is to happen: called before the evening begins
   */
  static Tally of(
      StreetModel model,
      Evening evening,
      int adapters,
      Policy policy,
      BiConsumer<VirtualEventLoop, SimulatedRadio> script) {
    StreetRun run = new StreetRun(model, evening, adapters);
    script.accept(run.loop, run.radio);
    return run.run(policy);
  }

  /** What is offered. */
  public static PushObject object(StreetModel model) {
    return new PushObject("last-bus.jpg", "image/jpeg", new byte[model.object().bytes()]);
  }

  private Tally run(Policy policy) {
    evening.passers().forEach(passer -> loop.at(passer.comes(), () -> comes(passer)));
    Policy.Worker worker = policy.begin(loop, radio, adapters, object(model));
    try {
      loop.advanceTo(evening.until());
      return tally();
    } finally {
      worker.close();
      radio.close();
    }
  }

  private void comes(Passer passer) {
    SimulatedPhone phone = air.appear(passer.traits(), passer.leaves());
    phones.put(passer.address(), phone);
    loop.at(passer.visibleFrom(), () -> phone.discoverable(true));
    loop.at(passer.visibleUntil(), () -> phone.discoverable(false));
    loop.at(passer.leaves(), phone::leave);
  }

  @Override
  public void began(BluetoothAddress phone, Instant at) {
    offers++;
    firstOffer.putIfAbsent(phone, at);
  }

  @Override
  public void ended(BluetoothAddress phone, OfferResult result, Instant at) {
    lastEnd.put(phone, result.end());
  }

  private Tally tally() {
    double seconds = Duration.between(evening.from(), evening.until()).toMillis() / 1000.0;
    List<Duration> arrivalToOffer = new ArrayList<>();
    int prompts = 0;
    int willing = 0;
    int reached = 0;
    Map<String, Integer> lost = new TreeMap<>();
    for (Passer passer : evening.passers()) {
      SimulatedPhone phone = phones.get(passer.address());
      prompts += phone == null ? 0 : phone.prompts().size();
      Instant offered = firstOffer.get(passer.address());
      if (offered != null) {
        arrivalToOffer.add(Duration.between(passer.comes(), offered));
      }
      if (passer.isWilling()) {
        willing++;
        if (phone != null && !phone.receipts().isEmpty()) {
          reached++;
        } else {
          lost.merge(fate(passer), 1, Integer::sum);
        }
      }
    }
    return new Tally(
        willing,
        reached,
        offers,
        prompts,
        seconds / 3600,
        arrivalToOffer,
        radio.lookedSeconds() / seconds / adapters.size(),
        radio.offerSeconds() / seconds / adapters.size() / SimulatedRadio.MAX_LINKS,
        lost);
  }

  private String fate(Passer passer) {
    if (UpperBound.stay(model, evening, passer).isEmpty()) {
      return "left too soon for anybody";
    }
    if (!firstOffer.containsKey(passer.address())) {
      return "never offered";
    }
    OfferResult.End end = lastEnd.get(passer.address());
    return end == null
        ? "the evening ended"
        : end.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
