package org.towncrier.town.reach;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What one policy made of one evening.
 *
 * @param willing phones whose owner would accept if asked in time
 * @param reached of these, those that have the message
 * @param offers made, prompts or not
 * @param prompts shown to owners
 * @param hours the evening had
 * @param arrivalToOffer for each phone that was offered something, from coming to its first offer
 * @param looking share of the adapters' time spent looking
 * @param linksBusy share of the adapters' link slots that held an offer
 * @param lost the willing phones not reached, by what became of them
 */
public record Tally(
    int willing,
    int reached,
    int offers,
    int prompts,
    double hours,
    List<Duration> arrivalToOffer,
    double looking,
    double linksBusy,
    Map<String, Integer> lost) {
  public Tally {
    arrivalToOffer = List.copyOf(arrivalToOffer);
    lost = Map.copyOf(lost);
  }

  /** Prompts an hour. */
  public double promptsPerHour() {
    return prompts / hours;
  }
}
