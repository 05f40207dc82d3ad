package org.towncrier.town.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** The same seeded evenings of a street, worked by one policy after the other. */
final class Comparison {
  private final StreetModel model;
  private final List<Policy> policies;
  private final int seeds;

  Comparison(StreetModel model, List<Policy> policies, int seeds) {
    this.model = model;
    this.policies = policies;
    this.seeds = seeds;
  }

  /**
   * What one evening came to.
   *
   * @param bound the most that could have been reached
   * @param tallies by policy, in their order
   */
  record Outcome(int bound, List<Tally> tallies) {}

  /** Every seed's outcome, the first seed being 1. Uses all processors. */
  List<Outcome> of(String street, int adapters) throws InterruptedException {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Outcome>> outcomes =
          LongStream.rangeClosed(1, seeds)
              .mapToObj(seed -> workers.submit(() -> evening(street, adapters, seed)))
              .toList();
      List<Outcome> ended = new ArrayList<>();
      for (Future<Outcome> outcome : outcomes) {
        ended.add(outcome.get());
      }
      return ended;
    } catch (ExecutionException e) {
      throw new IllegalStateException("An evening failed", e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private Outcome evening(String street, int adapters, long seed) {
    Evening evening = Evening.draw(model, street, seed);
    return new Outcome(
        UpperBound.of(model, evening, adapters),
        policies.stream().map(policy -> StreetRun.of(model, evening, adapters, policy)).toList());
  }
}
