package org.towncrier.broadcaster.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.round.FakePhone.Behaviour;
import org.towncrier.broadcaster.round.Square.Plan;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeState.MessageState;
import org.towncrier.protocol.NodeState.MessageState.Status;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.WithheldReason;

class BroadcastRoundTest {
  @TempDir Path folder;
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
  void a_phone_in_the_square_receives_the_message_and_is_counted() {
    FakePhone phone = square.phone(Behaviour.ACCEPTS);
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(30);
    assertThat(phone.received()).containsExactly("taxis.txt");
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.ACCEPTED, 1L));
  }

  @Test
  void a_message_that_comes_while_a_phone_is_near_is_offered_at_once() {
    square.phone(Behaviour.ACCEPTS);
    square.start();
    square.apply(new Plan().build());
    square.seconds(30);
    assertThat(square.round.phonesNear()).isEqualTo(1);
    square.apply(new Plan().message("taxis").build());
    assertThat(square.radio.offers).hasSize(1);
  }

  @Test
  void an_urgent_message_goes_before_all_others() {
    for (int i = 0; i < 20; i++) {
      square.phone(Behaviour.ACCEPTS);
    }
    square.start();
    square.apply(
        new Plan()
            .message("normal")
            .message("high", Priority.HIGH)
            .message("urgent", Priority.URGENT)
            .build());
    square.seconds(60);
    assertThat(square.radio.offers)
        .hasSize(20)
        .allSatisfy(offer -> assertThat(offer.object.name()).isEqualTo("urgent.txt"));
  }

  @Test
  void messages_alike_share_the_phones_evenly_and_each_phone_gets_one() {
    for (int i = 0; i < 200; i++) {
      square.phone(Behaviour.ACCEPTS);
    }
    square.start();
    square.apply(new Plan().message("buses").message("taxis").message("help").build());
    square.seconds(1800);
    long accepted = 0;
    for (String message : List.of("buses", "taxis", "help")) {
      long share = square.outcomes(message).get(Outcome.ACCEPTED);
      // 200 phones by lot over three: 67 each, give or take four standard deviations of 6.7.
      assertThat(share).isBetween(40L, 94L);
      accepted += share;
    }
    assertThat(accepted).isEqualTo(200);
    assertThat(square.phones).allSatisfy(phone -> assertThat(phone.received()).hasSize(1));
  }

  @Test
  void an_urgent_message_takes_the_next_free_links() {
    for (int i = 0; i < 30; i++) {
      square.phone(Behaviour.ACCEPTS);
    }
    square.start();
    Plan plan = new Plan().message("normal");
    square.apply(plan.build());
    square.seconds(10);
    int before = square.radio.offers.size();
    square.apply(plan.message("urgent", Priority.URGENT).build());
    square.seconds(60);
    assertThat(square.radio.offers.subList(before, square.radio.offers.size()))
        .isNotEmpty()
        .allSatisfy(offer -> assertThat(offer.object.name()).isEqualTo("urgent.txt"));
  }

  @Test
  void no_adapter_holds_more_than_seven_links_and_all_adapters_are_used() {
    for (int i = 0; i < 40; i++) {
      square.phone(Behaviour.IGNORES);
    }
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(30);
    assertThat(square.radio.running("hci0")).hasSize(7);
    assertThat(square.radio.running("hci1")).hasSize(7);
  }

  @Test
  void a_message_taken_out_of_the_schedule_is_withdrawn_at_once() {
    FakePhone phone = square.phone(Behaviour.IGNORES);
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(15);
    assertThat(phone.beingOffered).isTrue();
    square.apply(new Plan().message("other").build());
    assertThat(phone.promptedFor()).containsExactly("taxis.txt");
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.WITHDRAWN, 1L));
    square.seconds(60);
    assertThat(square.outcomes("other")).containsOnlyKeys(Outcome.WITHHELD);
  }

  @Test
  void a_message_whose_object_was_changed_is_withdrawn() {
    FakePhone phone = square.phone(Behaviour.IGNORES);
    square.start();
    Plan plan = new Plan().message("taxis");
    square.apply(plan.build());
    square.seconds(15);
    Plan changed = new Plan();
    changed.message("vans");
    changed.messages.set(
        0,
        new org.towncrier.protocol.ScheduledMessage(
            new MessageId("taxis"),
            Square.CAMPAIGN,
            Priority.NORMAL,
            changed.messages.get(0).object(),
            changed.messages.get(0).windows()));
    changed.revision = 2;
    square.apply(changed.build());
    assertThat(phone.beingOffered).isFalse();
  }

  @Test
  void a_schedule_that_leaves_a_message_as_it_was_does_not_disturb_its_offers() {
    FakePhone phone = square.phone(Behaviour.IGNORES);
    square.start();
    Plan plan = new Plan().message("taxis");
    square.apply(plan.build());
    square.seconds(15);
    square.apply(plan.message("more").build());
    assertThat(phone.beingOffered).isTrue();
  }

  @Test
  void a_hold_withdraws_everything_and_says_so() {
    square.phone(Behaviour.IGNORES);
    square.start();
    Plan plan = new Plan().message("taxis");
    square.apply(plan.build());
    square.seconds(15);
    plan.hold = true;
    int changes = square.changes;
    square.apply(plan.build());
    assertThat(square.radio.running("hci0")).isEmpty();
    assertThat(square.round.silentBecause()).hasValue("is on hold");
    assertThat(square.round.messageStates())
        .containsExactly(new MessageState(new MessageId("taxis"), Status.SILENT));
    assertThat(square.changes).isGreaterThan(changes);
    int looks = square.radio.looks.size();
    square.seconds(300);
    assertThat(square.radio.looks).hasSize(looks);
    assertThat(square.radio.offers).hasSize(1);
  }

  @Test
  void after_a_hold_the_node_goes_on() {
    square.start();
    Plan plan = new Plan().message("taxis");
    plan.hold = true;
    square.apply(plan.build());
    FakePhone phone = square.phone(Behaviour.ACCEPTS);
    square.seconds(60);
    assertThat(phone.prompts).isEmpty();
    plan.hold = false;
    square.apply(plan.build());
    square.seconds(30);
    assertThat(phone.receipts).hasSize(1);
  }

  @Test
  void at_the_end_of_the_permitted_hours_offers_are_withdrawn_and_looking_ends() {
    square = new Square(folder, Square.EVENING.plus(Duration.ofHours(8)).minusSeconds(20));
    FakePhone phone = square.phone(Behaviour.IGNORES);
    square.start();
    Plan plan = new Plan().message("first").message("second");
    plan.contact = new org.towncrier.protocol.ContactRules(2, 3, 120);
    square.apply(plan.build());
    square.seconds(19);
    assertThat(phone.beingOffered).isTrue();
    square.seconds(1);
    assertThat(phone.beingOffered).isFalse();
    assertThat(square.round.silentBecause()).hasValue("is outside its permitted hours");
    int looks = square.radio.looks.size();
    square.pass(Duration.ofHours(2));
    assertThat(square.radio.looks).hasSize(looks);
    assertThat(square.round.phonesNear()).isZero();
    assertThat(square.outcomes("first")).isEqualTo(Map.of(Outcome.WITHDRAWN, 1L));
  }

  @Test
  void a_phone_kept_from_a_message_by_the_permitted_hours_alone_is_counted() {
    square.permittedHours =
        org.towncrier.protocol.Window.daily(
            java.time.LocalTime.of(19, 0), java.time.LocalTime.of(20, 1), Square.LONDON);
    square.phone(Behaviour.ACCEPTS);
    square.start();
    Plan plan = new Plan();
    plan.message(
        "later",
        Square.CAMPAIGN,
        Priority.NORMAL,
        org.towncrier.protocol.Window.daily(
            java.time.LocalTime.of(20, 1), java.time.LocalTime.of(23, 0), Square.LONDON));
    square.apply(plan.build());
    square.seconds(90);
    assertThat(square.withheld("later"))
        .isEqualTo(Map.of(WithheldReason.OUTSIDE_PERMITTED_HOURS, 1L));
    assertThat(square.radio.offers).isEmpty();
  }

  @Test
  void a_schedule_past_its_validity_falls_silent_by_itself() {
    square.phone(Behaviour.IGNORES);
    square.start();
    Plan plan = new Plan().message("taxis");
    plan.validUntil = Square.EVENING.plusSeconds(20);
    square.apply(plan.build());
    square.seconds(19);
    assertThat(square.radio.running("hci0").size() + square.radio.running("hci1").size())
        .isEqualTo(1);
    square.seconds(1);
    assertThat(square.radio.running("hci0")).isEmpty();
    assertThat(square.round.silentBecause().orElseThrow()).contains("valid until");
  }

  @Test
  void a_clock_that_is_not_trusted_silences_within_a_second() {
    FakePhone phone = square.phone(Behaviour.IGNORES);
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(15);
    square.clockTrouble = java.util.Optional.of("does not know the time");
    square.seconds(1);
    assertThat(phone.beingOffered).isFalse();
    assertThat(square.round.silentBecause()).hasValue("does not know the time");
  }

  @Test
  void without_a_schedule_it_neither_looks_nor_offers() {
    square.phone(Behaviour.ACCEPTS);
    square.start();
    square.seconds(120);
    assertThat(square.radio.looks).isEmpty();
    assertThat(square.round.silentBecause()).hasValue("has no schedule yet");
    assertThat(square.round.messageStates()).isEmpty();
  }

  @Test
  void a_node_whose_clock_is_wrong_takes_on_a_schedule_only_once_it_is_right() {
    FakePhone phone = square.phone(Behaviour.ACCEPTS);
    square.clockTrouble = java.util.Optional.of("does not know the time");
    square.time.setClock(java.time.Instant.parse("2000-01-01T20:00:00Z"));
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(60);
    assertThat(square.radio.offers).isEmpty();
    square.time.setClock(Square.EVENING);
    square.clockTrouble = java.util.Optional.empty();
    square.seconds(30);
    assertThat(phone.receipts).hasSize(1);
    assertThat(square.round.messageStates())
        .containsExactly(new MessageState(new MessageId("taxis"), Status.ON_AIR));
  }

  @Test
  void an_unreachable_phone_is_tried_three_times_two_minutes_apart_and_no_more() {
    square.phone(Behaviour.IS_OUT_OF_REACH);
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(119);
    assertThat(square.offersMade()).isEqualTo(1);
    square.pass(Duration.ofHours(2));
    assertThat(square.offersMade()).isEqualTo(3);
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.UNREACHABLE, 3L));
  }

  @Test
  void a_phone_that_lists_no_object_push_waits_for_those_that_may_have_it() {
    square = new Square(folder, Square.EVENING, "hci0");
    FakePhone withoutIt = square.phone(Behaviour.HAS_NO_OBJECT_PUSH);
    withoutIt.services = Set.of(0x110A, 0x111F);
    FakePhone withIt = square.phone(Behaviour.ACCEPTS);
    withIt.services = Set.of(0x1105, 0x110A);
    for (int i = 0; i < 6; i++) {
      square.phone(Behaviour.ACCEPTS);
    }
    square.start();
    square.apply(new Plan().build());
    square.seconds(30);

    square.apply(new Plan().message("taxis").build());

    assertThat(square.radio.offers)
        .hasSize(7)
        .extracting(offer -> offer.phone)
        .contains(withIt)
        .doesNotContain(withoutIt);
    square.seconds(60);
    assertThat(square.outcomes("taxis"))
        .isEqualTo(Map.of(Outcome.ACCEPTED, 7L, Outcome.UNSUPPORTED, 1L));
  }

  @Test
  void a_phone_that_lists_all_it_has_and_no_object_push_is_counted_and_not_called() {
    FakePhone phone = square.phone(Behaviour.HAS_NO_OBJECT_PUSH);
    phone.services = Set.of(0x110A, 0x111F);
    phone.allServices = true;
    square.start();
    square.apply(new Plan().message("one").message("two").build());
    square.pass(Duration.ofHours(1));
    assertThat(square.radio.offers).isEmpty();
    assertThat(
            square.outcomes("one").getOrDefault(Outcome.UNSUPPORTED, 0L)
                + square.outcomes("two").getOrDefault(Outcome.UNSUPPORTED, 0L))
        .isEqualTo(1);
  }

  @Test
  void nor_is_one_whose_class_says_that_it_transfers_no_objects() {
    square.phone(Behaviour.HAS_NO_OBJECT_PUSH).classOfDevice = 0x4A020C;
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(60);
    assertThat(square.radio.offers).isEmpty();
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.UNSUPPORTED, 1L));
  }

  @Test
  void one_that_lists_object_push_is_called_whatever_its_class_says() {
    FakePhone phone = square.phone(Behaviour.ACCEPTS);
    phone.classOfDevice = 0x4A020C;
    phone.services = Set.of(0x1105);
    phone.allServices = true;
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(60);
    assertThat(phone.received()).containsExactly("taxis.txt");
  }

  @Test
  void phones_without_object_push_are_counted_though_others_take_every_link() {
    square = new Square(folder, Square.EVENING, "hci0");
    for (int i = 0; i < 60; i++) {
      square.phone(Behaviour.ACCEPTS);
    }
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(12);
    square.phone(Behaviour.HAS_NO_OBJECT_PUSH).classOfDevice = 0x4A020C;
    square.seconds(24);
    assertThat(square.radio.running("hci0")).hasSize(7);
    assertThat(square.outcomes("taxis")).containsEntry(Outcome.UNSUPPORTED, 1L);
  }

  @Test
  void phones_without_object_push_are_counted_though_no_link_comes_free_while_they_pass() {
    square = new Square(folder, Square.EVENING, "hci0");
    for (int i = 0; i < 7; i++) {
      square.phone(Behaviour.IGNORES);
    }
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(12);
    for (int i = 0; i < 3; i++) {
      FakePhone passing = square.phone(Behaviour.HAS_NO_OBJECT_PUSH);
      passing.classOfDevice = 0x4A020C;
      passing.until = Square.EVENING.plusSeconds(35);
    }
    square.seconds(24);
    assertThat(square.radio.offers).hasSize(7);
    assertThat(square.radio.running("hci0")).hasSize(7);
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.UNSUPPORTED, 3L));
  }

  @Test
  void who_came_last_is_asked_first() {
    square = new Square(folder, Square.EVENING, "hci0");
    FakePhone oldest = square.phone(Behaviour.ACCEPTS);
    for (int i = 0; i < 7; i++) {
      square.phone(Behaviour.ACCEPTS).from = Square.EVENING.plusSeconds(60);
    }
    square.start();
    square.apply(new Plan().build());
    square.seconds(90);

    square.apply(new Plan().message("taxis").build());

    assertThat(square.radio.offers)
        .hasSize(7)
        .extracting(offer -> offer.phone)
        .doesNotContain(oldest);
    square.seconds(60);
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.ACCEPTED, 8L));
  }

  @Test
  void a_phone_that_does_not_hear_its_call_is_called_three_times_in_one_try() {
    square.phone(Behaviour.IS_OUT_OF_REACH);
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(119);
    assertThat(square.radio.offers).hasSize(3);
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.UNREACHABLE, 1L));
  }

  @Test
  void a_phone_that_hears_the_second_call_is_asked_once() {
    FakePhone phone = square.phone(Behaviour.IS_OUT_OF_REACH);
    square.start();
    square.apply(new Plan().message("taxis").build());
    while (square.radio.offers.isEmpty()) {
      square.seconds(1);
    }
    phone.behaviour = Behaviour.ACCEPTS;
    square.pass(Duration.ofMinutes(10));
    assertThat(square.radio.offers).hasSize(2);
    assertThat(phone.prompts).hasSize(1);
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.ACCEPTED, 1L));
  }

  @Test
  void a_phone_is_not_called_again_for_a_message_that_ended_meanwhile() {
    square.phone(Behaviour.IS_OUT_OF_REACH);
    square.start();
    square.apply(new Plan().message("taxis").build());
    while (square.radio.offers.isEmpty()) {
      square.seconds(1);
    }
    square.apply(new Plan().build());
    square.seconds(119);
    assertThat(square.radio.offers).hasSize(1);
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.WITHDRAWN, 1L));
  }

  @Test
  void a_phone_that_is_heard_by_the_word_while_it_is_called_is_not_called_again() {
    FakePhone phone = calledInVain();
    phone.name = "Ann (NoCrier)";
    square.pass(Duration.ofMinutes(10));
    assertThat(square.radio.offers).hasSize(1);
    assertThat(phone.prompts).isEmpty();
  }

  @Test
  void a_phone_that_is_held_next_to_the_node_while_it_is_called_is_not_called_again() {
    FakePhone phone = calledInVain();
    phone.rssi = OptionalInt.of(-40);
    List<String> said = new ArrayList<>();
    square.round.leaveAlone(
        square.time.now().plusSeconds(300), (found, detail) -> said.add(found + " " + detail));
    square.pass(Duration.ofMinutes(10));
    assertThat(square.radio.offers).hasSize(1);
    assertThat(phone.prompts).isEmpty();
    assertThat(said).singleElement().asString().startsWith("true");
  }

  /** A phone whose first call fails in 5 s, and which answers a look and would hear a second. */
  private FakePhone calledInVain() {
    FakePhone phone = square.phone(Behaviour.IS_OUT_OF_REACH);
    square.start();
    square.apply(new Plan().build());
    square.seconds(11);
    square.apply(new Plan().message("taxis").build());
    assertThat(square.radio.offers).hasSize(1);
    phone.behaviour = Behaviour.ACCEPTS;
    return phone;
  }

  @Test
  void a_phone_is_not_called_again_for_a_campaign_that_has_just_had_its_92_days() {
    square = new Square(folder, Square.EVENING.plusMillis(500), "hci0", "hci1");
    square.phone(Behaviour.IS_OUT_OF_REACH);
    square.start();
    long over = Square.EVENING.plusSeconds(16).getEpochSecond();
    square.store.run(
        sql ->
            sql.update(
                "INSERT INTO campaign (id, first_seen, ends_at) VALUES (?, ?, ?)",
                Square.CAMPAIGN.value(),
                over - Duration.ofDays(92).toSeconds(),
                over));
    square.apply(new Plan().build());
    square.pass(Duration.ofMillis(10_700));
    square.apply(new Plan().message("taxis").build());
    assertThat(square.radio.offers).hasSize(1);
    // The call ends at 16.2 s, before the next tick.
    square.seconds(30);
    assertThat(square.radio.offers).hasSize(1);
  }

  @Test
  void with_no_adapter_left_nobody_is_called_again() {
    FakePhone phone = square.phone(Behaviour.IS_OUT_OF_REACH);
    square.start();
    square.apply(new Plan().message("taxis").build());
    while (square.radio.offers.isEmpty()) {
      square.seconds(1);
    }
    square.radio.set("hci0", Health.DOWN);
    square.radio.set("hci1", Health.DOWN);
    square.time.runDue();
    square.seconds(119);
    assertThat(phone.prompts).isEmpty();
    assertThat(square.radio.offers).hasSize(1);
  }

  @Test
  void a_phone_without_object_push_is_searched_once_a_night() {
    square.phone(Behaviour.HAS_NO_OBJECT_PUSH);
    square.start();
    square.apply(new Plan().message("one").message("two").build());
    square.pass(Duration.ofHours(1));
    assertThat(square.radio.offers).hasSize(1);
    assertThat(square.outcomes("one")).isEqualTo(Map.of(Outcome.UNSUPPORTED, 1L));
    assertThat(square.outcomes("two")).isEmpty();
  }

  @Test
  void devices_that_are_not_phones_are_left_alone() {
    square.phone(Behaviour.ACCEPTS).classOfDevice = FakePhone.A_LAPTOP;
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(60);
    assertThat(square.radio.offers).isEmpty();
    assertThat(square.round.phonesNear()).isZero();
  }

  @Test
  void unless_the_setting_says_otherwise() {
    square.phonesOnly = false;
    square.phone(Behaviour.ACCEPTS).classOfDevice = FakePhone.A_LAPTOP;
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(60);
    assertThat(square.radio.offers).hasSize(1);
  }

  @Test
  void a_phone_that_left_is_forgotten() {
    FakePhone phone = square.phone(Behaviour.ACCEPTS);
    phone.until = Square.EVENING.plusSeconds(20);
    square.start();
    square.apply(new Plan().build());
    square.seconds(20);
    assertThat(square.round.phonesNear()).isEqualTo(1);
    square.seconds(80);
    assertThat(square.round.phonesNear()).isZero();
    square.apply(new Plan().message("taxis").build());
    assertThat(square.radio.offers).isEmpty();
  }

  @Test
  void when_an_adapter_fails_its_phones_go_to_the_others() {
    for (int i = 0; i < 7; i++) {
      square.phone(Behaviour.ACCEPTS);
    }
    square.start();
    square.apply(new Plan().build());
    square.seconds(4);
    square.radio.set("hci0", Health.RECOVERING);
    square.time.runDue();
    square.apply(new Plan().message("taxis").build());
    square.seconds(30);
    assertThat(square.radio.offers)
        .hasSize(7)
        .allSatisfy(offer -> assertThat(offer.adapter.value()).isEqualTo("hci1"));
  }

  @Test
  void an_adapter_that_fails_mid_offer_is_a_radio_fault_and_the_phone_is_asked_later() {
    square = new Square(folder, Square.EVENING, "hci0");
    FakePhone phone = square.phone(Behaviour.IS_OUT_OF_REACH);
    square.start();
    square.apply(new Plan().message("taxis").build());
    while (square.radio.offers.isEmpty()) {
      square.seconds(1);
    }
    square.radio.set("hci0", Health.RECOVERING);
    square.time.runDue();
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.RADIO_FAULT, 1L));
    phone.behaviour = Behaviour.ACCEPTS;
    square.radio.set("hci0", Health.UP);
    square.seconds(180);
    assertThat(phone.receipts).hasSize(1);
  }

  @Test
  void with_no_adapter_that_works_no_message_is_called_on_air() {
    square.start();
    square.apply(new Plan().message("taxis").build());
    assertThat(statuses()).containsExactly(Status.ON_AIR);
    square.radio.set("hci0", Health.RECOVERING);
    square.radio.set("hci1", Health.DOWN);
    square.time.runDue();
    assertThat(square.round.silentBecause()).hasValue("has no Bluetooth adapter that works");
    assertThat(statuses()).containsExactly(Status.SILENT);
    square.radio.set("hci1", Health.UP);
    square.time.runDue();
    assertThat(statuses()).containsExactly(Status.ON_AIR);
  }

  @Test
  void adapters_do_not_begin_to_look_at_the_same_moment() {
    square.start();
    square.apply(new Plan().build());
    square.seconds(60);
    assertThat(square.radio.looks.stream().map(look -> look.substring(look.indexOf(" at "))))
        .doesNotHaveDuplicates();
  }

  @Test
  void one_adapter_looks_at_a_time_and_they_take_turns() {
    square = new Square(folder, Square.EVENING, "hci0", "hci1", "hci2", "hci3");
    square.start();
    square.apply(new Plan().build());
    square.seconds(119);
    assertThat(square.radio.mostLooking).isEqualTo(1);
    assertThat(square.radio.lookers)
        .containsExactly(
            "hci0", "hci1", "hci2", "hci3", "hci0", "hci1", "hci2", "hci3", "hci0", "hci1", "hci2",
            "hci3");
  }

  @Test
  void an_only_adapter_rests_between_two_looks() {
    square = new Square(folder, Square.EVENING, "hci0");
    square.start();
    square.apply(new Plan().build());
    square.seconds(119);
    assertThat(square.radio.looks).hasSize(10);
  }

  @Test
  void the_adapter_with_the_fewest_links_looks() {
    square.start();
    square.apply(new Plan().message("taxis").build());
    // The adapter that calls the phone leaves looking to the other while the owner thinks.
    square.phone(Behaviour.IGNORES);
    while (square.radio.offers.isEmpty()) {
      square.seconds(1);
    }
    String busy = square.radio.offers.get(0).adapter.value();
    int before = square.radio.lookers.size();
    square.seconds(40);
    assertThat(square.radio.lookers.subList(before, square.radio.lookers.size()))
        .hasSizeGreaterThan(2)
        .filteredOn(busy::equals)
        .hasSizeLessThan(2);
  }

  @Test
  void while_a_phone_is_looked_out_for_every_adapter_looks_so_that_a_minute_is_enough() {
    square = new Square(folder, Square.EVENING, "hci0", "hci1", "hci2", "hci3");
    square.start();
    square.apply(new Plan().build());
    square.seconds(20);
    List<String> said = new ArrayList<>();
    square.phone(Behaviour.ACCEPTS).rssi = OptionalInt.of(-40);
    square.round.leaveAlone(
        square.time.now().plusSeconds(300), (found, detail) -> said.add(found + " " + detail));
    square.seconds(90);
    assertThat(said).singleElement().asString().startsWith("true");
    assertThat(square.radio.mostLooking).isGreaterThan(1);
  }

  @Test
  void an_adapter_that_fails_leaves_its_turn_to_the_others_and_takes_it_back() {
    square = new Square(folder, Square.EVENING, "hci0", "hci1", "hci2");
    square.start();
    square.apply(new Plan().build());
    square.radio.set("hci1", Health.RECOVERING);
    square.seconds(60);
    assertThat(square.radio.lookers).contains("hci0", "hci2").doesNotContain("hci1");
    square.radio.set("hci0", Health.DOWN);
    int before = square.radio.lookers.size();
    square.seconds(60);
    assertThat(square.radio.lookers.subList(before, square.radio.lookers.size()))
        .isNotEmpty()
        .containsOnly("hci2");
    square.radio.set("hci0", Health.UP);
    square.radio.set("hci1", Health.UP);
    before = square.radio.lookers.size();
    square.seconds(60);
    assertThat(square.radio.lookers.subList(before, square.radio.lookers.size()))
        .contains("hci0", "hci1", "hci2");
  }

  @Test
  void no_link_stays_free_while_a_phone_waits() {
    for (int i = 0; i < 60; i++) {
      square.phone(i % 3 == 0 ? Behaviour.IGNORES : Behaviour.ACCEPTS);
    }
    square.start();
    square.apply(new Plan().build());
    square.seconds(30);
    square.apply(new Plan().message("taxis").build());
    while (square.offersMade() < 60) {
      assertThat(square.radio.running("hci0")).hasSize(7);
      assertThat(square.radio.running("hci1")).hasSize(7);
      square.pass(Duration.ofMillis(250));
    }
  }

  @Test
  void a_call_that_its_adapter_cut_off_goes_on_with_another() {
    FakePhone phone = square.phone(Behaviour.ACCEPTS);
    square.start();
    square.apply(new Plan().message("taxis").build());
    while (square.radio.offers.isEmpty()) {
      square.pass(Duration.ofMillis(100));
    }
    String first = square.radio.offers.get(0).adapter.value();
    square.radio.set(first, Health.RECOVERING);
    square.seconds(30);
    assertThat(phone.received()).containsExactly("taxis.txt");
    assertThat(square.radio.offers).hasSize(2);
    assertThat(square.radio.offers.get(1).adapter.value()).isNotEqualTo(first);
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.ACCEPTED, 1L));
  }

  @Test
  void a_phone_that_was_asked_when_its_adapter_failed_is_not_called_again() {
    FakePhone phone = square.phone(Behaviour.IGNORES);
    square.start();
    square.apply(new Plan().message("taxis").build());
    while (phone.prompts.isEmpty()) {
      square.pass(Duration.ofMillis(100));
    }
    square.radio.set(square.radio.offers.get(0).adapter.value(), Health.RECOVERING);
    square.pass(Duration.ofHours(1));
    assertThat(phone.prompts).hasSize(1);
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.RADIO_FAULT, 1L));
  }

  @Test
  void a_call_in_vain_leaves_its_link_to_an_urgent_message() {
    square = new Square(folder, Square.EVENING, "hci0");
    for (int i = 0; i < 14; i++) {
      square.phone(Behaviour.IS_OUT_OF_REACH);
    }
    square.start();
    square.apply(new Plan().build());
    square.seconds(12);
    square.apply(new Plan().message("normal").build());
    assertThat(square.radio.running("hci0")).hasSize(7);
    square.apply(new Plan().message("normal").message("urgent", Priority.URGENT).build());
    square.seconds(15);
    List<String> objects = square.radio.offers.stream().map(each -> each.object.name()).toList();
    assertThat(objects.subList(0, 7)).containsOnly("normal.txt");
    assertThat(objects.subList(7, 14)).containsOnly("urgent.txt");
  }

  @Test
  void coverage_is_the_time_of_looks_that_ended_well() {
    square.start();
    square.apply(new Plan().build());
    square.seconds(120);
    square.report();
    // They take turns of 10 s.
    assertThat(square.reports.get(0).coverage())
        .extracting(c -> c.adapter() + " " + c.seconds())
        .containsExactly("hci0 60", "hci1 60");
  }

  @Test
  void a_look_that_failed_covers_nothing() {
    square.start();
    square.radio.set("hci1", Health.DOWN);
    square.apply(new Plan().build());
    square.seconds(5);
    square.radio.set("hci0", Health.RECOVERING);
    square.seconds(30);
    square.report();
    assertThat(square.reports.get(0).coverage()).isEmpty();
  }

  @Test
  void a_node_killed_mid_offer_counts_it_unresolved_and_never_asks_again() {
    FakePhone phone = square.phone(Behaviour.ACCEPTS);
    square.start();
    Plan plan = new Plan().message("taxis");
    square.apply(plan.build());
    while (!phone.beingOffered || phone.prompts.isEmpty()) {
      square.seconds(1);
    }
    square.kill();
    square.start();
    square.apply(plan.build());
    square.pass(Duration.ofHours(1));
    assertThat(phone.prompts).hasSize(1);
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.UNRESOLVED, 1L));
    square.pass(Duration.ofHours(24));
    assertThat(phone.prompts).hasSize(1);
    assertThat(square.withheld("taxis")).containsEntry(WithheldReason.ALREADY_OFFERED, 1L);
  }

  @Test
  void an_orderly_end_withdraws_what_is_under_way_and_writes_it_down() {
    square.phone(Behaviour.IGNORES);
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(15);
    CompletableFuture<Void> stopped = square.round.stop();
    square.time.runDue();
    assertThat(stopped).isCompleted();
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.WITHDRAWN, 1L));
    square.seconds(600);
    assertThat(square.radio.offers).hasSize(1);
  }

  @Test
  void results_that_come_after_the_end_harm_nothing() {
    square.phone(Behaviour.IGNORES);
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(15);
    square.round.stop();
    square.radio.close();
    square.seconds(600);
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.WITHDRAWN, 1L));
  }

  @Test
  void in_training_only_phones_on_the_test_list_are_asked_and_count_apart() {
    FakePhone ours = square.phone(Behaviour.ACCEPTS);
    FakePhone stranger = square.phone(Behaviour.ACCEPTS);
    square.testPhones.add(ours.address);
    square.start();
    Plan plan = new Plan().message("taxis");
    plan.training = true;
    square.apply(plan.build());
    square.seconds(60);
    assertThat(ours.receipts).hasSize(1);
    assertThat(stranger.prompts).isEmpty();
    assertThat(square.outcomes("taxis")).isEmpty();
    assertThat(square.withheld("taxis")).isEqualTo(Map.of(WithheldReason.NOT_ON_TEST_LIST, 1L));
    assertThat(square.allCounts()).allSatisfy(count -> assertThat(count.training()).isTrue());
    assertThat(square.reports)
        .allSatisfy(
            report ->
                assertThat(report.phonesSeen()).allSatisfy(s -> assertThat(s.training()).isTrue()));
  }

  @Test
  void when_training_begins_live_offers_are_withdrawn_and_training_spends_nothing_of_theirs() {
    FakePhone phone = square.phone(Behaviour.IGNORES);
    square.testPhones.add(phone.address);
    square.start();
    Plan plan = new Plan().message("taxis");
    square.apply(plan.build());
    square.seconds(15);
    plan.training = true;
    square.apply(plan.build());
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.WITHDRAWN, 1L));
    square.seconds(30);
    assertThat(phone.prompts).hasSize(2);
  }

  @Test
  void a_message_is_waiting_before_its_window_and_ended_after_its_last() {
    square.start();
    Plan plan = new Plan();
    plan.message(
        "tonight",
        Square.CAMPAIGN,
        Priority.NORMAL,
        new org.towncrier.protocol.Window(
            java.time.LocalDate.of(2026, 11, 26),
            java.time.LocalDate.of(2026, 11, 26),
            java.util.Set.of(java.time.DayOfWeek.THURSDAY),
            java.time.LocalTime.of(21, 0),
            java.time.LocalTime.of(22, 0),
            Square.LONDON));
    square.apply(plan.build());
    assertThat(statuses()).containsExactly(Status.WAITING);
    square.pass(Duration.ofMinutes(60));
    assertThat(statuses()).containsExactly(Status.ON_AIR);
    square.pass(Duration.ofMinutes(60));
    assertThat(statuses()).containsExactly(Status.ENDED);
  }

  @Test
  void a_campaign_that_ended_is_forgotten_and_its_messages_with_it() {
    FakePhone phone = square.phone(Behaviour.DECLINES);
    square.start();
    Plan plan = new Plan().message("taxis");
    plan.campaigns.put(Square.CAMPAIGN, Square.EVENING.plusSeconds(120));
    square.apply(plan.build());
    square.seconds(60);
    assertThat(rows("refusal")).isEqualTo(1);
    square.seconds(60);
    assertThat(rows("refusal")).isZero();
    assertThat(rows("asked")).isZero();
    assertThat(statuses()).containsExactly(Status.ENDED);
    plan.campaigns.put(Square.CAMPAIGN, Square.EVENING.plus(Duration.ofDays(30)));
    square.apply(plan.build());
    square.pass(Duration.ofHours(25));
    assertThat(phone.prompts).hasSize(1);
  }

  @Test
  void at_noon_what_was_kept_of_the_night_is_deleted() {
    square.phone(Behaviour.ACCEPTS);
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(60);
    assertThat(rows("tonight")).isEqualTo(1);
    square.pass(Duration.ofHours(16));
    assertThat(rows("tonight")).isZero();
    assertThat(rows("tonight_message")).isZero();
    assertThat(square.keys.night()).isEqualTo("2026-11-27");
  }

  @Test
  void on_a_full_disk_nothing_is_offered_and_the_node_says_why_until_there_is_room() {
    square.start();
    square.apply(new Plan().message("taxis").build());
    square.seconds(5);
    fillDisk();
    for (int i = 0; i < 300; i++) {
      square.phone(Behaviour.ACCEPTS);
    }
    square.pass(Duration.ofMinutes(10));
    int before = square.radio.offers.size();
    assertThat(square.round.silentBecause())
        .hasValueSatisfying(
            why -> assertThat(why).startsWith("cannot write its records: the disk is full"));
    square.pass(Duration.ofMinutes(5));
    assertThat(square.radio.offers).hasSize(before);
    square.store.pragma("max_page_count = 1000000");
    square.pass(Duration.ofMinutes(20));
    assertThat(square.round.silentBecause()).isEmpty();
    assertThat(square.phones).allSatisfy(phone -> assertThat(phone.receipts).hasSize(1));
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.ACCEPTED, 300L));
  }

  @Test
  void an_offer_that_ends_while_the_disk_is_full_is_counted_once_there_is_room() {
    FakePhone phone = square.phone(Behaviour.ACCEPTS);
    square.start();
    square.apply(new Plan().message("taxis").build());
    while (phone.prompts.isEmpty()) {
      square.seconds(1);
    }
    square.store.pragma("query_only = ON");
    square.seconds(120);
    assertThat(phone.receipts).hasSize(1);
    assertThat(square.round.silentBecause()).isPresent();
    square.store.pragma("query_only = OFF");
    square.seconds(10);
    assertThat(square.round.silentBecause()).isEmpty();
    assertThat(square.outcomes("taxis")).isEqualTo(Map.of(Outcome.ACCEPTED, 1L));
  }

  private void fillDisk() {
    long pages = Long.parseLong(square.store.pragma("page_count"));
    square.store.pragma("max_page_count = " + (pages + 2));
  }

  private long rows(String table) {
    return square.store.inTransaction(sql -> sql.number("SELECT count(*) FROM " + table));
  }

  private List<Status> statuses() {
    return square.round.messageStates().stream().map(MessageState::status).toList();
  }
}
