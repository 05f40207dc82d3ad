package org.towncrier.broadcaster.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.config.BroadcasterConfig.ReportSettings;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.protocol.Acks;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;

class ReportOutboxTest {
  private static final Instant NOW = Instant.parse("2026-11-27T22:40:00Z");
  private static final SiteId SITE = new SiteId("marlborough-square");
  private static final NodeId NODE = new NodeId("clock-tower");
  private static final SigningKey KEY = SigningKey.generate();

  @TempDir Path folder;
  private final VirtualEventLoop loop = new VirtualEventLoop(NOW);
  private final List<byte[]> sent = new ArrayList<>();
  private Ledger console = new Ledger(SITE, NODE, KEY);
  private boolean brokerTakes = true;
  private ReportSettings settings = ReportSettings.DEFAULT;
  private UUID boot;
  private NodeStore store;
  private Tally tally;
  private ReportOutbox outbox;

  @BeforeEach
  void start() {
    store = new NodeStore(folder.resolve("node.db"));
    store.open();
    boot = UUID.randomUUID();
    tally = new Tally(store);
    outbox =
        new ReportOutbox(
            SITE, NODE, boot, List.of(KEY.trustedKey()), settings, loop, store, tally, this::send);
    outbox.start();
  }

  @AfterEach
  void close() {
    outbox.close();
    store.close();
  }

  @Test
  void what_was_counted_is_reported_within_a_second_and_together() {
    outbox.connected();
    accept(1);
    accept(2);
    loop.advance(Duration.ofSeconds(1));
    DeliveryReport report = only();
    assertThat(report.outcomes().get(0).count()).isEqualTo(3);
    assertThat(report.boot()).isEqualTo(boot);
    assertThat(report.seq()).isEqualTo(1);
    assertThat(report.at()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void what_nobody_announced_is_reported_at_the_next_regular_time() {
    outbox.connected();
    tally.accepted(1);
    loop.advance(Duration.ofSeconds(30));
    assertThat(only().seq()).isEqualTo(1);
  }

  @Test
  void where_nothing_was_counted_nothing_is_reported() {
    outbox.connected();
    loop.advance(Duration.ofHours(1));
    assertThat(sent).isEmpty();
    assertThat(outbox.unacknowledged()).isZero();
  }

  @Test
  void a_report_that_the_broker_took_is_kept_until_the_console_confirms_it() {
    outbox.connected();
    acceptAndReport();
    assertThat(outbox.unacknowledged()).isEqualTo(1);
    confirm();
    assertThat(outbox.unacknowledged()).isZero();
    loop.advance(Duration.ofMinutes(10));
    assertThat(sent).hasSize(1);
  }

  @Test
  void without_a_confirmation_it_goes_out_again_and_ever_more_rarely_up_to_a_minute() {
    outbox.connected();
    acceptAndReport();
    List<Long> after = new ArrayList<>();
    for (int second = 1; second <= 300; second++) {
      int before = sent.size();
      loop.advance(Duration.ofSeconds(1));
      LongStream.range(before, sent.size())
          .forEach(again -> after.add(loop.now().getEpochSecond()));
    }
    List<Long> pauses =
        IntStream.range(1, after.size()).mapToObj(i -> after.get(i) - after.get(i - 1)).toList();
    assertThat(pauses).startsWith(6L, 12L, 24L, 48L, 60L, 60L);
    assertThat(sent).allSatisfy(again -> assertThat(again).isEqualTo(sent.get(0)));
  }

  @Test
  void new_counts_do_not_put_off_what_waits_for_its_confirmation() {
    outbox.connected();
    for (int i = 0; i < 12; i++) {
      acceptAndReport();
    }
    assertThat(sequences().stream().filter(seq -> seq == 1)).hasSizeGreaterThan(1);
  }

  @Test
  void confirmations_of_others_do_not_put_off_what_was_lost_among_them() {
    acceptAndReport();
    UUID before = boot;
    restart();
    outbox.connected();
    sent.clear(); // The earlier boot's report is lost on its way.
    for (int i = 1; i <= 12; i++) {
      acceptAndReport();
      acknowledge(NODE, boot, i);
    }
    assertThat(sent.stream().map(report -> Ledger.read(report).boot())).contains(before);
  }

  @Test
  void with_each_connection_everything_unconfirmed_goes_out_in_order() {
    acceptAndReport();
    acceptAndReport();
    assertThat(sent).isEmpty();
    outbox.connected();
    assertThat(sequences()).containsExactly(1L, 2L);
    outbox.disconnected();
    acceptAndReport();
    outbox.connected();
    assertThat(sequences()).containsExactly(1L, 2L, 1L, 2L, 3L);
  }

  @Test
  void a_report_the_broker_did_not_take_goes_out_again() {
    outbox.connected();
    brokerTakes = false;
    acceptAndReport();
    assertThat(sent).isEmpty();
    brokerTakes = true;
    loop.advance(ReportOutbox.FIRST_PATIENCE);
    assertThat(sequences()).containsExactly(1L);
  }

  @Test
  void no_more_than_a_window_is_on_its_way_at_a_time() {
    for (int i = 0; i < 250; i++) {
      tally.accepted(1);
      outbox.cut();
    }
    outbox.connected();
    assertThat(sent).hasSize(ReportOutbox.WINDOW);
    confirm();
    assertThat(sent).hasSize(2 * ReportOutbox.WINDOW);
    confirm();
    confirm();
    assertThat(sequences())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 250).boxed().toList());
    assertThat(outbox.unacknowledged()).isZero();
    assertThat(console.accepted()).isEqualTo(250);
  }

