package org.towncrier.broadcaster.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.round.FakePhone.Behaviour;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/** A message offered to the team's own phones on command. */
class TestOfferTest {
  @TempDir Path folder;
  private Square square;
  private final Square.Plan plan = new Square.Plan();
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void a_message_whose_window_is_shut() {
    square = new Square(folder, Square.EVENING);
    plan.message(
        "taxis",
        Square.CAMPAIGN,
        Priority.NORMAL,
        Window.daily(LocalTime.of(2, 0), LocalTime.of(3, 0), Square.LONDON));
  }

  @AfterEach
  void no_rule_was_broken() {
    assertThat(square.breaches()).isEmpty();
    square.close();
  }

  @Test
  void only_phones_of_the_test_list_are_asked_and_they_are_counted_apart() {
    FakePhone ours = ours(Behaviour.ACCEPTS);
    FakePhone declines = ours(Behaviour.DECLINES);
    FakePhone stranger = square.phone(Behaviour.ACCEPTS);
    begin();
    test("taxis");
    square.seconds(120);
    assertThat(ours.received()).containsExactly("taxis.txt");
    assertThat(declines.promptedFor()).containsExactly("taxis.txt");
    assertThat(stranger.prompts).isEmpty();
    assertThat(said)
        .containsExactly(
            "true Of the 2 on this node's test list 2 were near: 1 accepted it; 1 declined it, or"
                + " let it ring out.");
    square.report();
    assertThat(counts())
        .isEqualTo(
            Map.of(
                "true " + Outcome.ACCEPTED, 1L,
                "true " + Outcome.DECLINED_OR_IGNORED, 1L));
  }

  @Test
  void it_takes_nothing_from_what_the_phone_may_be_offered_live() {
    FakePhone ours = ours(Behaviour.ACCEPTS);
    plan.message("buses");
    begin();
    test("buses");
    square.seconds(180);
    assertThat(ours.received()).containsExactly("buses.txt", "buses.txt");
    assertThat(square.outcomes("buses")).isEqualTo(Map.of(Outcome.ACCEPTED, 1L));
  }

  @Test
  void training_s_contact_rules_hold_and_it_is_said_which_one_stood_against_it() {
    FakePhone ours = ours(Behaviour.ACCEPTS);
    plan.message("buses");
    plan.messages.remove(1);
    begin();
    test("taxis");
    square.seconds(60);
    test("taxis");
    square.seconds(60);
    assertThat(ours.prompts).hasSize(1);
    assertThat(said.get(1))
        .isEqualTo(
            "false Of the 1 on this node's test list 1 was near: 1 not asked, since it was offered"
                + " this message before.");
  }

  @Test
  void a_node_without_test_phones_says_where_they_belong() {
    square.phone(Behaviour.ACCEPTS);
    begin();
    test("taxis");
    assertThat(said).singleElement().asString().contains("false No phone was asked", "testPhones");
  }

  @Test
  void when_no_test_phone_comes_it_says_so_in_the_end() {
    FakePhone ours = ours(Behaviour.ACCEPTS);
    ours.from = Square.EVENING.plus(Duration.ofHours(1));
    begin();
    test("taxis");
    square.seconds(290);
    assertThat(said).isEmpty();
    square.seconds(20);
    assertThat(said).singleElement().asString().contains("none of the 1", "Bluetooth settings");
    square.pass(Duration.ofHours(1));
    assertThat(ours.prompts).isEmpty();
  }

  @Test
  void the_rest_of_the_list_is_not_waited_for_to_the_end_once_one_was_asked() {
    ours(Behaviour.ACCEPTS);
    ours(Behaviour.ACCEPTS).from = Square.EVENING.plus(Duration.ofHours(1));
    begin();
    test("taxis");
    square.seconds(90);
    assertThat(said)
        .containsExactly("true Of the 2 on this node's test list 1 was near: 1 accepted it.");
  }

  @Test
  void a_node_on_hold_asks_nobody_and_says_why() {
    FakePhone ours = ours(Behaviour.ACCEPTS);
    plan.hold = true;
    begin();
    test("taxis");
    square.seconds(60);
    assertThat(ours.prompts).isEmpty();
    assertThat(said).containsExactly("false No phone was asked: the node is on hold.");
  }

  @Test
  void outside_the_permitted_hours_nobody_is_asked_test_phone_or_not() {
    FakePhone ours = ours(Behaviour.ACCEPTS);
    square.permittedHours = Window.daily(LocalTime.of(22, 0), LocalTime.of(4, 0), Square.LONDON);
    begin();
    test("taxis");
    square.seconds(60);
    assertThat(ours.prompts).isEmpty();
    assertThat(said).singleElement().asString().contains("outside its permitted hours");
  }

