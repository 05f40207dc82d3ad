package org.towncrier.console.evaluation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Service;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.KnownDays;

/** How many phones sites saw in a night, noon to noon: a phone counts once each night. */
@Service
public class PhoneNights {
  /** One night costs some hundred sketches to unite. */
  private static final int MOST = 31;

  private final EvaluationQuery query;
  private final ConsoleSettings settings;

  PhoneNights(EvaluationQuery query, ConsoleSettings settings) {
    this.query = query;
    this.settings = settings;
  }

  /**
   * Phones that one site saw in one night.
   *
   * @param night the day it begins
   */
  public record Night(LocalDate night, String site, long phones) {}

  /**
   * The nights from one to another, the latest first; sites that saw nobody are left out.
   *
   * @throws InvalidInputException when that is no stretch of {@value #MOST} nights at most
   */
  public List<Night> between(LocalDate first, LocalDate last) {
    for (LocalDate day : List.of(first, last)) {
      if (!KnownDays.contains(day)) {
        throw new InvalidInputException(
            day.equals(first) ? "from" : "to", "lies where no calendar of ours reaches");
      }
    }
    if (last.isBefore(first)) {
      throw new InvalidInputException("to", "is before from");
    }
    if (last.isAfter(first.plusDays(MOST - 1L))) {
      throw new InvalidInputException("to", "Ask for %d nights at most".formatted(MOST));
    }
    List<Night> nights = new ArrayList<>();
    for (LocalDate day = last; !day.isBefore(first); day = day.minusDays(1)) {
      LocalDate night = day;
      // Sketches of a night and site add up without counting a phone twice.
      Map<String, List<byte[]>> sites = new TreeMap<>();
      for (EvaluationQuery.Seen seen : query.seen(noon(night), noon(night.plusDays(1)))) {
        sites.computeIfAbsent(seen.site(), site -> new ArrayList<>()).add(seen.sketch());
      }
      sites.forEach((site, parts) -> nights.add(new Night(night, site, Sketches.estimate(parts))));
    }
    return nights;
  }

  /** The last night in which anybody was seen. */
  Optional<LocalDate> newest() {
    return query.lastSeen().map(this::night);
  }

  /** The first one. */
  Optional<LocalDate> oldest() {
    return query.firstSeen().map(this::night);
  }

  private LocalDate night(Instant hour) {
    return hour.atZone(settings.zone()).minusHours(12).toLocalDate();
  }

  private Instant noon(LocalDate day) {
    return day.atTime(LocalTime.NOON).atZone(settings.zone()).toInstant();
  }
}
