package org.towncrier.console.input;

import java.time.LocalDate;

/** The days that a calendar of ours reaches: those of the years 2000 to 2999. */
public final class KnownDays {
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2999;

  private KnownDays() {}

  /** Whether a day is one of them. A typing error in a year is not. */
  public static boolean contains(LocalDate day) {
    return day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR;
  }
}
