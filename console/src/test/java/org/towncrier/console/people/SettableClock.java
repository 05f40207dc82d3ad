package org.towncrier.console.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when told to. */
final class SettableClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-26T20:00:00Z");

  void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
