package org.towncrier.broadcaster.round;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.towncrier.broadcaster.timetable.Waker;

/**
 * What the round is told by, and tells, the rest of the node.
 *
 * @param clockTrouble why the clock cannot be trusted, worded to follow "The node"; nothing is
 *     offered meanwhile, and nothing deleted by date
 * @param troubles other reasons for which nothing may be offered, worded likewise
 * @param wakers makes what wakes the given task at the timetable's next change
 * @param onChange told, on the loop, when what the node says of itself has changed
 */
public record Surroundings(
    Supplier<Optional<String>> clockTrouble,
    List<Supplier<Optional<String>>> troubles,
    Function<Runnable, Waker> wakers,
    Runnable onChange) {}
