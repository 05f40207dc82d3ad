package org.towncrier.broadcaster.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.round.FakePhone.Behaviour;
import org.towncrier.broadcaster.round.Plaza.Node;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.WithheldReason;

/** Phones whose owners don't want to be asked, and how they say so. */
class LeftAloneTest {
  @TempDir Path folder;
  private Plaza plaza;
  private Node clock;
  private Node market;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void two_nodes() {
    plaza = new Plaza(folder, Square.EVENING);
    plaza.plan.message("taxis");
    clock = plaza.add("clock").start();
    market = plaza.add("market").start();
    plaza.heard.clear();
    plaza.tellAll();
  }

  @AfterEach
  void the_rules_held() {
    assertThat(plaza.broken()).isEmpty();
    plaza.close();
  }

  @Test
  void a_phone_that_is_called_by_the_word_is_never_asked_and_counted_so() {
    FakePhone phone = plaza.phoneOf(clock, Behaviour.ACCEPTS, "clock");
    phone.name = "Ann (NoCrier)";
    plaza.seconds(120);
    assertThat(phone.prompts).isEmpty();
    assertThat(withheld(clock)).isEqualTo(Map.of(WithheldReason.OPTED_OUT, 1L));
  }

  @Test
  void the_word_counts_wherever_it_was_heard_once() {
    FakePhone phone = plaza.phoneOf(clock, Behaviour.ACCEPTS, "clock");
    phone.name = "no crier";
    plaza.seconds(60);
    phone.name = null;
    plaza.move(phone, "clock", "market");
    plaza.sleepUntil(Square.EVENING.plus(Duration.ofDays(1)));
    plaza.tellAll();
    plaza.seconds(300);
    assertThat(phone.prompts).isEmpty();
  }

  @Test
  void another_nodes_phone_that_is_called_by_the_word_is_not_asked_by_its_owner_either() {
    FakePhone phone = plaza.phoneOf(clock, Behaviour.ACCEPTS, "market");
    phone.name = "no crier";
    plaza.seconds(60);
    phone.name = null;
    plaza.move(phone, "clock");
    plaza.seconds(300);
    assertThat(phone.prompts).isEmpty();
  }

  @Test
  void a_phone_that_is_held_next_to_the_node_is_left_alone_at_every_node() {
    FakePhone phone = plaza.phoneOf(market, Behaviour.ACCEPTS);
    phone.rssi = OptionalInt.of(-40);
    leaveAlone(300);
    plaza.move(phone, "clock");
    plaza.seconds(90);
    assertThat(said).singleElement().asString().startsWith("true One phone was added.");
    plaza.move(phone, "clock", "market");
    plaza.seconds(120);
    assertThat(phone.prompts).isEmpty();
    plaza.sleepUntil(Square.EVENING.plus(Duration.ofDays(1)));
    plaza.plan.message("buses");
    plaza.tellAll();
    plaza.seconds(300);
    assertThat(phone.prompts).isEmpty();
  }

  @Test
  void a_node_that_was_cut_off_hears_of_it_when_it_is_back() {
    market.reachable(false);
    FakePhone phone = plaza.phoneOf(market, Behaviour.ACCEPTS);
    phone.rssi = OptionalInt.of(-40);
    leaveAlone(300);
    plaza.move(phone, "clock");
    plaza.seconds(90);
    market.reachable(true);
    plaza.seconds(5);
    plaza.move(phone, "market");
    plaza.seconds(120);
    assertThat(phone.prompts).isEmpty();
  }

  @Test
  void nobody_else_near_is_left_out() {
    FakePhone other = plaza.phoneOf(clock, Behaviour.ACCEPTS, "clock");
    other.rssi = OptionalInt.of(-70);
    FakePhone phone = plaza.phoneOf(clock, Behaviour.ACCEPTS);
    phone.rssi = OptionalInt.of(-40);
    leaveAlone(300);
    plaza.move(phone, "clock");
    plaza.seconds(120);
    assertThat(phone.prompts).isEmpty();
    assertThat(other.received()).hasSize(1);
  }

  @Test
  void of_two_that_are_held_none_is_taken_and_it_is_said_why() {
    for (int i = 0; i < 2; i++) {
      plaza.phone(Behaviour.ACCEPTS, "clock").rssi = OptionalInt.of(-40);
    }
    leaveAlone(120);
    plaza.seconds(121);
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("false No phone was added: none was held");
  }

  @Test
  void a_radio_that_cannot_tell_says_so() {
    plaza.phone(Behaviour.ACCEPTS, "clock");
    leaveAlone(120);
    plaza.seconds(121);
    assertThat(said).singleElement().asString().contains("does not say how near");
  }

  @Test
  void a_node_that_does_not_look_says_why() {
    clock.radio.set("hci0", Health.DOWN);
    leaveAlone(60);
    plaza.seconds(61);
    assertThat(said).singleElement().asString().contains("has no Bluetooth adapter that works");
  }

  private void leaveAlone(long seconds) {
    clock.round.leaveAlone(
        plaza.time.now().plusSeconds(seconds), (found, detail) -> said.add(found + " " + detail));
  }

  private static Map<WithheldReason, Long> withheld(Node node) {
    return node.deliveries.takeUnreported(Square.EVENING).outcomes().stream()
        .filter(count -> count.reason() != null)
        .collect(
            Collectors.groupingBy(
                OutcomeCount::reason, Collectors.summingLong(OutcomeCount::count)));
  }
}
