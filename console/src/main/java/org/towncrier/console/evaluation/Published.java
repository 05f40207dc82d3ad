package org.towncrier.console.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * Figures that leave the team, by the 10-5 rule of the Office for National Statistics: counts below
 * 10 are not published, others are rounded to the nearest 5.
 */
public final class Published {
  private static final long LEAST = 10;
  private static final long STEP = 5;

  private Published() {}

  /** What may be said of an exact count; null for nothing. */
  public static @Nullable Long count(long exact) {
    return exact < LEAST ? null : (exact + STEP / 2) / STEP * STEP;
  }
}
