package org.towncrier.town.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Sighting;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.Window;

/**
 * The rules, on random streets with adapters that fail, for the real engine on the simulated radio.
 * What the engine asks of the radio is noted in between.
 */
class RulesOnTheStreetTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final Window PERMITTED =
      Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), LONDON);

  private final StreetModel model = StreetModel.load();

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void the_rules_hold_on_any_street(@ForAll long seed) {
    Random random = new Random(seed);
    String street = random.nextBoolean() ? "quiet-evening" : "busy-friday";
    // Some begin before the permitted hours, some end after them.
    Duration shift =
        List.of(Duration.ofMinutes(-40), Duration.ZERO, Duration.ofHours(5)).get(random.nextInt(3));
    Evening evening = Evening.draw(model, street, random.nextInt(1000)).shifted(shift);
    List<OutcomeCount> counts = new ArrayList<>();
    Noted noted = new Noted(new EnginePolicy(log -> counts.addAll(log.outcomes())));

    Tally tally =
        StreetRun.of(
            model,
            evening,
            1 + random.nextInt(4),
            noted,
            (loop, radio) -> {
              for (int i = random.nextInt(6); i > 0; i--) {
                Instant breaks = evening.from().plusSeconds(random.nextInt(6 * 3600));
                AdapterId adapter = new AdapterId("hci0");
                loop.at(breaks, () -> radio.breakAdapter(adapter));
                loop.at(
                    breaks.plusSeconds(1 + random.nextInt(600)), () -> radio.mendAdapter(adapter));
              }
            });

    noted.check(counts);
    assertThat(tally.prompts())
        .as("a prompt for each offer at most")
        .isLessThanOrEqualTo(noted.offers);
  }

  /** A policy whose every offer is noted on its way to the radio. */
  private static final class Noted implements Policy {
    private final Policy policy;
    private final Set<BluetoothAddress> underWay = new HashSet<>();
    private final Map<BluetoothAddress, Integer> spent = new HashMap<>();
    private final Map<OfferResult.End, Integer> ends = new HashMap<>();
    private final List<String> breaches = new ArrayList<>();
    private int offers;

    Noted(Policy policy) {
      this.policy = policy;
    }

    @Override
    public String name() {
      return policy.name();
    }

    @Override
    public Worker begin(
        VirtualEventLoop loop, Radio radio, List<AdapterId> adapters, PushObject object) {
      return policy.begin(loop, new NotedRadio(loop, radio), adapters, object);
    }

    void check(List<OutcomeCount> counts) {
      assertThat(breaches).isEmpty();
      assertThat(underWay).as("offers that never ended").isEmpty();
      assertThat(sum(counts, Outcome.ACCEPTED)).isEqualTo(ended(OfferResult.End.ACCEPTED));
      assertThat(sum(counts, Outcome.DECLINED_OR_IGNORED))
          .isEqualTo(ended(OfferResult.End.REFUSED));
      assertThat(sum(counts, Outcome.UNSUPPORTED)).isEqualTo(ended(OfferResult.End.NO_OBJECT_PUSH));
      long outcomes =
          counts.stream()
              .filter(count -> count.outcome() != Outcome.WITHHELD)
              .mapToLong(OutcomeCount::count)
              .sum();
      // Pages of one offer that nobody heard may be several; whatever else ends has its outcome.
      assertThat(outcomes)
          .isBetween((long) offers - ended(OfferResult.End.NOT_REACHED), (long) offers);
    }

    private long ended(OfferResult.End end) {
      return ends.getOrDefault(end, 0);
    }

    private static long sum(List<OutcomeCount> counts, Outcome outcome) {
      return counts.stream()
          .filter(count -> count.outcome() == outcome)
          .mapToLong(OutcomeCount::count)
          .sum();
    }

    private void began(BluetoothAddress phone, Instant at) {
      offers++;
      if (!underWay.add(phone)) {
        breaches.add("two links to one phone");
      }
      if (spent.getOrDefault(phone, 0) > 0) {
        breaches.add("a phone was asked again after its budget was spent, or a refusal");
      }
      if (!PERMITTED.isOpen(at)) {
        breaches.add("an offer outside the permitted hours");
      }
    }

    private void ended(BluetoothAddress phone, OfferResult result) {
      underWay.remove(phone);
      ends.merge(result.end(), 1, Integer::sum);
      boolean asked =
          switch (result.end()) {
            case ACCEPTED, REFUSED, DEADLINE, LINK_LOST, WITHDRAWN, NO_OBJECT_PUSH -> true;
            case NOT_REACHED -> false;
            case ADAPTER_FAILED -> result.response().isPresent();
          };
      spent.merge(phone, asked ? 1 : 0, Integer::sum);
    }

    private final class NotedRadio implements Radio {
      private final VirtualEventLoop loop;
      private final Radio radio;

      NotedRadio(VirtualEventLoop loop, Radio radio) {
        this.loop = loop;
        this.radio = radio;
      }

      @Override
      public void start(Consumer<AdapterStatus> onAdapterChange) {
        radio.start(onAdapterChange);
      }

      @Override
      public List<AdapterStatus> adapters() {
        return radio.adapters();
      }

      @Override
      public CompletionStage<InquiryEnd> inquire(
          AdapterId adapter, Duration length, Consumer<Sighting> onSighting) {
        if (!PERMITTED.isOpen(loop.now())) {
          breaches.add("a look outside the permitted hours");
        }
        return radio.inquire(adapter, length, onSighting);
      }

      @Override
      public Offer offer(
          AdapterId adapter, BluetoothAddress phone, PushObject object, Duration deadline) {
        Offer offer;
        try {
          offer = radio.offer(adapter, phone, object, deadline);
        } catch (IllegalStateException e) {
          breaches.add("the radio refused: " + e.getMessage());
          throw e;
        }
        began(phone, loop.now());
        offer.result().thenAccept(result -> ended(phone, result));
        return offer;
      }

      @Override
      public void close() {
        radio.close();
      }
    }
  }
}
