package org.towncrier.broadcaster.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.protocol.Envelope;
import org.towncrier.protocol.Limits;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState.Refusal;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.TrustedKey;
import org.towncrier.protocol.WireJson;

class ScheduleInboxTest {
  private static final Instant NOW = Instant.parse("2026-11-27T22:40:00Z");
  private static final SiteId SITE = new SiteId("marlborough-square");
  private static final NodeId NODE = new NodeId("clock-tower");
  private static final SigningKey KEY = SigningKey.generate();
  private static final SigningKey NEXT_KEY = SigningKey.generate();

  @TempDir Path folder;
  private final VirtualEventLoop loop = new VirtualEventLoop(NOW);
  private final List<NodeSchedule> applied = new ArrayList<>();
  private boolean clockTrusted = true;
  private NodeStore store;
  private ScheduleInbox inbox;

  @BeforeEach
  void open() {
    start(KEY.trustedKey());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_schedule_signed_for_this_node_is_applied() {
    receive(7);
    assertThat(applied).containsExactly(Schedules.of(SITE, NODE, 7, NOW));
    assertThat(inbox.applied()).contains(applied.get(0));
    assertThat(inbox.refused()).isEmpty();
  }

  @Test
  void a_newer_one_takes_its_place() {
    receive(7);
    receive(9);
    assertThat(revisions()).containsExactly(7L, 9L);
  }

  @Test
  void the_same_again_changes_nothing() {
    receive(7);
    receive(7);
    assertThat(revisions()).containsExactly(7L);
    assertThat(inbox.refused()).isEmpty();
  }

  @Test
  void the_same_revision_with_other_words_is_refused() {
    receive(7);
    inbox.receive(sealed(KEY, Schedules.of(SITE, NODE, 7, NOW.minusSeconds(60))));
    assertRefused(7L, "says other things");
  }

  @Test
  void an_older_one_is_refused() {
    receive(7);
    receive(6);
    assertRefused(6L, "older than revision 7");
  }

  @Test
  void an_older_one_is_refused_after_a_restart_too() {
    receive(7);
    restart(KEY.trustedKey());
    receive(6);
    assertThat(revisions()).containsExactly(7L, 7L);
    assertThat(inbox.refused()).isPresent();
  }

  @Test
  void an_unsigned_one_is_refused() {
    receive(7);
    inbox.receive(WireJson.write(Schedules.of(SITE, NODE, 8, NOW)));
    assertRefused(null, "Envelope");
  }

  @Test
  void one_signed_with_a_foreign_key_is_refused() {
    receive(7);
    inbox.receive(sealed(SigningKey.generate(), Schedules.of(SITE, NODE, 8, NOW)));
    assertRefused(8L, "key that this node does not trust");
  }

  @Test
  void one_whose_bytes_were_changed_after_signing_is_refused() {
    receive(7);
    Envelope good = KEY.seal(Topic.Kind.SCHEDULE, Schedules.of(SITE, NODE, 8, NOW));
    byte[] changed = WireJson.write(Schedules.of(SITE, NODE, 88, NOW));
    inbox.receive(WireJson.write(new Envelope(good.keyId(), changed, good.signature())));
    assertRefused(88L, "signature does not fit");
  }

  @Test
  void a_signature_made_for_another_topic_is_refused() {
    receive(7);
    inbox.receive(WireJson.write(KEY.seal(Topic.Kind.ACKS, Schedules.of(SITE, NODE, 8, NOW))));
    assertRefused(8L, "signature does not fit");
  }

  @Test
  void one_meant_for_another_node_is_refused() {
    receive(7);
    inbox.receive(sealed(KEY, Schedules.of(SITE, new NodeId("memorial"), 8, NOW)));
    assertRefused(8L, "meant for marlborough-square/memorial");
  }

  @Test
  void one_meant_for_another_site_is_refused() {
    receive(7);
    inbox.receive(sealed(KEY, Schedules.of(new SiteId("ashby-market"), NODE, 8, NOW)));
    assertRefused(8L, "meant for ashby-market/clock-tower");
  }

  @Test
  void an_expired_one_is_refused() {
    receive(7);
    inbox.receive(sealed(KEY, Schedules.of(SITE, NODE, 8, NOW.minus(Duration.ofDays(15)))));
    assertRefused(8L, "was valid until");
  }

  @Test
  void one_that_would_be_valid_for_months_is_refused() {
    receive(7);
    inbox.receive(
        sealed(
            KEY,
            Schedules.with(SITE, NODE, 8, NOW, NOW.plus(Duration.ofDays(32)), campaign -> NOW)));
    assertRefused(8L, "more than 31 days");
  }

  @Test
  void one_that_ends_before_it_begins_is_refused() {
    receive(7);
    inbox.receive(
        sealed(KEY, Schedules.with(SITE, NODE, 8, NOW, NOW.minusSeconds(1), campaign -> NOW)));
    assertRefused(8L, "before it was issued");
  }

  @Test
  void one_from_a_console_whose_clock_is_days_ahead_is_refused() {
    receive(7);
    inbox.receive(sealed(KEY, Schedules.of(SITE, NODE, 8, NOW.plus(Duration.ofDays(2)))));
    assertRefused(8L, "look at the console's clock");
  }

  @Test
  void a_campaign_that_would_keep_pseudonyms_for_over_92_days_is_refused() {
    receive(7);
    inbox.receive(
        sealed(
            KEY,
            Schedules.with(
                SITE,
                NODE,
                8,
                NOW,
                NOW.plus(Duration.ofDays(14)),
                issued -> issued.plus(Duration.ofDays(93)))));
    assertRefused(8L, "more than 92 days ahead");
  }

  @Test
  void an_oversized_one_is_refused() {
    receive(7);
    inbox.receive(new byte[Limits.PAYLOAD_BYTES + 1]);
    assertRefused(null, "over the limit");
  }

  @Test
  void one_whose_signed_content_is_oversized_is_refused() {
    receive(7);
    // Just over the limit of a schedule, and just under that of its payload.
    inbox.receive(sealed(KEY, Schedules.ofBytes(SITE, NODE, 8, NOW, Limits.SCHEDULE_BYTES + 1)));
    assertRefused(8L, "over the limit of " + Limits.SCHEDULE_BYTES);
  }

  @Test
  void what_is_no_json_is_refused() {
    receive(7);
    inbox.receive("hello".getBytes(UTF_8));
    assertRefused(null, "Envelope");
    inbox.receive(new byte[0]);
    assertRefused(null, "Envelope");
  }

  @Test
  void one_without_a_field_is_refused_by_its_name() {
    receive(7);
    inbox.receive(rewritten(8, json -> json.replace("\"hold\":false,", "")));
    assertRefused(8L, "hold");
  }

  @Test
  void an_object_of_a_type_that_phones_refuse_is_refused() {
    receive(7);
    inbox.receive(rewritten(8, json -> json.replace("text/plain", "application/x-msdownload")));
    assertRefused(8L, "phones refuse objects of type \"application/x-msdownload\"");
  }

  @Test
  void a_refusal_is_forgotten_once_a_newer_one_is_applied_but_not_for_a_repeat() {
    receive(7);
    receive(6);
    receive(7);
    assertThat(inbox.refused()).isPresent();
    receive(8);
    assertThat(inbox.refused()).isEmpty();
  }

  @Test
  void a_reason_cannot_fill_the_state() {
    inbox.receive(rewritten(8, json -> json.replace("text/plain", "x".repeat(100_000))));
    assertThat(inbox.refused().orElseThrow().reason()).hasSizeLessThan(500);
  }

  @Test
  void a_node_restarted_without_a_network_goes_on_with_what_it_has() {
    receive(7);
    restart(KEY.trustedKey());
    assertThat(revisions()).containsExactly(7L, 7L);
  }

  @Test
  void what_is_read_back_is_verified_again() {
    receive(7);
    store.run(sql -> sql.update("UPDATE schedule SET envelope = ?", forged()));
    restart(KEY.trustedKey());
    assertThat(revisions()).containsExactly(7L);
    assertThat(inbox.applied()).isEmpty();
    assertThat(inbox.refused().orElseThrow().reason())
        .contains("kept from before", "does not trust");
  }

  @Test
  void a_console_with_a_new_key_begins_at_its_own_revision() {
    receive(7);
    restart(NEXT_KEY.trustedKey());
    inbox.receive(sealed(NEXT_KEY, Schedules.of(SITE, NODE, 1, NOW)));
    assertThat(revisions()).containsExactly(7L, 1L);
  }

  @Test
  void but_no_key_can_go_back_behind_what_it_said_itself() {
    receive(7);
    restart(NEXT_KEY.trustedKey());
    inbox.receive(sealed(NEXT_KEY, Schedules.of(SITE, NODE, 1, NOW)));
    restart(KEY.trustedKey());
    receive(6);
    assertThat(inbox.applied()).isEmpty();
    assertThat(inbox.refused().orElseThrow().reason()).contains("older than revision 7");
  }

  @Test
  void while_the_clock_is_not_believed_expiry_is_not_judged() {
    clockTrusted = false;
    loop.setClock(Instant.parse("2040-01-01T00:00:00Z"));
    receive(7);
    assertThat(revisions()).containsExactly(7L);
  }

  @Test
  void one_that_a_full_disk_cannot_take_is_not_applied_until_it_can() {
    receive(7);
    long pages = store.inTransaction(sql -> sql.number("PRAGMA page_count"));
    limitPages(pages);
    inbox.receive(sealed(KEY, Schedules.ofBytes(SITE, NODE, 8, NOW, 100_000)));
    assertRefused(8L, "the node cannot write its records: the disk is full");
    inbox.retry();
    assertRefused(8L, "the disk is full");
    limitPages(pages + 1000);
    inbox.retry();
    assertThat(revisions()).containsExactly(7L, 8L);
    assertThat(inbox.refused()).isEmpty();
    inbox.retry();
    assertThat(revisions()).containsExactly(7L, 8L);
  }

  private void limitPages(long pages) {
    store.run(sql -> sql.number("PRAGMA max_page_count = " + pages));
  }

  private void receive(long revision) {
    inbox.receive(sealed(KEY, Schedules.of(SITE, NODE, revision, NOW)));
  }

  private List<Long> revisions() {
    return applied.stream().map(NodeSchedule::revision).toList();
  }

  private void assertRefused(Long revision, String why) {
    Refusal refusal = inbox.refused().orElseThrow();
    assertThat(refusal.revision()).isEqualTo(revision);
    assertThat(refusal.reason()).contains(why);
    assertThat(refusal.at()).isEqualTo(NOW);
    assertThat(revisions()).as("the last good one stays in force").containsExactly(7L);
    assertThat(inbox.applied().orElseThrow().revision()).isEqualTo(7);
  }

  private void restart(TrustedKey... trusted) {
    store.close();
    start(trusted);
  }

  private void start(TrustedKey... trusted) {
    store = new NodeStore(folder.resolve("node.db"));
    store.open();
    inbox =
        new ScheduleInbox(
            SITE, NODE, List.of(trusted), store, loop, () -> clockTrusted, applied::add);
    inbox.start();
  }

  private static byte[] sealed(SigningKey key, NodeSchedule schedule) {
    return WireJson.write(key.seal(Topic.Kind.SCHEDULE, schedule));
  }

  private static byte[] forged() {
    return sealed(SigningKey.generate(), Schedules.of(SITE, NODE, 7, NOW));
  }

  /** A schedule as a broken console might write it, properly signed. */
  private static byte[] rewritten(long revision, UnaryOperator<String> change) {
    String json = new String(WireJson.write(Schedules.of(SITE, NODE, revision, NOW)), UTF_8);
    return Schedules.sealText(KEY, change.apply(json));
  }
}
