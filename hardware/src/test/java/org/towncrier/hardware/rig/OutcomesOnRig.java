package org.towncrier.hardware.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;

/**
 * What phones and their owners do, and the one right end of each. All are asked at once, through
 * three adapters, because some take a minute.
 */
@Guest(controllers = 24, adapters = 3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the square in
class OutcomesOnRig {
  private static final PushObject LAST_BUS =
      new PushObject(
          "last-bus.txt",
          "text/plain",
          "Last bus to Coalville: 23:40".getBytes(StandardCharsets.UTF_8));

  /** More than a link takes in at once, so that it is on its way when something happens. */
  private static final PushObject POSTER =
      new PushObject("poster.jpg", "image/jpeg", noise(200_000));

  private static final int NOBODY = 0xF0;

  private final Map<String, Integer> phones = new HashMap<>();
  private final Map<String, Offer> offers = new HashMap<>();
  private Square square;

  @BeforeAll
  void ask_everybody() throws Exception {
    square = new Square(3);
    square.air().mask(); // one bluetoothd could not answer for so many phones at once
    square.air().set(21, "accept"); // those who are asked later
    square.air().set(22, "stall:body");
    square.air().set(23, "accept");
    square.open();
    ask(0, "android:silent", LAST_BUS);
    ask(0, "android:yes:8", LAST_BUS);
    ask(0, "android:no:3", LAST_BUS);
    ask(0, "never", LAST_BUS);
    ask(0, "never:headers", LAST_BUS);
    ask(0, "vanish:body", POSTER);
    ask(0, "vanish:final", LAST_BUS);
    ask(1, "accept", POSTER);
    ask(1, "slow:8", LAST_BUS);
    ask(1, "reject", LAST_BUS);
    ask(1, "no-opush", LAST_BUS);
    ask(1, "drop:body", POSTER);
    ask(1, "sdp:silent", LAST_BUS);
    offers.put("nobody", square.offer(1, NOBODY, LAST_BUS));
    ask(2, "stall:body", POSTER);
    ask(2, "sdp:pieces:24", LAST_BUS);
    ask(2, "sdp:channel:12", LAST_BUS);
  }

  @AfterAll
  void leave() throws Exception {
    square.close();
  }

  @Test
  void an_accepting_phone_has_the_whole_object() throws Exception {
    ended("accept", End.ACCEPTED, true);
    received("accept", POSTER);
  }

  @Test
  void a_refusal_is_a_refusal_with_its_code() throws Exception {
    assertThat(ended("reject", End.REFUSED, false).response()).hasValue(0xC3);
  }

  @Test
  void an_owner_who_takes_eight_seconds_has_the_object_then() throws Exception {
    ended("slow:8", End.ACCEPTED, true);
    received("slow:8", LAST_BUS);
  }

  @Test
  void on_android_an_owner_who_takes_eight_seconds_has_the_object_then() throws Exception {
    ended("android:yes:8", End.ACCEPTED, true);
    received("android:yes:8", LAST_BUS);
  }

  @Test
  void on_android_no_is_forbidden() throws Exception {
    assertThat(ended("android:no:3", End.REFUSED, false).response()).hasValue(0xC3);
  }

  @Test
  void on_android_silence_is_forbidden_after_fifty_seconds_and_that_is_waited_for()
      throws Exception {
    assertThat(ended("android:silent", End.REFUSED, false).response()).hasValue(0xC3);
    assertThat(Air.events(phones.get("android:silent"), "asked")).hasSize(1);
  }

  @Test
  void a_phone_that_never_answers_is_given_up_at_the_deadline_and_may_have_the_object()
      throws Exception {
    ended("never", End.DEADLINE, true);
  }

  @Test
  void a_phone_that_never_answers_the_headers_has_nothing() throws Exception {
    ended("never:headers", End.DEADLINE, false);
    assertThat(Air.events(phones.get("never:headers"), "received")).isEmpty();
  }

  @Test
  void a_phone_with_no_object_push_is_told_apart() throws Exception {
    ended("no-opush", End.NO_OBJECT_PUSH, false);
  }

  @Test
  void nobody_there_is_not_reached() throws Exception {
    ended("nobody", End.NOT_REACHED, false);
  }

  @Test
  void a_phone_whose_service_discovery_is_silent_is_not_reached() throws Exception {
    ended("sdp:silent", End.NOT_REACHED, false);
  }

  @Test
  void a_service_told_in_small_pieces_is_understood() throws Exception {
    ended("sdp:pieces:24", End.ACCEPTED, true);
  }

  @Test
  void a_service_on_another_channel_is_found_there() throws Exception {
    ended("sdp:channel:12", End.ACCEPTED, true);
    received("sdp:channel:12", LAST_BUS);
  }

  @Test
  void a_phone_that_cuts_the_link_in_the_middle_is_a_lost_link() throws Exception {
    ended("drop:body", End.LINK_LOST, false);
  }

  @Test
  void a_phone_that_walks_off_in_the_middle_is_a_lost_link() throws Exception {
    ended("vanish:body", End.LINK_LOST, false);
    assertThat(Air.events(phones.get("vanish:body"), "received")).isEmpty();
  }

  @Test
  void a_phone_that_walks_off_with_the_last_packet_may_have_the_object() throws Exception {
    ended("vanish:final", End.LINK_LOST, true);
    received("vanish:final", LAST_BUS);
  }

  @Test
  void an_adapter_pulled_out_in_the_middle_is_our_fault_and_comes_back_under_another_name()
      throws Exception {
    assertThat(Square.await(offers.get("sdp:pieces:24")).end()).isEqualTo(End.ACCEPTED);
    assertThat(Square.await(offers.get("sdp:channel:12")).end()).isEqualTo(End.ACCEPTED);
    Square.awaitEvent(phones.get("stall:body"), "stall");
    String was = square.air().command("hci 2");

    square.air().command("unplug 2 4000");

    ended("stall:body", End.ADAPTER_FAILED, false);
    square.awaitHealth(2, Health.RECOVERING);
    String other = square.air().command("plug 64"); // somebody else's dongle takes the name
    String now = square.air().command("plug 2");
    assertThat(other).isEqualTo(was);
    assertThat(now).isNotEqualTo(was);
    square.awaitHealth(2, Health.UP);
    assertThat(Square.await(square.offer(2, 23, LAST_BUS)).end()).isEqualTo(End.ACCEPTED);
    // Who was linked believes in that link for 4 s, and takes no other until then.
    int believer = phones.get("stall:body");
    square.air().set(believer, "accept");
    assertThat(Square.await(square.offer(2, believer, LAST_BUS)).end()).isEqualTo(End.ACCEPTED);
  }

  @Test
  void an_adapter_that_the_kernel_resets_is_used_again() throws Exception {
    for (String policy : List.of("accept", "slow:8", "reject", "no-opush", "sdp:silent")) {
      Square.await(offers.get(policy));
    }
    Offer cut = square.offer(1, 22, POSTER);
    Square.awaitEvent(22, "stall");

    square.air().command("reset 1");

    // Whoever was quicker: the radio that asks its adapter, or the kernel that has it back by then.
    assertThat(Square.await(cut).end()).isIn(End.ADAPTER_FAILED, End.LINK_LOST);
    // Another phone: that one believes in its link until the supervision timeout.
    Square.await(
        "a phone is reached again",
        () -> Square.await(square.offer(1, 21, LAST_BUS)).end() == End.ACCEPTED);
  }

  private void ask(int adapter, String policy, PushObject object) throws Exception {
    int phone = 3 + phones.size();
    phones.put(policy, phone);
    square.air().set(phone, policy);
    offers.put(policy, square.offer(adapter, phone, object));
  }

  private OfferResult ended(String policy, End end, boolean finalPacketSent) throws Exception {
    OfferResult result = Square.await(offers.get(policy));
    assertThat(result.end()).as(policy + ": " + result.detail()).isEqualTo(end);
    assertThat(result.finalPacketSent()).isEqualTo(finalPacketSent);
    assertThat(result.took()).isLessThan(Square.DEADLINE.plusSeconds(5));
    return result;
  }

  private void received(String policy, PushObject object) throws Exception {
    assertThat(Air.events(phones.get(policy), "received"))
        .singleElement()
        .satisfies(event -> Objects.same(event, object));
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(3).nextBytes(bytes);
    return bytes;
  }
}