  @Test
  void what_is_not_in_the_schedule_is_never_offered() {
    FakePhone ours = ours(Behaviour.ACCEPTS);
    begin();
    test("anything");
    square.seconds(60);
    assertThat(ours.prompts).isEmpty();
    assertThat(said).singleElement().asString().contains("does not have that message");
  }

  @Test
  void a_message_that_is_taken_off_meanwhile_is_withdrawn_from_test_phones_too() {
    ours(Behaviour.NEVER_ANSWERS);
    plan.message("buses");
    begin();
    test("taxis");
    square.seconds(20);
    plan.messages.remove(0);
    square.apply(plan.build());
    square.seconds(10);
    assertThat(said)
        .singleElement()
        .asString()
        .contains("1 was asked, and then the node had to stop", "ended early");
  }

  @Test
  void a_radio_that_does_not_work_is_named() {
    ours(Behaviour.ACCEPTS);
    begin();
    square.radio.set("hci0", Health.DOWN);
    square.seconds(2);
    test("taxis");
    square.seconds(2);
    assertThat(said).singleElement().asString().contains("no Bluetooth adapter that works");
  }

  @Test
  void another_test_ends_the_one_before() {
    ours(Behaviour.ACCEPTS).from = Square.EVENING.plus(Duration.ofHours(1));
    begin();
    test("taxis");
    test("taxis");
    assertThat(said).singleElement().asString().contains("It was begun anew.");
  }

  @Test
  void a_test_phone_that_is_called_by_the_word_is_not_asked_and_it_is_said_why() {
    FakePhone ours = ours(Behaviour.ACCEPTS);
    ours.name = "Ann (NoCrier)";
    begin();
    test("taxis");
    square.seconds(60);
    assertThat(ours.prompts).isEmpty();
    assertThat(said)
        .containsExactly(
            "false Of the 1 on this node's test list 1 was near: 1 not asked, since it asked to be"
                + " left alone.");
  }

  @Test
  void an_offer_that_cannot_be_written_down_ends_the_test_and_leaves_the_phone_unasked() {
    FakePhone ours = ours(Behaviour.ACCEPTS);
    begin();
    square.store.run(
        sql ->
            sql.update(
                "CREATE TRIGGER large_offers AFTER INSERT ON open_offer"
                    + " BEGIN INSERT INTO store_probe VALUES (zeroblob(1000000)); END"));
    long pages = Long.parseLong(square.store.pragma("page_count"));
    square.store.pragma("max_page_count = " + (pages + 2));
    test("taxis");
    square.seconds(20);
    assertThat(ours.prompts).isEmpty();
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith(
            "false No phone was asked: the node cannot write its records: the disk is full");
    square.store.pragma("max_page_count = 1000000");
    square.seconds(20);
    test("taxis");
    square.seconds(60);
    assertThat(ours.received()).containsExactly("taxis.txt");
    assertThat(said).hasSize(2).last().asString().startsWith("true").endsWith("1 accepted it.");
  }

  @Test
  void a_radio_that_would_not_begin_the_offer_ends_the_test() {
    FakePhone ours = ours(Behaviour.ACCEPTS);
    begin();
    square.seconds(1);
    square.radio.refuses = true;
    test("taxis");
    square.seconds(60);
    assertThat(ours.prompts).isEmpty();
    assertThat(said)
        .containsExactly(
            "true Of the 1 on this node's test list 1 was near: 1 was not asked, since the node's"
                + " radio failed.");
  }

  @Test
  void in_training_a_phone_that_waits_for_its_turn_and_is_tested_meanwhile_holds_nobody_up() {
    plan.training = true;
    for (int i = 0; i < 8; i++) {
      ours(Behaviour.IGNORES);
    }
    begin();
    square.seconds(20);
    square.apply(plan.message("buses").build());
    assertThat(square.radio.running("hci0")).hasSize(7);
    test("buses");
    square.seconds(180);
    assertThat(square.phones)
        .allSatisfy(phone -> assertThat(phone.promptedFor()).containsExactly("buses.txt"));
  }

  private FakePhone ours(Behaviour behaviour) {
    FakePhone phone = square.phone(behaviour);
    square.testPhones.add(phone.address);
    return phone;
  }

  private void begin() {
    square.start();
    square.apply(plan.build());
  }

  private void test(String message) {
    square.round.testOffer(
        new MessageId(message),
        square.time.now().plusSeconds(300),
        (asked, detail) -> said.add(asked + " " + detail));
    square.time.runDue();
  }

  private Map<String, Long> counts() {
    return square.allCounts().stream()
        .collect(
            Collectors.groupingBy(
                count -> count.training() + " " + count.outcome(),
                Collectors.summingLong(OutcomeCount::count)));
  }
}
