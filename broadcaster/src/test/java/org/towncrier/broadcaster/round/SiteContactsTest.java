package org.towncrier.broadcaster.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.round.FakePhone.Behaviour;
import org.towncrier.broadcaster.round.Plaza.Node;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.protocol.ContactRules;

/** What two and three nodes of a site do about phones that both see. */
class SiteContactsTest {
  @TempDir Path folder;
  private Plaza plaza;
  private Node clock;
  private Node market;

  @BeforeEach
  void two_nodes() {
    plaza = new Plaza(folder, Square.EVENING);
    plaza.plan.message("taxis");
    clock = plaza.add("clock").start();
    market = plaza.add("market").start();
    // The console has not heard of them when it writes their first schedules.
    plaza.heard.clear();
    plaza.tellAll();
    plaza.heard.addAll(plaza.named);
  }

  @AfterEach
  void the_rules_held() {
    assertThat(plaza.broken()).isEmpty();
    plaza.close();
  }

  @Test
  void a_phone_that_only_another_node_sees_is_given_to_it() {
    FakePhone phone = plaza.phoneOf(clock, Behaviour.ACCEPTS, "market");
    plaza.seconds(30);
    assertThat(phone.received()).containsExactly("taxis.txt");
    plaza.move(phone, "clock");
    plaza.seconds(120);
    assertThat(phone.prompts).hasSize(1);
  }

