package org.towncrier.console.noticeboard;

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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.message.ApprovedWords;
import org.towncrier.console.message.MessageKind;
import org.towncrier.console.message.Wording;
import org.towncrier.console.publish.ScheduleChanged;
import org.towncrier.console.writing.Text;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

/** What is on air at which moment, by the rules that nodes keep. */
class BoardTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final SiteId SQUARE = new SiteId("square");
  private static final Instant CAMPAIGN_ENDS = Instant.parse("2026-12-01T12:00:00Z");

  private static Notice notice(String id, Priority priority, Window... windows) {
    CampaignId campaign = new CampaignId("winter");
    return new Notice(
        NoticeCode.of(new MessageId(id)),
        new Campaign(campaign, "Winter", "The team", "01530", LocalDate.EPOCH, LocalDate.MAX),
        new ScheduledMessage(
            new MessageId(id),
            campaign,
            priority,
            new MessageObject(id + ".txt", "text/plain", id.getBytes(StandardCharsets.UTF_8)),
            List.of(windows)),
        CAMPAIGN_ENDS,
        new ApprovedWords(
            MessageKind.TEXT,
            List.of(new Wording(id + ".txt", List.of(Text.english(id)), null, null)),
            false),
        Set.of(SQUARE));
  }

  private static Window window(String start, String end, DayOfWeek... days) {
    return new Window(
        LocalDate.parse("2026-10-01"),
        LocalDate.parse("2026-12-31"),
        Set.of(days),
        LocalTime.parse(start),
        LocalTime.parse(end),
        LONDON);
  }

  private static Board board(Notice... notices) {
    return new Board(
        Instant.EPOCH,
        Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), LONDON),
        List.of(new Board.Site(SQUARE, "Marlborough Square", 1)),
        List.of(notices),
        List.of());
  }

  private static List<String> onAir(Board board, String at) {
    return board.onAir(Instant.parse(at)).stream().map(Notice::file).toList();
  }

  @Test
  void a_window_past_midnight_belongs_to_the_night_it_began() {
    Board board =
        board(notice("late", Priority.NORMAL, window("21:00", "03:00", DayOfWeek.FRIDAY)));
    assertThat(onAir(board, "2026-11-27T20:59:59Z")).isEmpty();
    assertThat(onAir(board, "2026-11-27T21:00:00Z")).containsExactly("late.txt");
    assertThat(onAir(board, "2026-11-28T02:59:59Z")).containsExactly("late.txt");
    assertThat(onAir(board, "2026-11-28T03:00:00Z")).isEmpty();
    assertThat(onAir(board, "2026-11-28T22:00:00Z")).isEmpty();
  }

  @Test
  void on_the_night_the_clocks_go_back_it_goes_on_through_the_hour_that_comes_twice() {
    Board board =
        board(notice("late", Priority.NORMAL, window("23:00", "02:00", DayOfWeek.SATURDAY)));
    assertThat(onAir(board, "2026-10-24T22:30:00Z")).containsExactly("late.txt");
    assertThat(onAir(board, "2026-10-25T01:30:00Z")).as("01:30 for the second time").hasSize(1);
    assertThat(onAir(board, "2026-10-25T02:00:00Z")).isEmpty();
  }

  @Test
  void outside_the_permitted_hours_nothing_is_on_air() {
    Window always = window("00:00", "00:00", DayOfWeek.values());
    Board board = board(notice("always", Priority.NORMAL, always));
    assertThat(onAir(board, "2026-11-27T18:59:59Z")).isEmpty();
    assertThat(onAir(board, "2026-11-27T19:00:00Z")).hasSize(1);
    assertThat(onAir(board, "2026-11-28T04:00:00Z")).isEmpty();
  }

  @Test
  void after_the_campaigns_end_nothing_of_it_is_on_air() {
    Window always = window("00:00", "00:00", DayOfWeek.values());
    Board board = board(notice("always", Priority.NORMAL, always));
    assertThat(onAir(board, "2026-11-30T23:00:00Z")).hasSize(1);
    assertThat(onAir(board, "2026-12-01T23:00:00Z")).isEmpty();
  }

  @Test
  void the_urgent_one_stands_first() {
    Window always = window("00:00", "00:00", DayOfWeek.values());
    Board board =
        board(
            notice("usual", Priority.NORMAL, always),
            notice("urgent", Priority.URGENT, always),
            notice("high", Priority.HIGH, always));
    assertThat(onAir(board, "2026-11-27T23:00:00Z"))
        .containsExactly("urgent.txt", "high.txt", "usual.txt");
  }

  @Test
  void a_code_stays_the_same_for_ever_and_has_no_word_of_the_title_in_it() {
    assertThat(NoticeCode.of(new MessageId("getting-home")))
        .isEqualTo(NoticeCode.of(new MessageId("getting-home")))
        .matches(NoticeCode.PATTERN)
        .isNotEqualTo(NoticeCode.of(new MessageId("getting-home-2")));
  }

  @Test
  void a_crowd_reads_the_board_once_and_a_change_is_read_at_once() {
    Instant[] now = {Instant.parse("2026-11-27T20:00:00Z")};
    List<Instant> reads = new ArrayList<>();
    Boards boards =
        new Boards(
            (Instant at) -> {
              reads.add(at);
              return new Board(at, board().permittedHours(), List.of(), List.of(), List.of());
            },
            () -> now[0]);
    for (int visitor = 0; visitor < 100; visitor++) {
      assertThat(boards.now()).isPresent();
    }
    assertThat(reads).hasSize(1);
    boards.on(new ScheduleChanged(Set.of(SQUARE)));
    boards.now();
    assertThat(reads).hasSize(2);
    now[0] = now[0].plus(Duration.ofSeconds(5));
    boards.now();
    assertThat(reads).hasSize(3);
    now[0] = now[0].minus(Duration.ofHours(1));
    boards.now();
    assertThat(reads).as("the clock was set back").hasSize(4);
  }

  @Test
  void a_board_that_cannot_be_read_is_used_for_half_a_minute_and_then_says_nothing() {
    Instant[] now = {Instant.parse("2026-11-27T20:00:00Z")};
    boolean[] broken = {false};
    Boards boards =
        new Boards(
            (Instant at) -> {
              if (broken[0]) {
                throw new IllegalStateException("the disk is gone");
              }
              return new Board(at, board().permittedHours(), List.of(), List.of(), List.of());
            },
            () -> now[0]);
    assertThat(boards.now()).isPresent();
    broken[0] = true;
    now[0] = now[0].plusSeconds(29);
    assertThat(boards.now()).isPresent();
    now[0] = now[0].plusSeconds(1);
    assertThat(boards.now()).isEmpty();
    broken[0] = false;
    assertThat(boards.now()).isPresent();
  }
}
