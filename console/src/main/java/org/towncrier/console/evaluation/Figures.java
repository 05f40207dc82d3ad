package org.towncrier.console.evaluation;

import org.jspecify.annotations.Nullable;

/** For whom figures are. */
public enum Figures {
  /** Exact, for the team alone. */
  EXACT,
  /** By the 10-5 rule, for everybody. */
  PUBLISHED;

  /** What they may be told of an exact count; null for nothing. */
  public @Nullable Long of(long exact) {
    return this == EXACT ? Long.valueOf(exact) : Published.count(exact);
  }
}
