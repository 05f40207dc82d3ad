package org.towncrier.console.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.publish.ScheduleChanged;
import org.towncrier.console.store.TestStore;
import org.towncrier.console.writing.WritingChecks;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

/** What may be done to a message besides writing, approving and cancelling it. */
class MessageLifeTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final SiteId SQUARE = new SiteId("square");
  private static final CampaignId CAMPAIGN = new CampaignId("winter");
  private static final MessageId HOME = new MessageId("home");

  @TempDir Path data;
  private TestStore store;
  private Instant now = Instant.parse("2026-11-27T20:00:00Z");
  private final List<Object> published = new ArrayList<>();
  private AuditTrail audit;
  private Messages messages;
  private OnAirMessages onAir;

  @BeforeEach
  void open() {
    store = new TestStore(data);
    store.site("square", "north");
    audit = new AuditTrail(store.db(), () -> now);
    VersionStore versions = new VersionStore(store.db());
    Campaigns campaigns = new Campaigns(store.db(), store.transactions(), audit);
    messages =
        new Messages(
            versions,
            campaigns,
            store.transactions(),
            audit,
            () -> now,
            published::add,
            new WritingChecks(store.settings()));
    onAir = new OnAirMessages(versions, campaigns, store.settings(), () -> now);
    campaigns.create(
        "admin",
        new Campaign(
            CAMPAIGN,
            "Winter",
            "The team",
            "01530 454704",
            LocalDate.of(2026, 11, 26),
            LocalDate.of(2026, 12, 19)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Draft draft(String text) {
    return new Draft(
        "Home",
        MessageKind.TEXT,
        text,
        null,
        null,
        "home.txt",
        Priority.NORMAL,
        List.of(new Target(SQUARE, null)),
        List.of(
            new Window(
                LocalDate.of(2026, 11, 27),
                LocalDate.of(2026, 11, 28),
                Set.of(DayOfWeek.values()),
                LocalTime.of(19, 0),
                LocalTime.of(4, 0),
                LONDON)));
  }

  private void written(String text) {
    messages.create("ann", CAMPAIGN, HOME, draft(text));
  }

  private void live(String text) {
    written(text);
    messages.submit("ann", HOME);
    messages.approve("bob", HOME, standing().edit());
    published.clear();
  }

  private MessageVersion standing() {
    return messages.find(HOME).orElseThrow();
  }

  private List<String> told() {
    return onAir.messagesFor(SQUARE, new NodeId("north"), now).stream()
        .map(ScheduledMessage::id)
        .map(MessageId::value)
        .toList();
  }

  private List<String> done() {
    return audit.of("message home").stream().map(e -> e.who() + " " + e.what()).toList();
  }

  @Test
  void a_paused_message_is_told_to_nobody_until_it_is_resumed() {
    live("Take the bus");
    assertThat(messages.pause("bob", HOME).status()).isEqualTo(MessageStatus.PAUSED);
    assertThat(told()).isEmpty();
    assertThat(published).containsExactly(new ScheduleChanged(Set.of(SQUARE)));

    assertThat(messages.resume("bob", HOME).status()).isEqualTo(MessageStatus.LIVE);
    assertThat(told()).containsExactly("home");
    assertThat(published).hasSize(2);
    assertThat(done()).startsWith("bob resumed", "bob paused");
  }

  @Test
  void a_pause_outlasts_neither_the_last_window_nor_a_new_version() {
    live("Take the bus");
    messages.pause("bob", HOME);
    messages.save("ann", HOME, standing().edit(), draft("Take the train"));
    messages.submit("ann", HOME);
    assertThat(told()).isEmpty();
    messages.approve("bob", HOME, standing().edit());
    assertThat(told()).containsExactly("home");

    messages.pause("bob", HOME);
    now = now.plus(Duration.ofDays(3));
    messages.ageAll();
    assertThat(standing().status()).isEqualTo(MessageStatus.ENDED);
  }

  @Test
  void a_message_that_did_its_work_ends_before_its_last_window() {
    live("Take the bus");
    assertThat(messages.endEarly("bob", HOME).status()).isEqualTo(MessageStatus.ENDED);
    assertThat(told()).isEmpty();
    assertThat(published).containsExactly(new ScheduleChanged(Set.of(SQUARE)));
    assertThat(done()).startsWith("bob ended early");
    assertThatThrownBy(() -> messages.resume("bob", HOME)).isInstanceOf(NotAllowedException.class);
  }

  @Test
  void an_author_takes_their_own_back_and_nobody_else_s() {
    written("Take the bus");
    messages.submit("ann", HOME);
    assertThatThrownBy(() -> messages.withdraw("cat", HOME))
        .isInstanceOf(NotAllowedException.class)
        .hasMessageContaining("somebody who wrote some");
    MessageVersion back = messages.withdraw("ANN", HOME);
    assertThat(back.status()).isEqualTo(MessageStatus.DRAFT);
    assertThatThrownBy(() -> messages.approve("bob", HOME, back.edit()))
        .isInstanceOf(NotAllowedException.class);
    messages.save("ann", HOME, back.edit(), draft("Take the train"));
  }

  @Test
  void what_was_returned_stays_as_it_was_read_and_its_authors_wrote_the_next_too() {
    written("Take my taxi");
    messages.submit("ann", HOME);
    MessageVersion read = messages.sendBack("bob", HOME, standing().edit(), "No adverts");
    messages.save("cat", HOME, read.edit(), draft("Take the bus"));
    assertThat(messages.history(HOME))
        .extracting(v -> v.status() + " " + v.draft().text())
        .containsExactly("DRAFT Take the bus", "RETURNED Take my taxi");
    messages.submit("cat", HOME);
    assertThatThrownBy(() -> messages.approve("ann", HOME, standing().edit()))
        .isInstanceOf(NotAllowedException.class)
        .hasMessageContaining("somebody else");
    assertThat(messages.approve("bob", HOME, standing().edit()).status().speaks()).isTrue();
  }

  @Test
  void what_was_decided_is_not_taken_back() {
    live("Take the bus");
    assertThatThrownBy(() -> messages.withdraw("ann", HOME))
        .isInstanceOf(NotAllowedException.class);
    assertThatThrownBy(() -> messages.discard("ann", HOME)).isInstanceOf(NotAllowedException.class);
  }

  @Test
  void a_discarded_draft_leaves_the_version_before_on_air_and_stays_in_the_record() {
    live("Take the bus");
    messages.save("ann", HOME, standing().edit(), draft("Take my taxi"));
    assertThatThrownBy(() -> messages.discard("cat", HOME)).isInstanceOf(NotAllowedException.class);

    MessageVersion after = messages.discard("ann", HOME);
    assertThat(after.status()).isEqualTo(MessageStatus.LIVE);
    assertThat(after.draft().text()).isEqualTo("Take the bus");
    assertThat(told()).containsExactly("home");
    assertThat(messages.history(HOME))
        .extracting(v -> v.number() + " " + v.status() + " " + v.draft().text())
        .containsExactly("2 DISCARDED Take my taxi", "1 LIVE Take the bus");

    messages.save("ann", HOME, after.edit(), draft("Take the train"));
    assertThat(standing().number()).isEqualTo(3);
  }

  @Test
  void an_only_draft_that_is_discarded_is_over() {
    written("Take the bus");
    assertThat(messages.discard("ann", HOME).status()).isEqualTo(MessageStatus.DISCARDED);
    assertThatThrownBy(() -> messages.submit("ann", HOME)).isInstanceOf(NotAllowedException.class);
  }

  @Test
  void the_database_itself_brings_nothing_back_that_is_over() {
    live("Take the bus");
    messages.cancel("bob", HOME);
    for (String status : List.of("DRAFT", "SUBMITTED", "LIVE")) {
      assertThatThrownBy(
              () -> store.db().sql("UPDATE message_version SET status = ?").param(status).update())
          .isInstanceOf(DataAccessException.class);
    }
    assertThatThrownBy(
            () -> store.db().sql("UPDATE message_version SET paused_at = 'now'").update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("only an approved message can be paused");
    assertThatThrownBy(
            () -> store.db().sql("UPDATE message_version SET discarded_at = 'now'").update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("only a draft can be discarded");
  }
}
