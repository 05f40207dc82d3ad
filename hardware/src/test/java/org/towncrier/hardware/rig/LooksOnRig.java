package org.towncrier.hardware.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Radio.InquiryEnd;
import org.towncrier.hardware.Sighting;

/** Who is seen in a crowded square, and what is known of them without a question asked. */
@Guest(controllers = 32, adapters = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the square in
class LooksOnRig {
  /** The Bluetooth specification's own length of an inquiry. */
  private static final Duration LOOK = Duration.ofMillis(10_240);

  private static final int OBJECT_PUSH = 0x1105;
  private static final int FIRST_PHONE = 2;
  private static final int IPHONE = 28;
  private static final int HIDDEN = 29;
  private static final int ABSENT = 30;
  private static final int LAPTOP = 31;
  private static final int LAPTOP_CLASS = 0x1C010C;

  private final Map<BluetoothAddress, Sighting> seen = new ConcurrentHashMap<>();
  private Square square;
  private InquiryEnd end;

  @BeforeAll
  void look_around() throws Exception {
    square = new Square(2);
    for (int phone = FIRST_PHONE; phone < IPHONE; phone++) {
      square.air().set(phone, "accept");
    }
    square.air().set(IPHONE, "no-opush");
    square.air().set(HIDDEN, "hidden");
    square.air().set(ABSENT, "absent");
    square.air().set(LAPTOP, "accept");
    square.air().command("describe " + LAPTOP + " 1c010c -81 Büro-Laptop");
    square.open();
    end =
        Square.await(
            square.radio().inquire(Square.adapter(0), LOOK, s -> seen.put(s.address(), s)));
  }

  @AfterAll
  void leave() throws Exception {
    square.close();
  }

  @Test
  void every_phone_on_the_air_is_found_more_than_twenty_in_one_look() {
    assertThat(end).isEqualTo(InquiryEnd.COMPLETED);
    for (int phone = FIRST_PHONE; phone <= IPHONE; phone++) {
      assertThat(seen).as("phone " + phone).containsKey(Air.address(phone));
    }
  }

  @Test
  void nobody_else_is_seen_neither_hidden_nor_absent_nor_our_own_other_adapter() {
    assertThat(seen).hasSize(IPHONE - FIRST_PHONE + 2).containsKey(Air.address(LAPTOP));
  }

  @Test
  void each_is_seen_with_its_class() {
    assertThat(seen.get(Air.address(FIRST_PHONE)).classOfDevice()).isEqualTo(AirPhone.SMART_PHONE);
    assertThat(seen.get(Air.address(FIRST_PHONE)).isPhone()).isTrue();
    assertThat(seen.get(Air.address(LAPTOP)).classOfDevice()).isEqualTo(LAPTOP_CLASS);
    assertThat(seen.get(Air.address(LAPTOP)).isPhone()).isFalse();
  }

  @Test
  void each_is_heard_with_its_own_strength() {
    assertThat(seen.get(Air.address(LAPTOP)).rssi()).hasValue(-81);
    for (int phone = FIRST_PHONE; phone <= IPHONE; phone++) {
      assertThat(seen.get(Air.address(phone)).rssi()).hasValue(-40 - phone % 50);
    }
  }

  @Test
  void who_says_a_name_and_services_is_known_by_them_and_the_others_are_not_guessed_at() {
    Map<Boolean, Integer> told = new HashMap<>();
    for (int phone = FIRST_PHONE; phone < IPHONE; phone++) {
      Sighting sighting = seen.get(Air.address(phone));
      boolean says = phone % 4 != 0; // README.md: every fourth has no extended response
      told.merge(says, 1, Integer::sum);
      assertThat(sighting.name()).isEqualTo(says ? "phone-" + phone : null);
      assertThat(sighting.services()).isEqualTo(says ? Set.of(OBJECT_PUSH) : null);
    }
    assertThat(told).containsOnlyKeys(true, false);
    assertThat(seen.get(Air.address(LAPTOP)).name()).isEqualTo("Büro-Laptop");
  }

  @Test
  void a_phone_that_offers_something_else_is_not_taken_for_one_with_object_push() throws Exception {
    square.air().set(IPHONE + 1, "no-opush");
    Map<BluetoothAddress, Sighting> now = new ConcurrentHashMap<>();
    AdapterId other = Square.adapter(1);

    Square.await(square.radio().inquire(other, LOOK.dividedBy(4), s -> now.put(s.address(), s)));

    assertThat(now.get(Air.address(IPHONE + 1)).services()).doesNotContain(OBJECT_PUSH);
    assertThat(now.get(Air.address(IPHONE + 1)).by()).isEqualTo(other);
    square.air().set(IPHONE + 1, "hidden");
  }
}
