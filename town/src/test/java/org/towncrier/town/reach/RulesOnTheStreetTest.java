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
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/**
 * The rules, on random streets with one to four adapters that fail and come back, and several
 * messages of mixed priority, an urgent one that comes later among them, for the real engine on the
 * simulated radio. What the engine asks of the radio is noted in between.
 */
class RulesOnTheStreetTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final Window PERMITTED =
      Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), LONDON);

  private static final Duration DEADLINE = Duration.ofSeconds(60);

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
    ContactRules rules = new ContactRules(1 + random.nextInt(3), 1 + random.nextInt(3), 120);
    List<ScheduledMessage> messages = messages(random);
    Noted noted =
        new Noted(
            new EnginePolicy(
                (now, object) ->
                    EnginePolicy.schedule(
                        EnginePolicy.NODE, List.of(EnginePolicy.NODE), now, rules, messages),
                log -> counts.addAll(log.outcomes())),
            rules,
            messages);
    int adapters = 1 + random.nextInt(4);

    Tally tally =
        StreetRun.of(
            model,
            evening,
            adapters,
            noted,
            (loop, radio) -> {
              for (int i = random.nextInt(4 * adapters); i > 0; i--) {
                Instant breaks = evening.from().plusSeconds(random.nextInt(6 * 3600));
                AdapterId adapter = new AdapterId("hci" + random.nextInt(adapters));
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

  private static List<ScheduledMessage> messages(Random random) {
    List<ScheduledMessage> messages = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      messages.add(message("message-" + i, Priority.values()[random.nextInt(2)], PERMITTED));
    }
    // On air for some hours only, and before all others then.
    Window late = Window.daily(LocalTime.of(21, 0), LocalTime.of(23, 30), LONDON);
    messages.add(message("urgent", Priority.URGENT, late));
    return messages;
  }

  private static ScheduledMessage message(String id, Priority priority, Window window) {
    MessageObject object = new MessageObject(id + ".txt", "text/plain", new byte[2000]);
    return new ScheduledMessage(
        new MessageId(id), EnginePolicy.CAMPAIGN, priority, object, List.of(window));
  }

  /** A policy whose every offer is noted on its way to the radio. */
  private static final class Noted implements Policy {
    private final Policy policy;
    private final ContactRules rules;
    private final Map<String, Window> windows = new HashMap<>();
    private final Set<BluetoothAddress> underWay = new HashSet<>();
    private final Set<BluetoothAddress> saidNoObjectPush = new HashSet<>();
    private final Set<BluetoothAddress> refused = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<BluetoothAddress, Integer> spent = new HashMap<>();
    private final Map<OfferResult.End, Integer> ends = new HashMap<>();
    private final List<String> breaches = new ArrayList<>();
    private int offers;

    Noted(Policy policy, ContactRules rules, List<ScheduledMessage> messages) {
      this.policy = policy;
      this.rules = rules;
      for (ScheduledMessage message : messages) {
        windows.put(message.object().name(), message.windows().get(0));
      }
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
      long uncalled = sum(counts, Outcome.UNSUPPORTED) - ended(OfferResult.End.NO_OBJECT_PUSH);
      assertThat(uncalled).isBetween(0L, (long) saidNoObjectPush.size());
      long outcomes =
          counts.stream()
              .filter(count -> count.outcome() != Outcome.WITHHELD)
              .mapToLong(OutcomeCount::count)
              .sum();
      // Calls of one offer that nobody heard may be several; whatever else ends has its outcome.
      long again = ended(OfferResult.End.NOT_REACHED) + ended(OfferResult.End.ADAPTER_FAILED);
      assertThat(outcomes - uncalled).isBetween(offers - again, (long) offers);
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

    private void began(BluetoothAddress phone, String object, Instant at) {
      offers++;
      if (saidNoObjectPush.contains(phone)) {
        breaches.add("a phone was called that had said it has no Object Push");
      }
      if (refused.contains(phone)) {
        breaches.add("a phone was asked again in the campaign it refused in");
      }
      if (asked.contains(phone.hex() + object)) {
        breaches.add("a phone was asked twice for " + object);
      }
      if (!windows.get(object).isOpen(at)) {
        breaches.add("an offer of " + object + " while it was not on air");
      }
      if (!underWay.add(phone)) {
        breaches.add("two links to one phone");
      }
      if (spent.getOrDefault(phone, 0) >= rules.offersPerNight()) {
        breaches.add("a phone was asked again after its budget was spent");
      }
      if (!PERMITTED.isOpen(at)) {
        breaches.add("an offer outside the permitted hours");
      }
    }

    private void ended(BluetoothAddress phone, String object, OfferResult result) {
      underWay.remove(phone);
      ends.merge(result.end(), 1, Integer::sum);
      if (result.took().compareTo(DEADLINE) > 0) {
        breaches.add("an offer held its link for " + result.took());
      }
      if (result.end() == OfferResult.End.REFUSED) {
        refused.add(phone);
      }
      boolean asked =
          switch (result.end()) {
            case ACCEPTED, REFUSED, DEADLINE, LINK_LOST, WITHDRAWN, NO_OBJECT_PUSH -> true;
            case NOT_REACHED -> false;
            case ADAPTER_FAILED -> result.response().isPresent();
          };
      if (asked) {
        this.asked.add(phone.hex() + object);
      }
      // Nobody was prompted by a search, but who has no Object Push is left alone all the same.
      boolean searched = result.end() == OfferResult.End.NO_OBJECT_PUSH;
      spent.merge(phone, searched ? rules.offersPerNight() : asked ? 1 : 0, Integer::sum);
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
        return radio.inquire(
            adapter,
            length,
            sighting -> {
              if (sighting.saysNoObjectPush()) {
                saidNoObjectPush.add(sighting.address());
              }
              onSighting.accept(sighting);
            });
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
        began(phone, object.name(), loop.now());
        offer.result().thenAccept(result -> ended(phone, object.name(), result));
        return offer;
      }

      @Override
      public void close() {
        radio.close();
      }
    }
  }
}