  @Test
  void a_console_that_is_away_for_a_month_finds_few_reports_and_every_count() {
    restartForDays();
    for (int minute = 0; minute < 40 * 24 * 60; minute += 20) {
      accept(1);
      loop.advance(Duration.ofMinutes(20));
    }
    assertThat(outbox.unacknowledged()).isLessThan(ReportOutbox.MANY + 40 * 24 + 1);
    outbox.connected();
    while (outbox.unacknowledged() > 0) {
      confirm();
    }
    loop.advance(Duration.ofHours(1));
    confirm();
    assertThat(console.accepted()).isEqualTo(40 * 24 * 3);
  }

  @Test
  void after_a_restart_the_earlier_boots_reports_go_on_until_confirmed() {
    acceptAndReport();
    tally.accepted(5);
    UUID before = boot;
    restart();
    acceptAndReport();
    outbox.connected();
    assertThat(sent.stream().map(report -> Ledger.read(report).boot()))
        .containsExactly(before, boot, boot);
    assertThat(sequences()).as("each boot counts from 1").containsExactly(1L, 1L, 2L);
    confirm();
    assertThat(outbox.unacknowledged()).isZero();
    assertThat(console.accepted()).isEqualTo(7);
  }

  @Test
  void counts_and_their_report_are_written_together_or_not_at_all() {
    accept(1);
    store.run(
        sql ->
            sql.update(
                "CREATE TRIGGER no_room BEFORE INSERT ON report"
                    + " BEGIN SELECT RAISE(ABORT, 'no room'); END"));
    loop.advance(Duration.ofSeconds(1));
    assertThat(outbox.unacknowledged()).isZero();
    store.run(sql -> sql.update("DROP TRIGGER no_room"));
    outbox.connected();
    loop.advance(Duration.ofSeconds(30));
    assertThat(only().seq()).as("the number was not used up").isEqualTo(1);
    assertThat(only().outcomes().get(0).count()).isEqualTo(1);
  }

  @Test
  void a_lower_confirmation_than_before_means_send_again_from_there() {
    outbox.connected();
    acceptAndReport();
    confirm();
    Ledger backup = console.backup();
    acceptAndReport();
    acceptAndReport();
    confirm();
    assertThat(outbox.unacknowledged()).isZero();
    console = backup;
    sent.clear();
    confirm();
    assertThat(sequences()).containsExactly(2L, 3L);
    confirm();
    assertThat(console.accepted()).isEqualTo(3);
    assertThat(outbox.unacknowledged()).isZero();
  }

  @Test
  void a_restored_console_that_does_not_know_a_boot_at_all_gets_it_back() {
    outbox.connected();
    for (int i = 0; i < 3; i++) {
      acceptAndReport();
    }
    confirm();
    console = new Ledger(SITE, NODE, KEY);
    restart();
    outbox.connected();
    acceptAndReport();
    confirm();
    confirm();
    confirm();
    assertThat(console.accepted()).isEqualTo(4);
    assertThat(outbox.unacknowledged()).isZero();
  }