  @Test
  void of_phones_that_both_see_each_is_asked_once() {
    List<FakePhone> phones = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      phones.add(plaza.phone(Behaviour.ACCEPTS, "clock", "market"));
    }
    plaza.seconds(600);
    assertThat(phones).allSatisfy(phone -> assertThat(phone.received()).hasSize(1));
    assertThat(clock.prompts() + market.prompts()).isEqualTo(40);
  }

  @Test
  void a_node_that_is_cut_off_asks_its_own_share_alone() {
    market.reachable(false);
    FakePhone own = plaza.phoneOf(market, Behaviour.ACCEPTS, "market");
    FakePhone other = plaza.phoneOf(clock, Behaviour.ACCEPTS, "market");
    plaza.seconds(300);
    assertThat(own.received()).hasSize(1);
    assertThat(other.prompts).isEmpty();
    market.reachable(true);
    plaza.seconds(60);
    assertThat(other.received()).hasSize(1);
  }

  @Test
  void a_node_without_a_radio_still_gives_its_phones_to_others() {
    clock.radio.set("hci0", Health.DOWN);
    FakePhone phone = plaza.phoneOf(clock, Behaviour.ACCEPTS, "market");
    plaza.seconds(60);
    assertThat(phone.received()).hasSize(1);
  }

  @Test
  void a_refusal_at_one_node_holds_at_the_other_also_after_a_restart() {
    FakePhone phone = plaza.phoneOf(clock, Behaviour.DECLINES, "market");
    plaza.seconds(60);
    assertThat(phone.refusals).hasSize(1);
    clock.kill();
    clock.start();
    plaza.sleepUntil(Square.EVENING.plus(Duration.ofDays(1)));
    plaza.plan.message("buses");
    plaza.tellAll();
    plaza.move(phone, "clock", "market");
    plaza.seconds(300);
    assertThat(phone.prompts).hasSize(1);
  }

  @Test
  void while_nobody_knows_how_it_ended_a_phone_counts_as_one_that_refused() {
    plaza.plan.contact = new ContactRules(5, 3, 60);
    plaza.plan.message("buses");
    plaza.tellAll();
    FakePhone phone = plaza.phoneOf(clock, Behaviour.NEVER_ANSWERS, "market");
    plaza.seconds(20);
    assertThat(phone.prompts).hasSize(1);
    market.kill();
    plaza.move(phone, "clock");
    plaza.sleepUntil(Square.EVENING.plus(Duration.ofDays(1)));
    plaza.tellAll();
    plaza.seconds(300);
    assertThat(phone.prompts).hasSize(1);
  }

  @Test
  void a_phone_that_was_not_reached_is_given_back_and_asked_elsewhere() {
    FakePhone phone = plaza.phoneOf(clock, Behaviour.IS_OUT_OF_REACH, "market");
    plaza.seconds(40);
    assertThat(market.prompts()).as("calls, of one try").isPositive();
    phone.behaviour = Behaviour.ACCEPTS;
    plaza.move(phone, "clock");
    plaza.seconds(100);
    assertThat(phone.received()).as("within the wait between tries").isEmpty();
    plaza.seconds(60);
    assertThat(phone.received()).hasSize(1);
    assertThat(clock.prompts()).isEqualTo(1);
  }

  @Test
  void a_claim_whose_answer_is_lost_is_given_back() {
    FakePhone phone = plaza.phoneOf(clock, Behaviour.ACCEPTS, "market");
    plaza.network.fate = (to, note) -> to == clock ? List.of(Duration.ofMillis(20)) : List.of();
    plaza.seconds(12);
    assertThat(phone.prompts).isEmpty();
    plaza.network.fate = (to, note) -> List.of(Duration.ofMillis(20));
    plaza.seconds(90);
    assertThat(phone.received()).hasSize(1);
  }

  @Test
  void an_owner_that_restarts_between_its_word_and_the_end_still_hears_the_end() {
    FakePhone phone = plaza.phoneOf(clock, Behaviour.IS_OUT_OF_REACH, "market");
    while (market.prompts() == 0) {
      plaza.time.advance(Duration.ofMillis(100));
    }
    clock.kill();
    plaza.seconds(30);
    clock.start();
    plaza.seconds(20);
    phone.behaviour = Behaviour.ACCEPTS;
    plaza.seconds(180);
    assertThat(phone.received()).hasSize(1);
  }

  @Test
  void notes_that_are_brought_again_change_nothing() {
    FakePhone refusing = plaza.phoneOf(clock, Behaviour.DECLINES, "market");
    FakePhone unreached = plaza.phoneOf(clock, Behaviour.IS_OUT_OF_REACH, "market");
    plaza.seconds(40);
    unreached.behaviour = Behaviour.ACCEPTS;
    plaza.seconds(200);
    List.copyOf(plaza.network.seen).forEach(plaza.network::bring);
    plaza.move(refusing, "clock", "market");
    plaza.move(unreached, "clock", "market");
    plaza.seconds(300);
    assertThat(refusing.prompts).hasSize(1);
    assertThat(unreached.prompts).hasSize(1);
  }

  @Test
  void a_new_node_asks_its_share_once_the_others_have_said_what_they_know() {
    List<FakePhone> asked = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      asked.add(plaza.phone(Behaviour.DECLINES, "clock"));
    }
    plaza.seconds(600);
    assertThat(asked).allSatisfy(phone -> assertThat(phone.prompts).hasSize(1));
    market.reachable(false);
    Node station = plaza.add("station").start();
    plaza.plan.message("buses");
    plaza.tellAll();
    plaza.sleepUntil(Square.EVENING.plus(Duration.ofDays(1)));
    asked.forEach(phone -> plaza.move(phone, "station"));
    FakePhone fresh = plaza.phone(Behaviour.ACCEPTS, "station");
    plaza.seconds(300);
    assertThat(station.book.waitingFor()).containsExactly(market.id);
    assertThat(station.prompts()).isZero();
    market.reachable(true);
    market.learn();
    plaza.seconds(300);
    assertThat(station.book.waitingFor()).isEmpty();
    assertThat(fresh.received()).hasSize(1);
    assertThat(asked).allSatisfy(phone -> assertThat(phone.prompts).hasSize(1));
  }

  @Test
  void a_new_node_waits_for_none_that_was_never_heard() {
    plaza.add("museum");
    Node station = plaza.add("station").start();
    plaza.tellAll();
    plaza.seconds(30);
    assertThat(station.book.waitingFor()).isEmpty();
  }

  @Test
  void the_share_of_a_node_that_is_named_no_more_is_taken_over_with_what_it_knows() {
    plaza.validFor = Duration.ofHours(2);
    plaza.tellAll();
    FakePhone phone = plaza.phoneOf(clock, Behaviour.ACCEPTS, "market");
    FakePhone second = plaza.phoneOf(clock, Behaviour.ACCEPTS);
    clock.reachable(false);
    plaza.named.remove(clock.id);
    market.learn();
    plaza.move(second, "clock");
    plaza.seconds(3600);
    assertThat(second.received()).as("the node that was taken out does not know").hasSize(1);
    plaza.move(second, "clock", "market");
    market.learn();
    plaza.seconds(2 * 3600);
    assertThat(clock.round.silentBecause()).isPresent();
    assertThat(phone.prompts).as("nobody knows whom it asked").isEmpty();
    clock.reachable(true);
    market.learn();
    plaza.seconds(60);
    assertThat(phone.received()).hasSize(1);
    assertThat(second.prompts).hasSize(1);
  }

  @Test
  void a_node_that_is_taken_out_in_order_hands_over_within_minutes_what_it_knows() {
    FakePhone declined = plaza.phoneOf(clock, Behaviour.DECLINES, "clock");
    plaza.seconds(120);
    assertThat(declined.prompts).hasSize(1);
    clock.farewell();
    plaza.tellAll();
    FakePhone fresh = plaza.phoneOf(clock, Behaviour.ACCEPTS, "clock", "market");
    plaza.move(declined, "market");
    plaza.seconds(60);
    assertThat(clock.round.silentBecause()).hasValue("is on hold");
    assertThat(market.book.waitingFor()).containsExactly(clock.id);
    assertThat(fresh.prompts).isEmpty();
    plaza.seconds(360);
    assertThat(market.book.waitingFor()).isEmpty();
    assertThat(fresh.received()).hasSize(1);
    assertThat(declined.prompts).hasSize(1);
  }

  @Test
  void a_new_node_in_the_place_of_one_that_is_gone_waits_for_what_that_one_knew() {
    plaza.seconds(30);
    clock.kill();
    market.kill();
    plaza.named.clear();
    Node station = plaza.add("station").start();
    plaza.tellAll();
    FakePhone phone = plaza.phone(Behaviour.ACCEPTS, "station");
    plaza.seconds(120);
    assertThat(phone.prompts).isEmpty();
  }

  @Test
  void a_node_whose_schedule_had_run_out_wins_its_share_anew() {
    plaza.validFor = Duration.ofHours(1);
    plaza.tellAll();
    clock.reachable(false);
    plaza.seconds(2 * 3600);
    market.reachable(false);
    clock.reachable(true);
    clock.learn();
    FakePhone phone = plaza.phone(Behaviour.ACCEPTS, "clock");
    plaza.seconds(120);
    assertThat(phone.prompts).isEmpty();
    assertThat(clock.book.waitingFor()).containsExactly(market.id);
    market.reachable(true);
    market.learn();
    plaza.seconds(60);
    assertThat(phone.received()).hasSize(1);
  }

  @Test
  void nodes_whose_clocks_are_minutes_apart_do_not_give_each_other_phones() {
    Node slow = plaza.add("slow", Duration.ofMinutes(-5)).start();
    plaza.tellAll();
    plaza.seconds(60);
    FakePhone phone = plaza.phoneOf(clock, Behaviour.ACCEPTS, "slow");
    FakePhone own = plaza.phoneOf(slow, Behaviour.ACCEPTS, "slow");
    plaza.seconds(120);
    assertThat(phone.prompts).isEmpty();
    assertThat(own.received()).hasSize(1);
  }
}
