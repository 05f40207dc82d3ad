package org.towncrier.broadcaster.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState.MessageState.Status;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

class TimetableTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");
  private static final Window PERMITTED = hours("19:00", "04:00");
  private static final Instant THURSDAY_8PM = Instant.parse("2026-11-26T20:00:00Z");

  private final List<ScheduledMessage> messages = new ArrayList<>();
  private Instant validUntil = Instant.parse("2027-12-01T00:00:00Z");
  private Instant campaignEnds = Instant.parse("2027-12-01T00:00:00Z");
  private boolean hold;

  @Test
  void urgent_messages_come_first_then_high_then_normal_each_in_the_order_of_the_schedule() {
    message("n1", Priority.NORMAL, PERMITTED);
    message("u1", Priority.URGENT, PERMITTED);
    message("h1", Priority.HIGH, PERMITTED);
    message("n2", Priority.NORMAL, PERMITTED);
    message("u2", Priority.URGENT, PERMITTED);
    assertThat(onAir(THURSDAY_8PM)).containsExactly("u1", "u2", "h1", "n1", "n2");
  }

  @Test
  void a_window_past_midnight_belongs_to_the_day_it_starts_on() {
    message("thursdays", Priority.NORMAL, thursday("19:00", "04:00"));
    assertThat(onAir(Instant.parse("2026-11-27T03:59:59Z"))).containsExactly("thursdays");
    assertThat(onAir(Instant.parse("2026-11-27T04:00:00Z"))).isEmpty();
    assertThat(onAir(Instant.parse("2026-11-27T20:00:00Z"))).isEmpty();
    assertThat(onAir(Instant.parse("2026-11-26T03:00:00Z"))).isEmpty();
  }

  @Test
  void outside_the_permitted_hours_nothing_is_on_air_whatever_the_schedule_says() {
    ScheduledMessage message = message("all-day", Priority.URGENT, hours("00:00", "00:00"));
    Instant noon = Instant.parse("2026-11-26T12:00:00Z");
    assertThat(onAir(noon)).isEmpty();
    assertThat(table().due(noon)).containsExactly(message);
    assertThat(table().statusOf(message, noon)).isEqualTo(Status.SILENT);
    assertThat(table().silentBecause(noon)).hasValue("is outside its permitted hours");
    assertThat(onAir(THURSDAY_8PM)).containsExactly("all-day");
  }

  @ParameterizedTest(name = "{0}: opens {1}, closes {2}")
  @CsvSource({
    // Clocks go forward at 01:00 UTC on 29 March 2026 and back at 01:00 UTC on 25 October.
    "2026-03-28, 2026-03-28T19:00:00Z, 2026-03-29T03:00:00Z",
    "2026-03-29, 2026-03-29T18:00:00Z, 2026-03-30T03:00:00Z",
    "2026-10-24, 2026-10-24T18:00:00Z, 2026-10-25T04:00:00Z",
    "2026-10-25, 2026-10-25T19:00:00Z, 2026-10-26T04:00:00Z",
  })
  void an_evening_keeps_its_local_hours_on_the_nights_the_clocks_change(
      LocalDate day, Instant opens, Instant closes) {
    message(
        "evening",
        Priority.NORMAL,
        new Window(
            day, day, Set.of(day.getDayOfWeek()), LocalTime.of(19, 0), LocalTime.of(4, 0), LONDON));
    assertThat(onAir(opens.minusSeconds(1))).isEmpty();
    assertThat(onAir(opens)).containsExactly("evening");
    assertThat(onAir(closes.minusSeconds(1))).containsExactly("evening");
    assertThat(onAir(closes)).isEmpty();
    assertThat(table().nextChange(opens.minusSeconds(1))).hasValue(opens);
    assertThat(table().nextChange(opens)).hasValue(closes);
  }

  @Test
  void a_window_in_the_hour_that_does_not_exist_never_opens() {
    Window lostHour =
        new Window(
            LocalDate.of(2026, 3, 29),
            LocalDate.of(2026, 3, 29),
            Set.of(DayOfWeek.SUNDAY),
            LocalTime.of(1, 15),
            LocalTime.of(1, 45),
            LONDON);
    ScheduledMessage message = message("lost", Priority.NORMAL, lostHour);
    Instant change = Instant.parse("2026-03-29T01:00:00Z");
    for (int minutes = -120; minutes <= 120; minutes++) {
      assertThat(onAir(change.plus(Duration.ofMinutes(minutes)))).isEmpty();
    }
    assertThat(table().statusOf(message, change.minusSeconds(7200))).isEqualTo(Status.ENDED);
  }

  @Test
  void a_window_in_the_hour_that_comes_twice_opens_once() {
    message(
        "twice",
        Priority.NORMAL,
        new Window(
            LocalDate.of(2026, 10, 25),
            LocalDate.of(2026, 10, 25),
            Set.of(DayOfWeek.SUNDAY),
            LocalTime.of(1, 15),
            LocalTime.of(1, 45),
            LONDON));
    assertThat(onAir(Instant.parse("2026-10-25T00:30:00Z"))).containsExactly("twice");
    assertThat(onAir(Instant.parse("2026-10-25T01:30:00Z"))).isEmpty();
  }

  @Test
  void a_hold_silences_everything() {
    ScheduledMessage message = message("a", Priority.URGENT, PERMITTED);
    hold = true;
    assertThat(onAir(THURSDAY_8PM)).isEmpty();
    assertThat(table().statusOf(message, THURSDAY_8PM)).isEqualTo(Status.SILENT);
    assertThat(table().silentBecause(THURSDAY_8PM)).hasValue("is on hold");
  }

  @Test
  void a_schedule_is_silent_from_the_moment_it_is_no_longer_valid() {
    message("a", Priority.NORMAL, PERMITTED);
    validUntil = THURSDAY_8PM;
    assertThat(onAir(THURSDAY_8PM.minusSeconds(1))).containsExactly("a");
    assertThat(onAir(THURSDAY_8PM)).isEmpty();
    assertThat(table().nextChange(THURSDAY_8PM.minusSeconds(1))).hasValue(THURSDAY_8PM);
  }

  @Test
  void a_message_ends_with_its_campaign() {
    ScheduledMessage message = message("a", Priority.NORMAL, PERMITTED);
    campaignEnds = THURSDAY_8PM;
    assertThat(onAir(THURSDAY_8PM.minusSeconds(1))).containsExactly("a");
    assertThat(onAir(THURSDAY_8PM)).isEmpty();
    assertThat(table().statusOf(message, THURSDAY_8PM)).isEqualTo(Status.ENDED);
    assertThat(table().nextChange(THURSDAY_8PM.minusSeconds(1))).hasValue(THURSDAY_8PM);
  }

  @Test
  void a_message_waits_for_its_next_window_and_ends_after_its_last() {
    ScheduledMessage message = message("a", Priority.NORMAL, thursday("20:00", "21:00"));
    assertThat(table().statusOf(message, THURSDAY_8PM.minusSeconds(1))).isEqualTo(Status.WAITING);
    assertThat(table().statusOf(message, THURSDAY_8PM)).isEqualTo(Status.ON_AIR);
    assertThat(table().statusOf(message, THURSDAY_8PM.plusSeconds(3600))).isEqualTo(Status.ENDED);
  }

  @Test
  void of_two_windows_either_puts_a_message_on_air() {
    message("a", Priority.NORMAL, hours("19:00", "20:00"), hours("22:00", "23:00"));
    assertThat(onAir(THURSDAY_8PM.minusSeconds(1))).containsExactly("a");
    assertThat(onAir(THURSDAY_8PM)).isEmpty();
    assertThat(onAir(THURSDAY_8PM.plus(Duration.ofHours(2)))).containsExactly("a");
  }

  @Test
  void an_empty_schedule_changes_only_with_the_permitted_hours_and_its_validity() {
    assertThat(table().nextChange(THURSDAY_8PM))
        .isEqualTo(Optional.of(Instant.parse("2026-11-27T04:00:00Z")));
    assertThat(table().onAir(THURSDAY_8PM)).isEmpty();
  }

  /** The waker sleeps until the next change, so nothing may change before it. */
  @Property(tries = 200)
  void nothing_changes_before_the_next_change(
      @ForAll @IntRange(max = 1439) int start,
      @ForAll @IntRange(max = 1439) int end,
      @ForAll @IntRange(min = 1, max = 127) int days,
      @ForAll @IntRange(max = 400 * 24 * 60) int minute) {
    messages.clear();
    ScheduledMessage message =
        message(
            "a",
            Priority.NORMAL,
            new Window(
                LocalDate.of(2026, 2, 1),
                LocalDate.of(2026, 12, 1),
                days(days),
                LocalTime.MIN.plusMinutes(start),
                LocalTime.MIN.plusMinutes(end),
                LONDON));
    Timetable table = table();
    Instant at = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minute));
    Instant next = table.nextChange(at).orElse(at.plus(Duration.ofDays(3)));
    for (Instant moment = at; moment.isBefore(next); moment = moment.plusSeconds(600)) {
      assertThat(table.onAir(moment)).isEqualTo(table.onAir(at));
      assertThat(table.statusOf(message, moment)).isEqualTo(table.statusOf(message, at));
      assertThat(table.silentBecause(moment)).isEqualTo(table.silentBecause(at));
    }
    assertThat(table.onAir(next.minusMillis(1))).isEqualTo(table.onAir(at));
  }

  private static Set<DayOfWeek> days(int bits) {
    Set<DayOfWeek> days = new java.util.TreeSet<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      if ((bits >> day.ordinal() & 1) == 1) {
        days.add(day);
      }
    }
    return days;
  }

  private List<String> onAir(Instant at) {
    return table().onAir(at).stream().map(message -> message.id().value()).toList();
  }

  private Timetable table() {
    return new Timetable(
        new NodeSchedule(
            new SiteId("square"),
            new NodeId("clock-tower"),
            1,
            Instant.parse("2026-11-26T00:00:00Z"),
            validUntil,
            hold,
            false,
            ContactRules.DEFAULT,
            List.of(new NodeId("clock-tower")),
            List.of(new Campaign(CAMPAIGN, campaignEnds)),
            messages),
        PERMITTED);
  }

  private ScheduledMessage message(String id, Priority priority, Window... windows) {
    ScheduledMessage message =
        new ScheduledMessage(
            new MessageId(id),
            CAMPAIGN,
            priority,
            new MessageObject(id + ".txt", "text/plain", id.getBytes(StandardCharsets.UTF_8)),
            List.of(windows));
    messages.add(message);
    return message;
  }

  private static Window hours(String start, String end) {
    return Window.daily(LocalTime.parse(start), LocalTime.parse(end), LONDON);
  }

  private static Window thursday(String start, String end) {
    LocalDate day = LocalDate.of(2026, 11, 26);
    return new Window(
        day, day, Set.of(DayOfWeek.THURSDAY), LocalTime.parse(start), LocalTime.parse(end), LONDON);
  }
}
