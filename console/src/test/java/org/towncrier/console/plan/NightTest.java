package org.towncrier.console.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.towncrier.console.ConsoleSettings.PermittedHours;
import org.towncrier.console.message.PlannedMessage;
import org.towncrier.console.message.Target;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

class NightTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final SiteId SQUARE = new SiteId("square");
  private static final PermittedHours EVENING =
      new PermittedHours(LocalTime.of(19, 0), LocalTime.of(4, 0));
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 27);

  private static Window daily(String opens, String closes) {
    return new Window(
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2027, 12, 31),
        Set.of(DayOfWeek.values()),
        LocalTime.parse(opens),
        LocalTime.parse(closes),
        LONDON);
  }

  private static PlannedMessage message(String id, Priority priority, Window... windows) {
    return new PlannedMessage(
        new MessageId(id),
        id,
        priority,
        false,
        1,
        List.of(new Target(SQUARE, null)),
        List.of(windows));
  }

  private static Night night(LocalDate day, PlannedMessage... messages) {
    return Night.of(day, SQUARE, List.of(messages), EVENING, LONDON);
  }

  @Test
  void what_passes_midnight_belongs_to_the_night_it_starts_in() {
    Night night = night(FRIDAY, message("home", Priority.NORMAL, daily("19:00", "04:00")));
    assertThat(night.bars()).extracting(Night.Bar::times).containsExactly("19:00 to 04:00");
    assertThat(night.bars().get(0).x()).isEqualTo(7 * 1000 / 24);
    assertThat(night.bars().get(0).width()).isEqualTo(9 * 1000 / 24);
    assertThat(night.gaps()).isEmpty();
  }

  @Test
  void the_highest_priority_comes_first_and_a_day_long_window_fills_the_night() {
    Night night =
        night(
            FRIDAY,
            message("all", Priority.NORMAL, daily("00:00", "00:00")),
            message("urgent", Priority.URGENT, daily("23:00", "23:30")));
    assertThat(night.bars())
        .extracting(bar -> bar.message().id().value() + " " + bar.times())
        .containsExactly("urgent 23:00 to 23:30", "all 12:00 to 12:00");
    assertThat(night.bars().get(1).width()).isEqualTo(1000);
  }

  @Test
  void silence_is_looked_for_in_the_permitted_hours_alone() {
    PlannedMessage home = message("home", Priority.NORMAL, daily("20:00", "01:00"));
    PermittedHours shorter = new PermittedHours(LocalTime.of(21, 0), LocalTime.of(2, 0));
    assertThat(Night.of(FRIDAY, SQUARE, List.of(home), shorter, LONDON).gaps())
        .containsExactly("01:00 to 02:00");
    PermittedHours always = new PermittedHours(LocalTime.of(0, 0), LocalTime.of(0, 0));
    assertThat(Night.of(FRIDAY, SQUARE, List.of(home), always, LONDON).gaps())
        .containsExactly("12:00 to 20:00", "01:00 to 12:00");
  }

  @Test
  void silence_between_seven_and_four_is_named() {
    Night night =
        night(
            FRIDAY,
            message("early", Priority.NORMAL, daily("20:00", "21:30")),
            message("late", Priority.NORMAL, daily("21:00", "22:00"), daily("23:00", "02:00")));
    assertThat(night.gaps()).containsExactly("19:00 to 20:00", "22:00 to 23:00", "02:00 to 04:00");
    assertThat(night(FRIDAY).gaps()).containsExactly("19:00 to 04:00");
    assertThat(night(FRIDAY, message("noon", Priority.NORMAL, daily("12:30", "13:00"))).gaps())
        .containsExactly("19:00 to 04:00");
  }

  @Test
  void a_paused_message_fills_no_silence() {
    PlannedMessage paused =
        new PlannedMessage(
            new MessageId("home"),
            "home",
            Priority.NORMAL,
            true,
            1,
            List.of(new Target(SQUARE, null)),
            List.of(daily("19:00", "04:00")));
    assertThat(night(FRIDAY, paused).bars()).hasSize(1);
    assertThat(night(FRIDAY, paused).gaps()).containsExactly("19:00 to 04:00");
  }

  @Test
  void both_nights_on_which_the_clocks_change_are_as_long_as_they_are() {
    PlannedMessage home = message("home", Priority.NORMAL, daily("19:00", "04:00"));
    Night shorter = night(LocalDate.of(2027, 3, 27), home);
    assertThat(shorter.bars()).extracting(Night.Bar::times).containsExactly("19:00 to 04:00");
    assertThat(shorter.bars().get(0).width()).isEqualTo(8 * 1000 / 23);
    assertThat(shorter.ticks().stream().mapToLong(Night.Tick::hours).sum()).isEqualTo(23);
    Night longer = night(LocalDate.of(2026, 10, 24), home);
    assertThat(longer.bars().get(0).width()).isEqualTo(10 * 1000 / 25);
    assertThat(longer.ticks().stream().mapToLong(Night.Tick::hours).sum()).isEqualTo(25);
  }

  @Test
  void another_site_s_messages_are_not_in_it() {
    PlannedMessage home = message("home", Priority.NORMAL, daily("19:00", "04:00"));
    assertThat(Night.of(FRIDAY, new SiteId("street"), List.of(home), EVENING, LONDON).bars())
        .isEmpty();
  }

  @Test
  void silence_at_one_node_alone_names_that_node_and_goes_by_its_own_hours() {
    PlannedMessage north =
        new PlannedMessage(
            new MessageId("north"),
            "north",
            Priority.NORMAL,
            false,
            1,
            List.of(new Target(SQUARE, new NodeId("north"))),
            List.of(daily("19:00", "04:00")));
    Night.Speaker at = new Night.Speaker(new NodeId("north"), EVENING);
    Night.Speaker south = new Night.Speaker(new NodeId("south"), EVENING);
    Night.Speaker early =
        new Night.Speaker(
            new NodeId("early"), new PermittedHours(LocalTime.of(12, 0), LocalTime.of(20, 0)));
    assertThat(Night.of(FRIDAY, SQUARE, List.of(at, south, early), List.of(north), LONDON).gaps())
        .containsExactly("19:00 to 04:00 at south", "12:00 to 20:00 at early");
    assertThat(Night.of(FRIDAY, SQUARE, List.of(south), List.of(north), LONDON).gaps())
        .containsExactly("19:00 to 04:00");
  }
}
