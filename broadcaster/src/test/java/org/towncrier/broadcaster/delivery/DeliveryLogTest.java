package org.towncrier.broadcaster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.Union;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.delivery.DeliveryLog.Unreported;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.hardware.AdapterId;
import org.towncrier.protocol.DeliveryReport.Coverage;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.DeliveryReport.PhonesSeen;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.VariantId;
import org.towncrier.protocol.WithheldReason;

class DeliveryLogTest {
  private static final Instant EIGHT = Instant.parse("2026-11-26T20:00:00Z");
  private static final MessageId TAXIS = new MessageId("taxis");
  private static final AdapterId HCI0 = new AdapterId("hci0");

  @TempDir Path folder;
  private NodeStore store;
  private DeliveryLog log;

  @BeforeEach
  void open() {
    store = new NodeStore(folder.resolve("node.db"));
    store.open();
    log = new DeliveryLog(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void counts_are_kept_by_message_hour_outcome_reason_and_training() {
    log.count(TAXIS, null, EIGHT.plusSeconds(10), Outcome.ACCEPTED, null, false);
    log.count(TAXIS, null, EIGHT.plusSeconds(20), Outcome.ACCEPTED, null, false);
    log.count(TAXIS, null, EIGHT.plusSeconds(20), Outcome.ACCEPTED, null, true);
    log.count(TAXIS, null, EIGHT.plusSeconds(3600), Outcome.ACCEPTED, null, false);
    log.count(TAXIS, null, EIGHT, Outcome.WITHHELD, WithheldReason.BUDGET_SPENT, false);
    assertThat(log.takeUnreported(EIGHT).outcomes())
        .containsExactlyInAnyOrder(
            new OutcomeCount(TAXIS, EIGHT, Outcome.ACCEPTED, null, false, 2),
            new OutcomeCount(TAXIS, EIGHT, Outcome.ACCEPTED, null, true, 1),
            new OutcomeCount(TAXIS, EIGHT.plusSeconds(3600), Outcome.ACCEPTED, null, false, 1),
            new OutcomeCount(
                TAXIS, EIGHT, Outcome.WITHHELD, WithheldReason.BUDGET_SPENT, false, 1));
  }

  @Test
  void each_wording_is_counted_apart() {
    VariantId a = new VariantId("a");
    VariantId b = new VariantId("b");
    log.count(TAXIS, a, EIGHT, Outcome.ACCEPTED, null, false);
    log.count(TAXIS, b, EIGHT, Outcome.ACCEPTED, null, false);
    log.count(TAXIS, b, EIGHT, Outcome.ACCEPTED, null, false);
    log.count(TAXIS, null, EIGHT, Outcome.ACCEPTED, null, false);
    assertThat(log.takeUnreported(EIGHT).outcomes())
        .containsExactlyInAnyOrder(
            new OutcomeCount(TAXIS, a, EIGHT, Outcome.ACCEPTED, null, false, 1),
            new OutcomeCount(TAXIS, b, EIGHT, Outcome.ACCEPTED, null, false, 2),
            new OutcomeCount(TAXIS, EIGHT, Outcome.ACCEPTED, null, false, 1));
  }

  @Test
  void what_was_taken_is_not_taken_again() {
    log.count(TAXIS, null, EIGHT, Outcome.ACCEPTED, null, false);
    log.looked(HCI0, EIGHT, Duration.ofSeconds(10));
    log.saw(1, false, EIGHT);
    assertThat(log.takeUnreported(EIGHT).isEmpty()).isFalse();
    assertThat(log.takeUnreported(EIGHT).isEmpty()).isTrue();
  }

  @Test
  void a_report_that_could_not_be_written_takes_nothing() {
    log.count(TAXIS, null, EIGHT, Outcome.ACCEPTED, null, false);
    log.looked(HCI0, EIGHT, Duration.ofSeconds(10));
    log.saw(1, false, EIGHT);
    assertThatThrownBy(
            () ->
                store.run(
                    sql -> {
                      log.takeUnreported(EIGHT);
                      throw new IllegalStateException("the outbox failed");
                    }))
        .hasMessage("the outbox failed");
    Unreported taken = log.takeUnreported(EIGHT);
    assertThat(taken.outcomes()).hasSize(1);
    assertThat(taken.coverage()).hasSize(1);
    assertThat(taken.phonesSeen()).hasSize(1);
  }

  @Test
  void outcomes_survive_a_restart() {
    log.count(TAXIS, null, EIGHT, Outcome.ACCEPTED, null, false);
    store.close();
    store = new NodeStore(folder.resolve("node.db"));
    store.open();
    assertThat(new DeliveryLog(store).takeUnreported(EIGHT).outcomes()).hasSize(1);
  }

  @Test
  void whoever_listens_hears_of_a_count_once_it_is_committed() {
    int[] heard = {0};
    log.onCount(() -> heard[0]++);
    assertThatThrownBy(
            () ->
                store.run(
                    sql -> {
                      log.count(TAXIS, null, EIGHT, Outcome.ACCEPTED, null, false);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(heard[0]).isZero();
    log.count(TAXIS, null, EIGHT, Outcome.ACCEPTED, null, false);
    assertThat(heard[0]).isEqualTo(1);
  }

  @Test
  void a_look_across_the_hour_covers_each_hour_for_its_part() {
    log.looked(HCI0, EIGHT.minusSeconds(4), Duration.ofSeconds(10));
    assertThat(log.takeUnreported(EIGHT.plusSeconds(6)).coverage())
        .containsExactly(
            new Coverage("hci0", EIGHT.minusSeconds(3600), 4), new Coverage("hci0", EIGHT, 6));
  }

  @Test
  void fractions_of_a_second_are_kept_for_the_next_report() {
    for (int i = 0; i < 10; i++) {
      log.looked(HCI0, EIGHT.plusSeconds(i * 2L), Duration.ofMillis(1_250));
      if (i == 4) {
        assertThat(log.takeUnreported(EIGHT).coverage())
            .containsExactly(new Coverage("hci0", EIGHT, 6));
      }
    }
    assertThat(log.takeUnreported(EIGHT).coverage())
        .containsExactly(new Coverage("hci0", EIGHT, 6));
  }

  @Test
  void phones_seen_are_the_whole_hour_so_far_and_told_only_when_more_were_seen() {
    for (int phone = 0; phone < 1_000; phone++) {
      log.saw(phone, false, EIGHT.plusSeconds(phone));
    }
    assertThat(estimate(log.takeUnreported(EIGHT).phonesSeen())).isCloseTo(1_000, within(60.0));
    log.saw(1, false, EIGHT);
    assertThat(log.takeUnreported(EIGHT).phonesSeen()).isEmpty();
    log.saw(5_000, false, EIGHT);
    List<PhonesSeen> more = log.takeUnreported(EIGHT).phonesSeen();
    assertThat(more).singleElement().satisfies(seen -> assertThat(seen.hour()).isEqualTo(EIGHT));
    assertThat(estimate(more)).isCloseTo(1_001, within(60.0));
  }

  @Test
  void sketches_of_training_and_of_other_hours_are_apart() {
    log.saw(1, false, EIGHT);
    log.saw(2, true, EIGHT);
    log.saw(3, false, EIGHT.plusSeconds(3600));
    assertThat(log.takeUnreported(EIGHT).phonesSeen())
        .extracting(seen -> seen.hour() + " " + seen.training())
        .containsExactly(
            "2026-11-26T20:00:00Z false",
            "2026-11-26T20:00:00Z true",
            "2026-11-26T21:00:00Z false");
  }

  @Test
  void two_nodes_that_saw_the_same_phones_do_not_count_them_twice() {
    DeliveryLog other = new DeliveryLog(store);
    for (int phone = 0; phone < 300; phone++) {
      log.saw(phone, false, EIGHT);
      other.saw(phone + 100, false, EIGHT);
    }
    List<PhonesSeen> both =
        List.of(
            log.takeUnreported(EIGHT).phonesSeen().get(0),
            other.takeUnreported(EIGHT).phonesSeen().get(0));
    assertThat(estimate(both)).isCloseTo(400, within(20.0));
  }

  private static double estimate(List<PhonesSeen> sketches) {
    Union union = new Union(12);
    sketches.forEach(seen -> union.update(HllSketch.heapify(seen.sketch())));
    return union.getEstimate();
  }
}
