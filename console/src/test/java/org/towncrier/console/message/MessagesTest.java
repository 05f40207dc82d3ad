package org.towncrier.console.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.towncrier.console.TestPicture;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.publish.ScheduleChanged;
import org.towncrier.console.store.TestStore;
import org.towncrier.console.writing.WritingChecks;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

class MessagesTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final SiteId SQUARE = new SiteId("marlborough-square");
  private static final SiteId ASHBY = new SiteId("market-street");
  private static final NodeId TOWER = new NodeId("clock-tower");
  private static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");
  private static final MessageId HOME = new MessageId("getting-home");

  @TempDir Path data;
  private TestStore store;
  private Instant now = Instant.parse("2026-11-27T12:00:00Z");
  private final List<Object> published = new ArrayList<>();
  private AuditTrail audit;
  private Campaigns campaigns;
  private Messages messages;
  private OnAirMessages onAir;

  @BeforeEach
  void open() {
    store = new TestStore(data);
    store.site(SQUARE.value(), TOWER.value(), "memorial");
    store.site(ASHBY.value(), "town-hall");
    audit = new AuditTrail(store.db(), () -> now);
    VersionStore versions = new VersionStore(store.db());
    campaigns = new Campaigns(store.db(), store.transactions(), audit);
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
            "Safer evenings",
            "Safer North West Leicestershire",
            "Objections: 01530 454704",
            LocalDate.of(2026, 11, 26),
            LocalDate.of(2026, 12, 19)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_message_goes_to_its_nodes_only_after_a_second_person_approved_it() {
    MessageVersion draft = messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    assertThat(onAir()).isEmpty();
    messages.submit("ann", HOME);
    assertThat(onAir()).isEmpty();
    assertThat(published).isEmpty();

    messages.approve("bob", HOME, draft.edit());

    assertThat(onAir()).containsExactly(HOME);
    assertThat(published).containsExactly(new ScheduleChanged(Set.of(SQUARE)));
  }

  @Test
  void nobody_approves_what_they_wrote_however_they_spell_their_name() {
    messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    MessageVersion submitted = messages.submit("bob", HOME);
    for (String author : List.of("ann", "Ann", "ANN")) {
      assertThatThrownBy(() -> messages.approve(author, HOME, submitted.edit()))
          .isInstanceOf(NotAllowedException.class)
          .hasMessageContaining("somebody else");
    }
    assertThat(onAir()).isEmpty();
  }

  @Test
  void whoever_changed_one_word_of_it_is_an_author_too() {
    MessageVersion first = messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    messages.save("bob", HOME, first.edit(), draft("Take the last bus"));
    MessageVersion submitted = messages.submit("ann", HOME);
    assertThatThrownBy(() -> messages.approve("bob", HOME, submitted.edit()))
        .isInstanceOf(NotAllowedException.class);
  }

  @Test
  void nobody_approves_a_sender_other_than_the_one_they_read() {
    messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    MessageVersion read = messages.submit("ann", HOME);
    messages.withdraw("ann", HOME);
    campaigns.change("ann", spokenBy("A shop", "Objections: 01530 454704"));
    messages.submit("ann", HOME);
    assertThatThrownBy(() -> messages.approve("bob", HOME, read.edit()))
        .isInstanceOf(NotAllowedException.class)
        .hasMessageContaining("Read it again");

    messages.withdraw("ann", HOME);
    int second = messages.find(HOME).orElseThrow().edit();
    campaigns.change("ann", spokenBy("A shop", "Objections: 01530 454705"));
    messages.submit("ann", HOME);
    assertThatThrownBy(() -> messages.approve("bob", HOME, second))
        .isInstanceOf(NotAllowedException.class);
    messages.approve("bob", HOME, messages.find(HOME).orElseThrow().edit());
    assertThat(onAir()).containsExactly(HOME);
  }

  @Test
  void whoever_changed_the_sender_is_an_author_of_its_drafts_and_of_what_was_sent_back() {
    MessageId later = new MessageId("later");
    messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    messages.create("ann", CAMPAIGN, later, draft("Take the train"));
    int back = messages.submit("ann", later).edit();
    messages.sendBack("cem", later, back, "Which train?");
    campaigns.change("bob", spokenBy("A shop", "Objections: 01530 454705"));
    int returned = messages.find(later).orElseThrow().edit();
    messages.save("ann", later, returned, draft("Take the last train"));
    for (MessageId id : List.of(HOME, later)) {
      int edit = messages.submit("ann", id).edit();
      assertThatThrownBy(() -> messages.approve("bob", id, edit))
          .isInstanceOf(NotAllowedException.class)
          .hasMessageContaining("You wrote some of this message");
    }
  }

  @Test
  void another_title_of_the_campaign_changes_no_message() {
    MessageVersion draft = messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    Campaign now = campaigns.get(CAMPAIGN);
    campaigns.change(
        "bob",
        new Campaign(
            CAMPAIGN,
            "Nights",
            now.sender(),
            now.contact(),
            now.startsOn(),
            now.endsOn(),
            now.edit()));
    messages.submit("ann", HOME);
    messages.approve("bob", HOME, draft.edit());
    assertThat(onAir()).containsExactly(HOME);
  }

  private Campaign spokenBy(String sender, String contact) {
    Campaign now = campaigns.get(CAMPAIGN);
    return new Campaign(
        CAMPAIGN, now.title(), sender, contact, now.startsOn(), now.endsOn(), now.edit());
  }

  @Test
  void more_times_or_places_than_anybody_checks_are_refused_saved_or_submitted() {
    Draft draft = draft("Take the bus");
    Draft often =
        draft.at(
            draft.targets(),
            Collections.nCopies(DraftRules.WINDOWS + 1, windows().get(0)),
            draft.priority());
    assertThatThrownBy(() -> messages.create("ann", CAMPAIGN, HOME, often))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("40 times at most, not 41");
    Draft everywhere =
        draft.at(
            Collections.nCopies(DraftRules.PLACES + 1, draft.targets().get(0)),
            draft.windows(),
            draft.priority());
    assertThatThrownBy(() -> messages.create("ann", CAMPAIGN, HOME, everywhere))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("200 places at most, not 201");
    messages.create(
        "ann",
        CAMPAIGN,
        HOME,
        draft.at(
            draft.targets(),
            Collections.nCopies(DraftRules.WINDOWS, windows().get(0)),
            draft.priority()));
    assertThat(messages.submit("ann", HOME).status()).isEqualTo(MessageStatus.SUBMITTED);
  }

  @Test
  void the_database_itself_refuses_an_approval_by_the_author() {
    messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    messages.submit("ann", HOME);
    assertThatThrownBy(
            () ->
                store
                    .db()
                    .sql("UPDATE message_version SET status = 'APPROVED', decided_by = 'ANN'")
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("somebody who did not write it");
  }

  @Test
  void nobody_approves_words_other_than_those_they_read() {
    MessageVersion first = messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    messages.save("ann", HOME, first.edit(), draft("Take my taxi"));
    messages.submit("ann", HOME);
    assertThatThrownBy(() -> messages.approve("bob", HOME, first.edit()))
        .isInstanceOf(NotAllowedException.class)
        .hasMessageContaining("changed this message");
  }

  @Test
  void a_page_of_the_version_before_approves_and_overwrites_nothing_of_the_next() {
    approved("Take the bus");
    MessageVersion first = messages.find(HOME).orElseThrow();
    messages.save("ann", HOME, first.edit(), draft("Take my taxi"));

    assertThatThrownBy(() -> messages.save("cat", HOME, first.edit(), draft("Walk")))
        .isInstanceOf(NotAllowedException.class);
    messages.submit("ann", HOME);
    assertThatThrownBy(() -> messages.approve("bob", HOME, first.edit()))
        .isInstanceOf(NotAllowedException.class)
        .hasMessageContaining("changed this message");
    assertThat(spokenText()).startsWith("Take the bus");
  }

  @Test
  void no_message_takes_the_address_of_the_form_for_a_new_one() {
    assertThat(messages.freeId("New!")).isEqualTo(new MessageId("new-2"));
    assertThatThrownBy(
            () -> messages.create("ann", CAMPAIGN, new MessageId("new"), draft("Take the bus")))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void two_people_do_not_overwrite_each_other() {
    MessageVersion first = messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    messages.save("ann", HOME, first.edit(), draft("Take the last bus"));
    assertThatThrownBy(() -> messages.save("cat", HOME, first.edit(), draft("Walk")))
        .isInstanceOf(NotAllowedException.class);
    assertThat(messages.find(HOME).orElseThrow().draft().text()).isEqualTo("Take the last bus");
  }

  @Test
  void a_returned_message_keeps_its_reason_and_can_be_submitted_again() {
    MessageVersion draft = messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    messages.submit("ann", HOME);
    assertThatThrownBy(() -> messages.sendBack("bob", HOME, draft.edit(), " "))
        .isInstanceOf(InvalidInputException.class);
    assertThat(messages.sendBack("bob", HOME, draft.edit(), "Which bus?").reason())
        .isEqualTo("Which bus?");
    MessageVersion mended = messages.save("ann", HOME, draft.edit(), draft("Take bus 29"));
    messages.submit("ann", HOME);
    assertThat(messages.approve("bob", HOME, mended.edit()).status().speaks()).isTrue();
  }

  @Test
  void the_approved_version_speaks_until_the_newer_one_is_approved_too() {
    approved("Take the bus");
    MessageVersion newer =
        messages.save("ann", HOME, messages.find(HOME).orElseThrow().edit(), draft("Walk"));
    assertThat(newer.number()).isEqualTo(2);
    messages.submit("ann", HOME);
    assertThat(spokenText()).startsWith("Take the bus");

    messages.approve("bob", HOME, newer.edit());

    assertThat(spokenText()).startsWith("Walk");
  }

  @Test
  void a_cancelled_message_is_told_to_nobody_any_more_and_stays_on_record() {
    approved("Take the bus");
    published.clear();
    messages.cancel("ann", HOME);
    assertThat(onAir()).isEmpty();
    assertThat(published).containsExactly(new ScheduleChanged(Set.of(SQUARE)));
    assertThat(messages.find(HOME).orElseThrow().status()).isEqualTo(MessageStatus.CANCELLED);
    assertThat(audit.of("message " + HOME))
        .extracting(AuditTrail.Entry::what)
        .contains("cancelled");
    assertThatThrownBy(() -> messages.save("ann", HOME, 1, draft("Again")))
        .isInstanceOf(NotAllowedException.class);
  }

  @Test
  void cancelling_stops_the_version_on_air_and_the_one_being_written() {
    approved("Take the bus");
    messages.save("ann", HOME, messages.find(HOME).orElseThrow().edit(), draft("Walk"));
    messages.cancel("bob", HOME);
    assertThat(onAir()).isEmpty();
    assertThat(messages.find(HOME).orElseThrow().status()).isEqualTo(MessageStatus.CANCELLED);
  }

  @Test
  void a_message_is_live_from_its_first_window_and_ended_after_its_last() {
    approved("Take the bus");
    assertThat(messages.find(HOME).orElseThrow().status()).isEqualTo(MessageStatus.APPROVED);
    now = Instant.parse("2026-11-27T19:00:00Z");
    messages.ageAll();
    assertThat(messages.find(HOME).orElseThrow().status()).isEqualTo(MessageStatus.LIVE);
    now = Instant.parse("2026-12-20T04:00:00Z");
    messages.ageAll();
    assertThat(messages.find(HOME).orElseThrow().status()).isEqualTo(MessageStatus.ENDED);
    assertThat(onAir()).isEmpty();
  }

  @Test
  void a_message_reaches_only_the_nodes_it_is_meant_for() {
    Draft one = draft("Bus").at(List.of(new Target(SQUARE, TOWER)), windows(), Priority.NORMAL);
    MessageVersion draft = messages.create("ann", CAMPAIGN, HOME, one);
    messages.submit("ann", HOME);
    messages.approve("bob", HOME, draft.edit());
    assertThat(onAir.messagesFor(SQUARE, TOWER, now)).hasSize(1);
    assertThat(onAir.messagesFor(SQUARE, new NodeId("memorial"), now)).isEmpty();
    assertThat(onAir.messagesFor(ASHBY, TOWER, now)).isEmpty();
  }

  @Test
  void every_text_ends_with_who_speaks_and_how_to_object() {
    approved("Take the bus");
    assertThat(spokenText())
        .isEqualTo("Take the bus\n\nSafer North West Leicestershire\nObjections: 01530 454704\n");
  }

  @Test
  void an_ended_or_cancelled_version_takes_no_step() {
    for (MessageStatus last :
        List.of(MessageStatus.ENDED, MessageStatus.CANCELLED, MessageStatus.REPLACED)) {
      assertThat(Stream.of(MessageStatus.values()).filter(last::mayBecome)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(MessageStatus.class)
  void only_a_submitted_version_becomes_approved(MessageStatus from) {
    assertThat(from.mayBecome(MessageStatus.APPROVED)).isEqualTo(from == MessageStatus.SUBMITTED);
  }

  @Test
  void a_draft_is_not_approved_without_being_submitted() {
    MessageVersion draft = messages.create("ann", CAMPAIGN, HOME, draft("Take the bus"));
    assertThatThrownBy(() -> messages.approve("bob", HOME, draft.edit()))
        .isInstanceOf(NotAllowedException.class)
        .hasMessageContaining("draft");
  }

  static Stream<List<Object>> wrong() {
    Draft good = draft("Take the bus");
    return Stream.of(
        List.of("title", with(good, " ", "Bus", "bus.txt")),
        List.of("title", with(good, "x".repeat(81), "Bus", "bus.txt")),
        List.of("text", with(good, "Bus", " ", "bus.txt")),
        List.of("text", with(good, "Bus", "x".repeat(1001), "bus.txt")),
        List.of("text", with(good, "Bus", "bell \u0007", "bus.txt")),
        List.of("file", with(good, "Bus", "Bus", "bus.exe")),
        List.of("file", with(good, "Bus", "Bus", "../bus.txt")),
        List.of("image", picture("GIF89a")),
        List.of("image", picture("\u00ff\u00d8\u00ff\u00e1\0\u0010Exif\0\0GPS")),
        List.of("image", picture(plainAnd("Ann's"))),
        List.of("places", good.at(List.of(), windows(), Priority.NORMAL)),
        List.of(
            "places",
            good.at(List.of(new Target(new SiteId("nowhere"), null)), windows(), Priority.NORMAL)),
        List.of("windows", good.at(good.targets(), List.of(), Priority.NORMAL)),
        List.of(
            "from",
            good.at(
                good.targets(),
                List.of(window(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 12, 1))),
                Priority.NORMAL)));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void what_is_wrong_is_said_by_field_before_anybody_is_asked_to_approve(List<Object> wrong) {
    assertThatThrownBy(
            () -> {
              messages.create("ann", CAMPAIGN, HOME, (Draft) wrong.get(1));
              messages.submit("ann", HOME);
            })
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.problems().get(0).field()).isEqualTo(wrong.get(0)));
  }

  @Test
  void ids_are_made_from_titles_and_never_taken_twice() {
    messages.create("ann", CAMPAIGN, new MessageId("last-bus"), draft("Take the bus"));
    assertThat(messages.freeId("Last Bus!")).isEqualTo(new MessageId("last-bus-2"));
    assertThat(messages.freeId("Café")).isEqualTo(new MessageId("caf"));
    assertThat(messages.freeId("夜")).isEqualTo(new MessageId("message"));
    assertThatThrownBy(
            () -> messages.create("ann", CAMPAIGN, new MessageId("last-bus"), draft("Bus")))
        .isInstanceOf(InvalidInputException.class);
  }

  private void approved(String text) {
    MessageVersion draft = messages.create("ann", CAMPAIGN, HOME, draft(text));
    messages.submit("ann", HOME);
    messages.approve("bob", HOME, draft.edit());
  }

  private List<MessageId> onAir() {
    return onAir.messagesFor(SQUARE, TOWER, now).stream().map(m -> m.id()).toList();
  }

  private String spokenText() {
    return new String(onAir.messagesFor(SQUARE, TOWER, now).get(0).object().content(), UTF_8);
  }

  private static Draft draft(String text) {
    return new Draft(
        "Getting home",
        MessageKind.TEXT,
        text,
        null,
        null,
        "getting-home.txt",
        Priority.NORMAL,
        List.of(new Target(SQUARE, null)),
        windows());
  }

  /** A real picture, and something behind its end. */
  private static String plainAnd(String more) {
    return new String(TestPicture.jpeg(), ISO_8859_1) + more;
  }

  private static Draft picture(String bytes) {
    return new Draft(
        "Poster",
        MessageKind.IMAGE,
        "",
        null,
        bytes.getBytes(ISO_8859_1),
        "poster.jpg",
        Priority.NORMAL,
        List.of(new Target(SQUARE, null)),
        windows());
  }

  private static Draft with(Draft draft, String title, String text, String objectName) {
    return new Draft(
        title,
        draft.kind(),
        text,
        null,
        null,
        objectName,
        draft.priority(),
        draft.targets(),
        draft.windows());
  }

  private static List<Window> windows() {
    return List.of(window(LocalDate.of(2026, 11, 26), LocalDate.of(2026, 12, 19)));
  }

  private static Window window(LocalDate from, LocalDate to) {
    return new Window(
        from,
        to,
        Set.of(DayOfWeek.THURSDAY, DayOfWeek.FRIDAY, DayOfWeek.SATURDAY),
        LocalTime.of(19, 0),
        LocalTime.of(4, 0),
        LONDON);
  }
}
