package org.towncrier.town.reach;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.towncrier.hardware.Radio;

/**
 * The most willing phones that any policy could reach on an evening: a maximum flow from phones,
 * through the stretches of time they are there for, to the link slots of the adapters.
 *
 * <p>It bounds what a policy could do that knows beforehand who comes, who would accept and how
 * soon each owner answers; that looks without cost or delay; that is heard by every phone at once,
 * at its first page; that asks nobody but the willing; and that may lay an offer down and take it
 * up again, on any adapter. What it keeps: a phone can be offered something from the moment it can
 * first be seen until it leaves, an offer takes the phone's own answering time and the least a link
 * and a transfer take ({@link org.towncrier.town.air.AirModel.Link#least}), a phone has one link at
 * a time, and an adapter has seven.
 *
 * <p>Why it is a bound: take any evening as it happened, and let each phone that was reached send
 * as much flow as its offer needs at least, through the time in which its offer was under way. No
 * edge overflows, so this is a flow, of value one for each phone reached when a phone's flow counts
 * as the share of its need. The bound is the largest such value, rounded down. Phones may share
 * what is left of a slot in parts, which no policy can: so it is at least the true optimum, and
 * more when slots are scarce. With time cut into stretches it only grows: a phone may use a stretch
 * for as long as it is there in it, a slot for all of it.
 *
 * <p>How it is computed: value is one over the need for each unit of flow that leaves a phone, and
 * what phones can send together is a polymatroid, so filling phones up in order of their need,
 * smallest first, is optimal (Edmonds 1970).
 */
public final class UpperBound {
  private static final Duration STRETCH = Duration.ofSeconds(10);

  private UpperBound() {}

  /**
   * A phone's time.
   *
   * @param from in milliseconds, when it could first be offered something
   * @param until in milliseconds, when it leaves
   * @param need in milliseconds, the least that its offer takes
   */
  record Stay(long from, long until, long need) {
    Stay {
      if (need <= 0 || until - from < need) {
        throw new IllegalArgumentException("it needs some time, and has it");
      }
    }
  }

  /** The most that can be reached with so many adapters. */
  public static int of(StreetModel model, Evening evening, int adapters) {
    List<Stay> stays =
        evening.willing().stream()
            .map(passer -> stay(model, evening, passer))
            .flatMap(Optional::stream)
            .toList();
    return most(stays, adapters * Radio.MAX_LINKS, STRETCH.toMillis());
  }

  /** A willing phone's time; empty when it leaves before it could have the message. */
  static Optional<Stay> stay(StreetModel model, Evening evening, Passer passer) {
    Instant last = passer.leaves().isBefore(evening.until()) ? passer.leaves() : evening.until();
    long from = Duration.between(evening.from(), passer.visibleFrom()).toMillis();
    long until = Duration.between(evening.from(), last).toMillis() + 1;
    long need = passer.answersAfter().plus(model.link().least(model.object().bytes())).toMillis();
    return until - from < need ? Optional.empty() : Optional.of(new Stay(from, until, need));
  }

  /**
   * The bound for any stays.
   *
   * @param slots offers that can be under way at once
   * @param stretch in milliseconds, into which time is cut; the shorter, the closer
   */
  static int most(List<Stay> stays, int slots, long stretch) {
    if (stays.isEmpty()) {
      return 0;
    }
    List<Stay> sorted = stays.stream().sorted(Comparator.comparingLong(Stay::need)).toList();
    long end = sorted.stream().mapToLong(Stay::until).max().orElseThrow();
    int stretches = (int) (end / stretch) + 1;
    SlotFlow flow = new SlotFlow(sorted.size(), stretches, slots * stretch);
    double reached = 0;
    for (int phone = 0; phone < sorted.size(); phone++) {
      Stay stay = sorted.get(phone);
      for (int s = (int) (stay.from() / stretch); s * stretch < stay.until(); s++) {
        long share = Math.min(stay.until(), (s + 1) * stretch) - Math.max(stay.from(), s * stretch);
        flow.connect(phone, s, share);
      }
      reached += flow.send(phone, stay.need()) / (double) stay.need();
    }
    return (int) Math.floor(reached + 1e-6);
  }
}
