package org.towncrier.broadcaster.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.round.FakePhone.Behaviour;
import org.towncrier.broadcaster.round.Square.Plan;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.Outcome;

/** A message in several wordings: who is offered which, and what is counted. */
class WordingsTest {
  @TempDir Path folder;
  @TempDir Path elsewhere;
  private Square square;

  @BeforeEach
  void open() {
    square = new Square(folder, Square.EVENING, "hci0", "hci1");
  }

  @AfterEach
  void the_radio_was_asked_nothing_it_forbids() {
    assertThat(square.breaches()).isEmpty();
    square.close();
  }

  @Test
  void each_phone_is_offered_one_wording_by_lot_and_each_wording_is_counted_apart() {
    int each = 200;
    for (int i = 0; i < 2 * each; i++) {
      square.phone(Behaviour.ACCEPTS);
      square.phone(Behaviour.DECLINES);
    }
    square.start();
    square.apply(new Plan().wordings("taxis", "a", "b", "c", "d").build());
    square.pass(Duration.ofHours(3));
    Map<String, Long> received = new HashMap<>();
    Map<String, Long> refused = new HashMap<>();
    for (FakePhone phone : square.phones) {
      assertThat(phone.prompts).hasSize(1);
      phone.received().forEach(name -> received.merge(name, 1L, Long::sum));
      phone.refusals.forEach(prompt -> refused.merge(prompt.object(), 1L, Long::sum));
    }
    assertThat(counted(Outcome.ACCEPTED)).isEqualTo(received);
    assertThat(counted(Outcome.DECLINED_OR_IGNORED)).isEqualTo(refused);
    // Uniform: 200 phones each, of 800; a chi-square of 16.27 on 3 degrees comes once in 1,000.
    double chiSquare =
        List.of("a.txt", "b.txt", "c.txt", "d.txt").stream()
            .mapToDouble(name -> received.get(name) + refused.get(name) - each)
            .map(off -> off * off / each)
            .sum();
    assertThat(chiSquare).isLessThan(16.27);
  }

  private Map<String, Long> counted(Outcome outcome) {
    square.report();
    Map<String, Long> counts = new HashMap<>();
    for (OutcomeCount count : square.allCounts()) {
      if (count.outcome() == outcome) {
        counts.merge(count.variant() + ".txt", count.count(), Long::sum);
      }
    }
    return counts;
  }

  @Test
  void a_phone_that_was_not_reached_is_offered_the_same_wording_again_also_after_a_restart() {
    for (int i = 0; i < 20; i++) {
      square.phone(Behaviour.IS_OUT_OF_REACH);
    }
    Plan plan = new Plan().wordings("taxis", "a", "b", "c");
    square.start();
    square.apply(plan.build());
    square.pass(Duration.ofMinutes(10));
    square.kill();
    square.start();
    square.apply(plan.build());
    // A night later the tries begin anew, under another night's key.
    square.pass(Duration.ofHours(24));
    Map<Long, Set<String>> offered = new HashMap<>();
    square.radios.stream()
        .flatMap(radio -> radio.offers.stream())
        .forEach(
            offer ->
                offered
                    .computeIfAbsent(offer.phone.address.value(), phone -> new HashSet<>())
                    .add(offer.object.name()));
    assertThat(offered).hasSize(20);
    assertThat(offered.values()).allSatisfy(names -> assertThat(names).hasSize(1));
    assertThat(square.offersMade()).isGreaterThan(60);
  }

  @Test
  void every_node_of_a_site_gives_a_phone_the_same_wording() {
    Map<Long, String> here = new HashMap<>();
    Map<Long, String> there = new HashMap<>();
    offerToForty(square, here);
    try (Square other = new Square(elsewhere, Square.EVENING.plus(Duration.ofDays(2)))) {
      offerToForty(other, there);
    }
    assertThat(here).hasSize(40).isEqualTo(there);
    assertThat(new HashSet<>(here.values())).hasSize(2);
  }

  private static void offerToForty(Square square, Map<Long, String> into) {
    for (int i = 0; i < 40; i++) {
      square.phone(Behaviour.ACCEPTS);
    }
    square.start();
    square.apply(new Plan().wordings("taxis", "a", "b").build());
    square.pass(Duration.ofHours(1));
    square.phones.forEach(phone -> into.put(phone.address.value(), phone.received().get(0)));
  }

  @Test
  void a_phone_that_had_one_wording_is_never_offered_another() {
    FakePhone phone = square.phone(Behaviour.ACCEPTS);
    Plan plan = new Plan().wordings("taxis", "a", "b");
    square.start();
    square.apply(plan.build());
    square.seconds(60);
    String had = phone.received().get(0);
    String other = had.equals("a.txt") ? "b" : "a";
    plan.messages.clear();
    square.apply(plan.wordings("taxis", other, "c").build());
    square.pass(Duration.ofHours(25));
    assertThat(phone.promptedFor()).containsExactly(had);
  }

  @Test
  void an_offer_that_a_crash_cut_off_is_unresolved_for_its_own_wording() {
    FakePhone phone = square.phone(Behaviour.IGNORES);
    Plan plan = new Plan().wordings("taxis", "a", "b");
    square.start();
    square.apply(plan.build());
    square.seconds(20);
    square.kill();
    square.start();
    square.apply(plan.build());
    square.seconds(20);
    assertThat(counted(Outcome.UNRESOLVED)).isEqualTo(Map.of(phone.promptedFor().get(0), 1L));
  }

  @Test
  void a_wording_taken_out_is_withdrawn_at_once_and_the_others_go_on() {
    for (int i = 0; i < 12; i++) {
      square.phone(Behaviour.IGNORES);
    }
    Plan plan = new Plan().wordings("taxis", "a", "b");
    square.start();
    square.apply(plan.build());
    square.seconds(20);
    plan.messages.clear();
    square.apply(plan.wordings("taxis", "b", "c").build());
    for (FakePhone phone : square.phones) {
      assertThat(phone.beingOffered).isEqualTo(phone.promptedFor().contains("b.txt"));
    }
    assertThat(counted(Outcome.WITHDRAWN)).containsOnlyKeys("a.txt");
  }

  @Test
  void what_is_withheld_is_counted_for_the_message() {
    square.phone(Behaviour.ACCEPTS);
    square.start();
    square.apply(new Plan().wordings("taxis", "a", "b").message("vans").build());
    square.seconds(60);
    square.report();
    assertThat(square.allCounts())
        .filteredOn(count -> count.outcome() == Outcome.WITHHELD)
        .isNotEmpty()
        .allSatisfy(count -> assertThat(count.variant()).isNull());
  }
}
