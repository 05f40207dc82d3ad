package org.towncrier.console.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.publish.ScheduleBook.Place;
import org.towncrier.console.store.TestStore;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.Limits;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.TrustedKey;
import org.towncrier.protocol.Window;

final class ScheduleBookTest {
  private static final Place CLOCK = new Place(new SiteId("market"), new NodeId("clock"));
  private static final Instant NOW = Instant.parse("2026-11-23T21:00:00Z");

  @TempDir Path folder;
  private final SigningKey key = SigningKey.generate();
  private final List<ScheduledMessage> onAir = new ArrayList<>();
  private TestStore store;
  private ScheduleBook book;

  @BeforeEach
  void open() {
    store = new TestStore(folder);
    store.site("market", "clock", "tower");
    store.site("elsewhere", "far");
    OnAir air =
        new OnAir() {
          @Override
          public List<ScheduledMessage> messagesFor(SiteId site, NodeId node, Instant at) {
            return List.copyOf(onAir);
          }

          @Override
          public List<Campaign> campaigns() {
            return List.of(
                new Campaign(new CampaignId("winter"), NOW.plus(Duration.ofDays(60))),
                new Campaign(new CampaignId("summer"), NOW.plus(Duration.ofDays(90))));
          }
        };
    book = new ScheduleBook(store.db(), store.transactions(), air, key, store.settings());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void the_schedule_is_the_whole_state_of_one_node() throws Exception {
    onAir.add(message("getting-home", 10));
    assertThat(book.rewrite(CLOCK, NOW, 0)).isTrue();

    NodeSchedule schedule = schedule();
    assertThat(schedule.revision()).isEqualTo(1);
    assertThat(schedule.siteNodes()).extracting(NodeId::value).containsExactly("clock", "tower");
    assertThat(schedule.campaigns())
        .extracting(campaign -> campaign.id().value())
        .containsExactly("winter");
    assertThat(schedule.messages()).isEqualTo(onAir);
    assertThat(schedule.validUntil()).isEqualTo(NOW.plus(Duration.ofDays(14)));
  }

  @Test
  void the_same_content_makes_no_new_revision_until_it_is_due_for_renewal() throws Exception {
    book.rewrite(CLOCK, NOW, 0);
    assertThat(book.rewrite(CLOCK, NOW.plus(Duration.ofHours(23)), 1)).isFalse();
    assertThat(book.rewrite(CLOCK, NOW.plus(Duration.ofHours(24)), 1)).isTrue();
    assertThat(schedule().revision()).isEqualTo(2);
    assertThat(schedule().validUntil()).isEqualTo(NOW.plus(Duration.ofDays(15)));
  }

  @Test
  void other_content_does() throws Exception {
    book.rewrite(CLOCK, NOW, 0);
    onAir.add(message("getting-home", 10));
    assertThat(book.rewrite(CLOCK, NOW, 0)).isTrue();
    onAir.clear();
    assertThat(book.rewrite(CLOCK, NOW, 0)).isTrue();
    assertThat(schedule().revision()).isEqualTo(3);
  }

  @Test
  void the_revision_never_goes_back() throws Exception {
    book.rewrite(CLOCK, NOW, 0);
    assertThat(book.rewrite(CLOCK, NOW, 41)).isTrue();
    assertThat(schedule().revision()).isEqualTo(42);
    book.rewrite(CLOCK, NOW.plus(Duration.ofDays(1)), 3);
    assertThat(schedule().revision()).isEqualTo(43);
    assertThatThrownBy(() -> store.db().sql("UPDATE node_schedule SET revision = 1").update())
        .hasMessageContaining("only grows");
  }

  @Test
  void a_clock_that_was_set_back_makes_a_schedule_for_now() throws Exception {
    book.rewrite(CLOCK, NOW.plus(Duration.ofDays(400)), 0);
    assertThat(book.rewrite(CLOCK, NOW, 1)).isTrue();
    assertThat(schedule().issuedAt()).isEqualTo(NOW);
  }

  @Test
  void what_is_too_much_for_one_schedule_waits_the_least_important_and_newest_first()
      throws Exception {
    onAir.add(message("small", 10));
    book.rewrite(CLOCK, NOW, 0);
    for (int n = 0; n < 7; n++) {
      onAir.add(message("large-" + n, Limits.OBJECT_BYTES));
    }
    onAir.add(message("urgent", 10, ScheduledMessage.Priority.URGENT));
    onAir.add(message("high", Limits.OBJECT_BYTES, ScheduledMessage.Priority.HIGH));
    assertThat(book.rewrite(CLOCK, NOW, 0)).isTrue();
    assertThat(schedule().messages())
        .extracting(message -> message.id().value())
        .containsExactly("small", "large-0", "large-1", "large-2", "large-3", "urgent", "high");
    assertThat(problem())
        .contains("10 messages")
        .contains("4 MB")
        .contains("all but large-4, large-5, large-6.");

    assertThat(book.rewrite(CLOCK, NOW, 0)).as("it says the same").isFalse();
    assertThat(problem()).contains("all but large-4");
    store.db().sql("UPDATE node SET hold = 1").update();
    assertThat(book.rewrite(CLOCK, NOW, 0)).isTrue();
    assertThat(schedule().hold()).isTrue();
    assertThat(problem()).contains("all but large-4");
    assertThat(book.rewrite(CLOCK, NOW.plus(Duration.ofHours(24)), 3)).as("renewed").isTrue();

    onAir.subList(1, onAir.size()).clear();
    book.rewrite(CLOCK, NOW, 0);
    assertThat(problem()).isNull();
  }

  @Test
  void an_impossible_revision_is_the_problem_and_no_message_left_out_hides_it() {
    for (int n = 0; n < 7; n++) {
      onAir.add(message("large-" + n, Limits.OBJECT_BYTES));
    }
    book.rewrite(CLOCK, NOW, 0);
    assertThat(leftOut()).isNotZero();
    assertThat(book.rewrite(CLOCK, NOW, Long.MAX_VALUE)).isFalse();
    assertThat(problem()).contains("which cannot be");
    assertThat(leftOut()).isZero();
  }

  @Test
  void hold_of_node_or_site_is_hold() throws Exception {
    store.db().sql("UPDATE site SET hold = 1 WHERE id = 'market'").update();
    book.rewrite(CLOCK, NOW, 0);
    assertThat(schedule().hold()).isTrue();
    store.db().sql("UPDATE site SET hold = 0").update();
    store.db().sql("UPDATE node SET hold = 1 WHERE id = 'clock'").update();
    book.rewrite(CLOCK, NOW, 0);
    assertThat(schedule().hold()).isTrue();
  }

  @Test
  void only_the_brokers_word_for_the_newest_makes_it_published() {
    book.rewrite(CLOCK, NOW, 0);
    book.rewrite(CLOCK, NOW, 7);
    book.published(CLOCK, 1, NOW);
    assertThat(book.unpublished()).containsExactly(CLOCK);
    book.published(CLOCK, 8, NOW);
    assertThat(book.unpublished()).isEmpty();
  }

  @Test
  void a_node_that_is_being_taken_out_gets_a_last_schedule_that_is_soon_over() throws Exception {
    onAir.add(message("getting-home", 10));
    book.rewrite(CLOCK, NOW, 0);
    retire("clock");
    assertThat(book.rewrite(CLOCK, NOW, 1)).isTrue();
    NodeSchedule last = schedule();
    assertThat(last.hold()).isTrue();
    assertThat(last.messages()).isEmpty();
    assertThat(last.campaigns()).as("what it knows of phones is in them").hasSize(2);
    assertThat(last.siteNodes()).extracting(NodeId::value).containsExactly("clock", "tower");
    assertThat(last.validUntil()).isEqualTo(NOW.plus(ScheduleBook.FAREWELL));
  }

  @Test
  void the_others_are_told_at_once_that_it_shares_no_more() throws Exception {
    book.rewrite(CLOCK, NOW, 0);
    retire("tower");
    assertThat(book.rewrite(CLOCK, NOW, 1)).isTrue();
    assertThat(schedule().siteNodes()).extracting(NodeId::value).containsExactly("clock");
  }

  @Test
  void a_last_schedule_that_ran_out_before_the_node_had_it_is_made_anew_and_else_never() {
    book.rewrite(CLOCK, NOW, 0);
    retire("clock");
    book.rewrite(CLOCK, NOW, 0);
    assertThat(book.rewrite(CLOCK, NOW.plusSeconds(60), 0)).isFalse();
    Instant over = NOW.plus(ScheduleBook.FAREWELL);
    assertThat(book.rewrite(CLOCK, over, 0)).isTrue();
    store
        .db()
        .sql("INSERT INTO node_heard (site, node, state) VALUES ('market', 'clock', ?)")
        .param("{\"revision\":3}")
        .update();
    assertThat(book.rewrite(CLOCK, over.plus(Duration.ofDays(3)), 0)).isFalse();
  }

  @Test
  void a_node_that_has_left_is_told_nothing_and_named_to_nobody() throws Exception {
    book.rewrite(CLOCK, NOW, 0);
    store.db().sql("UPDATE node SET left_at = '2026-11-23T21:00:00Z' WHERE id = 'tower'").update();
    assertThat(book.places()).extracting(place -> place.node().value()).doesNotContain("tower");
    book.rewrite(CLOCK, NOW, 0);
    assertThat(schedule().siteNodes()).extracting(NodeId::value).containsExactly("clock");
  }

  private void retire(String node) {
    store
        .db()
        .sql("UPDATE node SET retiring_since = '2026-11-23T21:00:00Z' WHERE id = ?")
        .param(node)
        .update();
  }

  private NodeSchedule schedule() throws Exception {
    return TrustedKey.open(
        List.of(key.trustedKey()),
        Topic.Kind.SCHEDULE,
        book.ready(CLOCK).orElseThrow().envelope(),
        NodeSchedule.class);
  }

  private String problem() {
    return store
        .db()
        .sql("SELECT problem FROM node_schedule")
        .query((row, n) -> row.getString(1))
        .list()
        .get(0);
  }

  private int leftOut() {
    return store.db().sql("SELECT count(*) FROM schedule_left_out").query(Integer.class).single();
  }

  private static ScheduledMessage message(String id, int bytes) {
    return message(id, bytes, ScheduledMessage.Priority.NORMAL);
  }

  private static ScheduledMessage message(
      String id, int bytes, ScheduledMessage.Priority priority) {
    return new ScheduledMessage(
        new MessageId(id),
        new CampaignId("winter"),
        priority,
        new MessageObject("note.txt", "text/plain", new byte[bytes]),
        List.of(Window.daily(LocalTime.of(20, 0), LocalTime.of(2, 0), ZoneOffset.UTC)));
  }
}
