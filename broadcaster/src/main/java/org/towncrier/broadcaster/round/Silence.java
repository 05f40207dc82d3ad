package org.towncrier.broadcaster.round;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.timetable.Timetable;

/** Every reason the node may have to be silent, the gravest first; worded to follow "The node". */
final class Silence {
  private final Memory memory;
  private final Surroundings surroundings;

  Silence(Memory memory, Surroundings surroundings) {
    this.memory = memory;
    this.surroundings = surroundings;
  }

  /** Why nothing may be offered now; empty when it may. */
  Optional<String> because(@Nullable Timetable timetable, Instant now) {
    return first(() -> memory.store().trouble(), this::cutsOffers)
        .or(
            () ->
                timetable == null
                    ? Optional.of("has no schedule yet")
                    : timetable.silentBecause(now));
  }

  /**
   * The reasons besides the schedule for which an offer under way is cut off too. A store that
   * fails is not among them: the offer has been written down, and cutting it off would mend
   * nothing.
   */
  Optional<String> cutsOffers() {
    return Stream.concat(
            Stream.<Supplier<Optional<String>>>of(
                () -> memory.keys().trouble(), surroundings.clockTrouble()),
            surroundings.troubles().stream())
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Whether the clock is trusted: only then may anything be deleted by date. */
  boolean clockIsTrusted() {
    return surroundings.clockTrouble().get().isEmpty();
  }

  @SafeVarargs
  private static Optional<String> first(Supplier<Optional<String>>... reasons) {
    return Stream.of(reasons).map(Supplier::get).flatMap(Optional::stream).findFirst();
  }
}