  @Test
  void confirmed_reports_are_kept_thirty_days() {
    restartForDays();
    outbox.connected();
    acceptAndReport();
    confirm();
    loop.advance(Duration.ofDays(29));
    assertThat(kept()).isEqualTo(1);
    loop.advance(Duration.ofDays(2));
    assertThat(kept()).isZero();
  }

  @Test
  void unconfirmed_reports_are_kept_however_old() {
    restartForDays();
    acceptAndReport();
    loop.advance(Duration.ofDays(100));
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void a_console_that_lost_what_is_no_longer_kept_gets_empty_reports_and_goes_on() {
    restartForDays();
    outbox.connected();
    acceptAndReport();
    acceptAndReport();
    confirm();
    loop.advance(Duration.ofDays(31));
    acceptAndReport();
    confirm();
    console = new Ledger(SITE, NODE, KEY);
    sent.clear();
    acceptAndReport();
    confirm();
    confirm();
    assertThat(outbox.unacknowledged()).isZero();
    assertThat(console.accepted()).as("two of four are gone on both sides").isEqualTo(2);
  }

  @Test
  void a_confirmation_that_nobody_trusted_signed_is_ignored() {
    outbox.connected();
    acceptAndReport();
    Acks acks = new Acks(SITE, NODE, List.of(new Acks.Boot(boot, 1)));
    outbox.acknowledged(WireJson.write(SigningKey.generate().seal(Topic.Kind.ACKS, acks)));
    outbox.acknowledged(WireJson.write(acks));
    outbox.acknowledged(WireJson.write(KEY.seal(Topic.Kind.SCHEDULE, acks)));
    outbox.acknowledged("hello".getBytes(UTF_8));
    assertThat(outbox.unacknowledged()).isEqualTo(1);
  }

  @Test
  void a_confirmation_meant_for_another_node_is_ignored() {
    outbox.connected();
    acceptAndReport();
    acknowledge(new NodeId("memorial"), boot, 1);
    assertThat(outbox.unacknowledged()).isEqualTo(1);
  }

  @Test
  void a_confirmation_of_more_than_was_made_does_not_swallow_what_follows() {
    outbox.connected();
    acceptAndReport();
    acknowledge(NODE, boot, 1_000_000);
    acceptAndReport();
    assertThat(outbox.unacknowledged()).isEqualTo(1);
    assertThat(sequences()).containsExactly(1L, 2L);
  }

  @Test
  void a_confirmation_of_a_boot_that_is_not_known_here_is_ignored() {
    outbox.connected();
    acceptAndReport();
    acknowledge(NODE, UUID.randomUUID(), 4);
    assertThat(outbox.unacknowledged()).isEqualTo(1);
  }

  private void accept(int count) {
    tally.accepted(count);
    outbox.counted();
  }

  private void acceptAndReport() {
    accept(1);
    loop.advance(Duration.ofSeconds(1));
  }

  private void confirm() {
    List.copyOf(sent).forEach(console::receive);
    outbox.acknowledged(console.acks());
  }

  private void acknowledge(NodeId node, UUID of, long seq) {
    Acks acks = new Acks(SITE, node, List.of(new Acks.Boot(of, seq)));
    outbox.acknowledged(WireJson.write(KEY.seal(Topic.Kind.ACKS, acks)));
  }

  /** With fewer regular reports, so that days pass quickly. */
  private void restartForDays() {
    settings = new ReportSettings(Duration.ofHours(1), Duration.ofSeconds(1));
    restart();
  }

  private void restart() {
    close();
    sent.clear();
    start();
  }

  private CompletableFuture<Void> send(byte[] report) {
    if (!brokerTakes) {
      return CompletableFuture.failedFuture(new IllegalStateException("the broker is gone"));
    }
    sent.add(report);
    return CompletableFuture.completedFuture(null);
  }

  private long kept() {
    return store.inTransaction(sql -> sql.number("SELECT count(*) FROM report"));
  }

  private List<Long> sequences() {
    return sent.stream().map(report -> Ledger.read(report).seq()).toList();
  }

  private DeliveryReport only() {
    assertThat(sent).hasSize(1);
    return Ledger.read(sent.get(0));
  }
}
