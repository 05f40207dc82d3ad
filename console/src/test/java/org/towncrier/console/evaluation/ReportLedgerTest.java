package org.towncrier.console.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.datasketches.hll.HllSketch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.console.publish.RefusedPayloadException;
import org.towncrier.console.store.TestStore;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.VariantId;
import org.towncrier.protocol.WireJson;

final class ReportLedgerTest {
  private static final SiteId SITE = new SiteId("market");
  private static final NodeId CLOCK = new NodeId("clock");
  private static final Topic TOPIC = new Topic(SITE, CLOCK, Topic.Kind.REPORTS);
  private static final Instant HOUR = Instant.parse("2026-11-23T21:00:00Z");
  private static final UUID BOOT = UUID.fromString("00000000-0000-4000-8000-000000000001");

  @TempDir Path folder;
  private final List<Object> events = new ArrayList<>();
  private TestStore store;
  private ReportLedger ledger;

  @BeforeEach
  void open() {
    store = new TestStore(folder);
    store.site("market", "clock", "tower");
    ledger =
        new ReportLedger(store.db(), store.transactions(), () -> HOUR.plusSeconds(60), events::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void however_often_and_in_whatever_order_they_arrive_each_report_counts_once(long seed)
      throws Exception {
    Random random = new Random(seed);
    List<DeliveryReport> arriving = new ArrayList<>();
    long accepted = 0;
    long seconds = 0;
    int boots = 1 + random.nextInt(3);
    for (int b = 0; b < boots; b++) {
      UUID boot = new UUID(seed, b);
      int reports = 1 + random.nextInt(12);
      for (int seq = 1; seq <= reports; seq++) {
        int count = 1 + random.nextInt(5);
        accepted += count;
        seconds += count;
        DeliveryReport report = report(boot, seq, count, count);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
          arriving.add(report);
        }
      }
    }
    Collections.shuffle(arriving, random);
    for (DeliveryReport report : arriving) {
      take(report);
    }

    assertThat(number("SELECT sum(count) FROM outcome_count")).isEqualTo(accepted);
    assertThat(number("SELECT sum(seconds) FROM coverage")).isEqualTo(seconds);
    assertThat(
            number(
                "SELECT count(*) FROM report_boot b WHERE gap_free <> (SELECT max(seq) FROM report r"
                    + " WHERE r.boot = b.boot)"))
        .isZero();
  }

  @Test
  void nothing_is_confirmed_beyond_a_gap_until_it_closes() throws Exception {
    take(report(BOOT, 1, 1, 1));
    take(report(BOOT, 3, 1, 1));
    take(report(BOOT, 4, 1, 1));
    assertThat(number("SELECT gap_free FROM report_boot")).isEqualTo(1);
    take(report(BOOT, 2, 1, 1));
    assertThat(number("SELECT gap_free FROM report_boot")).isEqualTo(4);
  }

  @Test
  void a_report_that_cannot_be_written_leaves_nothing_behind_and_counts_when_it_comes_again()
      throws Exception {
    store
        .db()
        .sql(
            "CREATE TRIGGER broken BEFORE INSERT ON coverage"
                + " BEGIN SELECT RAISE(ABORT, 'broken'); END")
        .update();
    assertThatThrownBy(() -> take(report(BOOT, 1, 5, 1))).hasMessageContaining("broken");
    assertThat(number("SELECT count(*) FROM report")).isZero();
    assertThat(number("SELECT count(*) FROM outcome_count")).isZero();
    assertThat(events).isEmpty();

    store.db().sql("DROP TRIGGER broken").update();
    take(report(BOOT, 1, 5, 1));
    assertThat(number("SELECT sum(count) FROM outcome_count")).isEqualTo(5);
    assertThat(events).hasSize(1);
  }

  @Test
  void a_repeated_report_tells_nobody_that_counts_grew() throws Exception {
    assertThat(take(report(BOOT, 1, 1, 1))).isEqualTo(ReportLedger.Taken.COUNTED);
    assertThat(take(report(BOOT, 1, 1, 1))).isEqualTo(ReportLedger.Taken.REPEATED);
    assertThat(events)
        .containsExactly(new ReportCommitted(SITE, CLOCK, Set.of(new MessageId("getting-home"))));
  }

  @Test
  void live_and_training_never_mix() throws Exception {
    take(with(1, List.of(count(false, 3), count(true, 4)), List.of()));
    assertThat(number("SELECT sum(count) FROM outcome_count WHERE training = 0")).isEqualTo(3);
    assertThat(number("SELECT sum(count) FROM outcome_count WHERE training = 1")).isEqualTo(4);
  }

  @Test
  void a_phone_that_was_seen_twice_in_an_hour_is_one_phone() throws Exception {
    take(with(1, List.of(), List.of(seen(1, 2, 3))));
    take(with(2, List.of(), List.of(seen(2, 3, 4))));
    byte[] kept =
        store
            .db()
            .sql("SELECT sketch FROM phones_seen")
            .query((row, n) -> row.getBytes(1))
            .single();
    assertThat(Sketches.estimate(List.of(kept))).isEqualTo(4);
  }

  @Test
  void a_node_speaks_for_itself_alone() {
    Topic tower = new Topic(SITE, new NodeId("tower"), Topic.Kind.REPORTS);
    assertThatThrownBy(() -> ledger.take(tower, WireJson.write(report(BOOT, 1, 1, 1))))
        .isInstanceOf(RefusedPayloadException.class)
        .hasMessageContaining("market/tower")
        .hasMessageContaining("market/clock");
  }

  @Test
  void a_node_that_nobody_added_is_not_counted() {
    NodeId stranger = new NodeId("stranger");
    DeliveryReport report =
        new DeliveryReport(SITE, stranger, BOOT, 1, HOUR, List.of(), List.of(), List.of());
    assertThatThrownBy(
            () ->
                ledger.take(new Topic(SITE, stranger, Topic.Kind.REPORTS), WireJson.write(report)))
        .isInstanceOf(RefusedPayloadException.class)
        .hasMessageContaining("add-node");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{}", "{\"site\":\"market\"}"})
  void what_is_no_report_is_refused(String payload) {
    assertThatThrownBy(() -> ledger.take(TOPIC, payload.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedPayloadException.class);
  }

  @Test
  void a_report_of_a_newer_node_is_kept_and_counted_once_it_can_be_read() throws Exception {
    String newer =
        new String(WireJson.write(report(BOOT, 1, 3, 60)), StandardCharsets.UTF_8)
            .replace("ACCEPTED", "FROM_THE_FUTURE");
    byte[] payload = newer.getBytes(StandardCharsets.UTF_8);
    assertThat(ledger.take(TOPIC, payload)).isEqualTo(ReportLedger.Taken.PARKED);
    assertThat(ledger.take(TOPIC, payload)).isEqualTo(ReportLedger.Taken.REPEATED);
    assertThat(take(report(BOOT, 2, 5, 60))).isEqualTo(ReportLedger.Taken.COUNTED);
    assertThat(number("SELECT gap_free FROM report_boot")).as("what is confirmed").isEqualTo(2);
    assertThat(number("SELECT sum(count) FROM outcome_count")).isEqualTo(5);
    assertThat(ledger.countParked()).as("while it can't be read").isZero();

    // What a console that knows the word reads in it.
    store
        .db()
        .sql("UPDATE report_parked SET payload = ?")
        .param(WireJson.write(report(BOOT, 1, 3, 60)))
        .update();
    assertThat(ledger.countParked()).isEqualTo(1);
    assertThat(ledger.countParked()).isZero();
    assertThat(number("SELECT sum(count) FROM outcome_count")).isEqualTo(8);
    assertThat(number("SELECT sum(seconds) FROM coverage")).isEqualTo(120);
    assertThat(take(report(BOOT, 1, 3, 60))).isEqualTo(ReportLedger.Taken.REPEATED);
  }

  @Test
  void a_report_that_nobody_can_read_is_kept_for_no_stranger_and_no_other_node() {
    byte[] payload =
        new String(WireJson.write(report(BOOT, 1, 3, 60)), StandardCharsets.UTF_8)
            .replace("ACCEPTED", "FROM_THE_FUTURE")
            .getBytes(StandardCharsets.UTF_8);
    Topic tower = new Topic(SITE, new NodeId("tower"), Topic.Kind.REPORTS);
    assertThatThrownBy(() -> ledger.take(tower, payload))
        .isInstanceOf(RefusedPayloadException.class);
    assertThat(number("SELECT count(*) FROM report_parked")).isZero();
    assertThat(number("SELECT count(*) FROM report")).isZero();
  }

  @Test
  void each_wording_is_counted_apart_and_the_message_is_their_sum() throws Exception {
    take(with(1, List.of(count("a", 3), count("b", 4), count(false, 5)), List.of()));
    take(with(2, List.of(count("b", 2)), List.of()));
    assertThat(number("SELECT sum(count) FROM outcome_count")).isEqualTo(14);
    assertThat(number("SELECT count FROM outcome_count WHERE variant = 'a'")).isEqualTo(3);
    assertThat(number("SELECT count FROM outcome_count WHERE variant = 'b'")).isEqualTo(6);
    assertThat(number("SELECT count FROM outcome_count WHERE variant = ''")).isEqualTo(5);
  }

  private static DeliveryReport.OutcomeCount count(String variant, long count) {
    return new DeliveryReport.OutcomeCount(
        new MessageId("getting-home"),
        new VariantId(variant),
        HOUR,
        Outcome.ACCEPTED,
        null,
        false,
        count);
  }

  @Test
  void what_cannot_be_right_is_refused() {
    refused(with(1, List.of(), List.of(new DeliveryReport.PhonesSeen(HOUR, false, new byte[9]))));
    refused(
        with(
            1,
            List.of(),
            List.of(
                new DeliveryReport.PhonesSeen(
                    HOUR, false, new HllSketch(8).toCompactByteArray()))));
    refused(
        with(
            1,
            List.of(
                new DeliveryReport.OutcomeCount(
                    new MessageId("m"),
                    HOUR.plus(Duration.ofMinutes(1)),
                    Outcome.ACCEPTED,
                    null,
                    false,
                    1)),
            List.of()));
    refused(with(1, List.of(count(false, Long.MAX_VALUE)), List.of()));
    byte[] sketch = seen(1).sketch();
    for (String hour : List.of("2000-12-31T23:00:00Z", "2999-01-01T00:00:00Z")) {
      refused(
          with(
              1,
              List.of(),
              List.of(new DeliveryReport.PhonesSeen(Instant.parse(hour), false, sketch))));
    }
    assertThat(number("SELECT count(*) FROM report")).isZero();
  }

  private void refused(DeliveryReport report) {
    assertThatThrownBy(() -> take(report)).isInstanceOf(RefusedPayloadException.class);
  }

  private ReportLedger.Taken take(DeliveryReport report) throws Exception {
    return ledger.take(TOPIC, WireJson.write(report));
  }

  private long number(String sql) {
    return store.db().sql(sql).query(Long.class).single();
  }

  private static DeliveryReport report(UUID boot, long seq, long accepted, long seconds) {
    return new DeliveryReport(
        SITE,
        CLOCK,
        boot,
        seq,
        HOUR,
        List.of(count(false, accepted)),
        List.of(new DeliveryReport.Coverage("hci0", HOUR, seconds)),
        List.of());
  }

  private static DeliveryReport with(
      long seq,
      List<DeliveryReport.OutcomeCount> outcomes,
      List<DeliveryReport.PhonesSeen> phones) {
    return new DeliveryReport(SITE, CLOCK, BOOT, seq, HOUR, outcomes, List.of(), phones);
  }

  private static DeliveryReport.OutcomeCount count(boolean training, long count) {
    return new DeliveryReport.OutcomeCount(
        new MessageId("getting-home"), HOUR, Outcome.ACCEPTED, null, training, count);
  }

  private static DeliveryReport.PhonesSeen seen(long... phones) {
    HllSketch sketch = new HllSketch(12);
    for (long phone : phones) {
      sketch.update(phone);
    }
    return new DeliveryReport.PhonesSeen(HOUR, false, sketch.toCompactByteArray());
  }
}
