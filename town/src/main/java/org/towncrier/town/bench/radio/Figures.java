package org.towncrier.town.bench.radio;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How one sender did.
 *
 * @param sender its name
 * @param findMs from the start of a look until each phone on the air was found; the median
 * @param pushMs one push to a phone never met before that takes it at once, from the call to the
 *     phone's yes; the median
 * @param perMinuteOne pushes that arrived a minute, one at a time, to owners who take five seconds
 * @param perMinuteSeven the same, seven at once
 * @param failed pushes that did not arrive, of all that were measured
 */
record Figures(
    @JsonProperty("sender") String sender,
    @JsonProperty("find_ms") long findMs,
    @JsonProperty("push_ms") long pushMs,
    @JsonProperty("per_minute_one") double perMinuteOne,
    @JsonProperty("per_minute_seven") double perMinuteSeven,
    @JsonProperty("failed") int failed) {

  /**
   * Of all laps of one sender: medians of times, means of rates.
   *
   * @throws IllegalArgumentException if nothing arrived
   */
  static Figures of(String sender, List<Lap> laps) {
    return new Figures(
        sender,
        median(laps.stream().map(Lap::findMs)),
        median(laps.stream().flatMap(lap -> lap.pushMs().stream())),
        mean(laps, Lap::perMinuteOne),
        mean(laps, Lap::perMinuteSeven),
        laps.stream().mapToInt(Lap::failed).sum());
  }

  private static long median(Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("Nothing arrived");
    }
    return Math.round(sorted.get(sorted.size() / 2));
  }

  /** To a tenth: more would be noise. */
  private static double mean(List<Lap> laps, ToDoubleFunction<Lap> of) {
    return Math.round(laps.stream().mapToDouble(of).average().orElseThrow() * 10) / 10.0;
  }
}
