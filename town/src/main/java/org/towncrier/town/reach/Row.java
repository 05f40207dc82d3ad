package org.towncrier.town.reach;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.towncrier.town.reach.Comparison.Outcome;

/**
 * One line of figures: means over the seeds.
 *
 * @param willing phones whose owner would accept if asked in time, an evening
 * @param reached of these, those that got the message
 * @param ofBound reached, as a share of the upper bound
 * @param vsLookThenSeven reached, as a multiple of what that policy reaches
 * @param medianSecondsToOffer from coming into range to the first offer, of all that were offered
 * @param promptsPerHour shown to owners
 * @param looking share of the adapters' time
 * @param linksBusy share of the adapters' link slots
 * @param lost willing phones not reached, an evening, by what became of them
 */
@JsonPropertyOrder({"street", "adapters", "policy", "reached", "ofBound", "vsLookThenSeven"})
record Row(
    String street,
    int adapters,
    String policy,
    double willing,
    double reached,
    double reachedLow,
    double reachedHigh,
    double ofBound,
    double ofBoundLow,
    double ofBoundHigh,
    double vsLookThenSeven,
    double vsLookThenSevenLow,
    double vsLookThenSevenHigh,
    double medianSecondsToOffer,
    double promptsPerHour,
    double looking,
    double linksBusy,
    Map<String, Double> lost) {
  static final String BOUND = "upper-bound";

  /** The line of a policy. */
  static Row of(
      String street, int adapters, String policy, List<Outcome> outcomes, int place, int seven) {
    List<Tally> tallies = outcomes.stream().map(outcome -> outcome.tallies().get(place)).toList();
    List<Double> reached = each(tallies, Tally::reached);
    Interval number = Interval.ofMean(reached);
    Interval ofBound = Interval.ofRatio(reached, each(outcomes, Outcome::bound));
    Interval versus =
        Interval.ofRatio(
            reached, each(outcomes, outcome -> outcome.tallies().get(seven).reached()));
    return new Row(
        street,
        adapters,
        policy,
        mean(tallies, Tally::willing),
        number.mean(),
        number.low(),
        number.high(),
        ofBound.mean(),
        ofBound.low(),
        ofBound.high(),
        versus.mean(),
        versus.low(),
        versus.high(),
        median(tallies),
        mean(tallies, Tally::promptsPerHour),
        mean(tallies, Tally::looking),
        mean(tallies, Tally::linksBusy),
        lost(tallies));
  }

  /** The line of the bound: it looks and prompts nobody. */
  static Row ofBound(String street, int adapters, List<Outcome> outcomes, int seven) {
    List<Double> bounds = each(outcomes, Outcome::bound);
    Interval number = Interval.ofMean(bounds);
    Interval versus =
        Interval.ofRatio(bounds, each(outcomes, outcome -> outcome.tallies().get(seven).reached()));
    return new Row(
        street,
        adapters,
        BOUND,
        mean(outcomes, outcome -> outcome.tallies().get(seven).willing()),
        number.mean(),
        number.low(),
        number.high(),
        1,
        1,
        1,
        versus.mean(),
        versus.low(),
        versus.high(),
        0,
        0,
        0,
        0,
        Map.of());
  }

  private static double median(List<Tally> tallies) {
    List<Duration> all =
        tallies.stream().flatMap(tally -> tally.arrivalToOffer().stream()).sorted().toList();
    return all.isEmpty() ? Double.NaN : all.get(all.size() / 2).toMillis() / 1000.0;
  }

  private static Map<String, Double> lost(List<Tally> tallies) {
    Map<String, Double> lost = new TreeMap<>();
    tallies.forEach(
        tally ->
            tally
                .lost()
                .forEach(
                    (how, many) -> lost.merge(how, many / (double) tallies.size(), Double::sum)));
    return lost;
  }

  private static <T> double mean(List<T> all, ToDoubleFunction<T> figure) {
    return all.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static <T> List<Double> each(List<T> all, ToDoubleFunction<T> figure) {
    return all.stream().map(figure::applyAsDouble).toList();
  }
}
