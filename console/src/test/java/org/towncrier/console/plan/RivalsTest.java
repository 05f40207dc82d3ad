package org.towncrier.console.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.towncrier.console.message.PlannedMessage;
import org.towncrier.console.message.Target;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

class RivalsTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final SiteId SQUARE = new SiteId("square");
  private static final NodeId NORTH = new NodeId("north");
  private static final NodeId SOUTH = new NodeId("south");
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

  private static Window on(String opens, String closes, DayOfWeek... days) {
    return new Window(
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2027, 12, 31),
        Set.of(days),
        LocalTime.parse(opens),
        LocalTime.parse(closes),
        LONDON);
  }

  private static PlannedMessage message(
      String title, Priority priority, NodeId node, Window window) {
    return new PlannedMessage(
        new MessageId(title.toLowerCase(java.util.Locale.ROOT)),
        title,
        priority,
        false,
        1,
        List.of(new Target(SQUARE, node)),
        List.of(window));
  }

  private static List<Rivals> rivals(int offers, PlannedMessage... messages) {
    return Rivals.of(MONDAY, SQUARE, List.of(NORTH, SOUTH), offers, List.of(messages), LONDON);
  }

  @Test
  void messages_of_one_priority_share_the_phones_and_their_nights_are_named_together() {
    List<Rivals> found =
        rivals(
            1,
            message(
                "Taxis",
                Priority.NORMAL,
                null,
                on("19:00", "04:00", DayOfWeek.FRIDAY, DayOfWeek.SATURDAY)),
            message(
                "Drink",
                Priority.NORMAL,
                null,
                on("22:00", "06:00", DayOfWeek.FRIDAY, DayOfWeek.SATURDAY)));
    assertThat(found)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.words()).startsWith("“Taxis” and “Drink” share the phones");
              assertThat(one.when()).containsExactly("Fri 27 Nov, Sat 28 Nov, 22:00 to 04:00");
              assertThat(one.nodes()).isEmpty();
            });
  }

  @Test
  void the_higher_priority_goes_first_and_it_is_said_what_is_left_for_the_others() {
    List<Rivals> found =
        rivals(
            1,
            message("Taxis", Priority.NORMAL, null, on("19:00", "23:00", DayOfWeek.FRIDAY)),
            message("Appeal", Priority.HIGH, null, on("20:00", "21:00", DayOfWeek.FRIDAY)));
    assertThat(found)
        .extracting(Rivals::words)
        .containsExactly(
            "“Appeal” goes first, and a phone is offered one message a night: “Taxis” reaches only"
                + " phones that had it before");
  }

  @Test
  void what_goes_to_different_nodes_does_not_compete_and_what_does_names_its_node() {
    Window window = on("19:00", "23:00", DayOfWeek.FRIDAY);
    PlannedMessage north = message("North", Priority.NORMAL, NORTH, window);
    PlannedMessage south = message("South", Priority.NORMAL, SOUTH, window);
    assertThat(rivals(1, north, south)).isEmpty();
    assertThat(rivals(1, north, south, message("Too", Priority.NORMAL, SOUTH, window)))
        .singleElement()
        .satisfies(one -> assertThat(one.nodes()).containsExactly("south"));
  }

  @Test
  void as_many_messages_as_a_phone_is_offered_do_not_compete() {
    Window window = on("19:00", "23:00", DayOfWeek.FRIDAY);
    PlannedMessage one = message("One", Priority.NORMAL, null, window);
    PlannedMessage two = message("Two", Priority.NORMAL, null, window);
    assertThat(rivals(2, one, two)).isEmpty();
    assertThat(rivals(2, one, two, message("Three", Priority.NORMAL, null, window))).hasSize(1);
  }

  @Test
  void one_after_the_other_or_paused_is_no_competition() {
    PlannedMessage early =
        message("Early", Priority.NORMAL, null, on("19:00", "21:00", DayOfWeek.FRIDAY));
    PlannedMessage late =
        message("Late", Priority.NORMAL, null, on("21:00", "23:00", DayOfWeek.FRIDAY));
    PlannedMessage paused =
        new PlannedMessage(
            new MessageId("paused"),
            "Paused",
            Priority.HIGH,
            true,
            1,
            early.targets(),
            early.windows());
    assertThat(rivals(1, early, late, paused)).isEmpty();
  }
}
