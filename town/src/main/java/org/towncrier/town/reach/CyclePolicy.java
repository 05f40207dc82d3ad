package org.towncrier.town.reach;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Radio.InquiryEnd;
import org.towncrier.hardware.Sighting;

/**
 * How older systems work: each adapter looks, then offers to those it found, then looks again.
 *
 * @param name in figures
 * @param atOnce offers at the same time
 * @param perLook offers before it looks again
 * @param deadline of an offer
 */
record CyclePolicy(String name, int atOnce, int perLook, Duration deadline) implements Policy {
  /** The specification's length of an inquiry. */
  private static final Duration LOOK = Duration.ofMillis(10_240);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  /** Everyone found, one after the other, each until Android's owner has had his 50 s. */
  static final CyclePolicy ONE_AT_A_TIME =
      new CyclePolicy("one-at-a-time", 1, Integer.MAX_VALUE, Duration.ofSeconds(60));

  /** Up to seven found, at once, 20 s each: "seven phones per 40 s" (Peterborough 2008). */
  static final CyclePolicy LOOK_THEN_SEVEN =
      new CyclePolicy("look-then-seven", Radio.MAX_LINKS, Radio.MAX_LINKS, Duration.ofSeconds(20));

  @Override
  public Worker begin(
      VirtualEventLoop loop, Radio radio, List<AdapterId> adapters, PushObject object) {
    ContactRulesInMemory rules = new ContactRulesInMemory();
    radio.start(status -> {});
    for (AdapterId adapter : adapters) {
      loop.execute(() -> new Cycle(loop, radio, adapter, object, rules).look());
    }
    return () -> {};
  }

  private final class Cycle {
    private final VirtualEventLoop loop;
    private final Radio radio;
    private final AdapterId adapter;
    private final PushObject object;
    private final ContactRulesInMemory rules;
    private final Set<BluetoothAddress> found = new LinkedHashSet<>();
    private final Deque<BluetoothAddress> waiting = new ArrayDeque<>();
    private int underWay;

    Cycle(
        VirtualEventLoop loop,
        Radio radio,
        AdapterId adapter,
        PushObject object,
        ContactRulesInMemory rules) {
      this.loop = loop;
      this.radio = radio;
      this.adapter = adapter;
      this.object = object;
      this.rules = rules;
    }

    void look() {
      found.clear();
      radio
          .inquire(adapter, LOOK, this::heard)
          .thenAccept(
              end -> {
                if (end == InquiryEnd.COMPLETED) {
                  found.stream().limit(perLook).forEach(waiting::add);
                  offerNext();
                } else {
                  loop.after(AFTER_FAILURE, this::look);
                }
              });
    }

    private void heard(Sighting sighting) {
      if (sighting.isPhone() && rules.mayOffer(sighting.address(), loop.now())) {
        found.add(sighting.address());
      }
    }

    private void offerNext() {
      while (underWay < atOnce && !waiting.isEmpty()) {
        BluetoothAddress phone = waiting.remove();
        // Another adapter may have offered it meanwhile.
        if (rules.mayOffer(phone, loop.now())) {
          offer(phone);
        }
      }
      if (underWay == 0) {
        look();
      }
    }

    private void offer(BluetoothAddress phone) {
      underWay++;
      rules.began(phone);
      radio
          .offer(adapter, phone, object, deadline)
          .result()
          .thenAccept(
              result -> {
                underWay--;
                rules.ended(phone, result, loop.now());
                offerNext();
              });
    }
  }
}
