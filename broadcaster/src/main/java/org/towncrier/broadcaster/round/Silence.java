package org.towncrier.broadcaster.round;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.timetable.Timetable;

/** Every reason the node may have to be silent, the gravest first; worded to follow "The node". */
final class Silence {
  private final Memory memory;
  private final Surroundings surroundings;
  private final BooleanSupplier adapterUp;

  /**
   * Reasons to be silent.
   *
   * @param adapterUp whether any adapter works
   */
  Silence(Memory memory, Surroundings surroundings, BooleanSupplier adapterUp) {
    this.memory = memory;
    this.surroundings = surroundings;
    this.adapterUp = adapterUp;
  }

  /** Why nothing may be offered now; empty when it may. */
  Optional<String> because(@Nullable Timetable timetable, Instant now) {
    return first(() -> memory.store().trouble(), this::cutsOffers)
        .or(
            () ->
                timetable == null
                    ? Optional.of("has no schedule yet")
                    : timetable.silentBecause(now))
        .or(this::noAdapter);
  }

  /** A message that no adapter can offer is not on air, whatever the schedule says. */
  private Optional<String> noAdapter() {
    return adapterUp.getAsBoolean()
        ? Optional.empty()
        : Optional.of("has no Bluetooth adapter that works");
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
