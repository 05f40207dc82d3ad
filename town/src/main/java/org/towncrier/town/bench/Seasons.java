package org.towncrier.town.bench;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When the campaigns of {@linkplain TwoYears two years} were, and what their messages are called.
 */
record Seasons(Instant now) {
  static final ZoneId ZONE = ZoneId.of("Europe/London");
  static final int CAMPAIGNS = 9;
  static final int CAMPAIGN_DAYS = 84;
  static final int MESSAGES = 36;

  /** The last campaign began so many days ago, and has as long to go. */
  static final int INTO_THE_LAST = 42;

  LocalDate today() {
    return now.atZone(ZONE).toLocalDate();
  }

  LocalDate start(int campaign) {
    return today().minusDays(INTO_THE_LAST + (long) (CAMPAIGNS - 1 - campaign) * CAMPAIGN_DAYS);
  }

  static String campaignId(int campaign) {
    return "season-" + (campaign + 1);
  }

  static String messageId(int campaign, int message) {
    return campaignId(campaign) + "-message-" + (message + 1);
  }

  static Instant at(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(ZONE).toInstant();
  }
}
