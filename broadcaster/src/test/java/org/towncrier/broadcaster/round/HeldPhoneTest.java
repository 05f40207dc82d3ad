package org.towncrier.broadcaster.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Sighting;

class HeldPhoneTest {
  private static final BluetoothAddress HELD = new BluetoothAddress(0x001BDC000001L);
  private static final BluetoothAddress OTHER = new BluetoothAddress(0x001BDC000002L);
  private static final AdapterId HCI0 = new AdapterId("hci0");
  private final HeldPhone held = new HeldPhone(-48);

  @Test
  void a_phone_held_for_a_minute_alone_is_found() {
    for (int second = 0; second <= 50; second += 10) {
      hear(HELD, -40, second);
      assertThat(held.found(at(second))).isEmpty();
    }
    hear(HELD, -42, 60);
    assertThat(held.found(at(60))).contains(HELD);
    assertThat(held.canTell()).isTrue();
  }

  @Test
  void a_look_that_missed_it_does_not_count_against_it() {
    for (int second : new int[] {0, 10, 20, 40, 50, 61}) {
      hear(HELD, -40, second);
    }
    assertThat(held.found(at(61))).contains(HELD);
  }

  @Test
  void one_that_was_taken_away_in_between_begins_anew() {
    for (int second : new int[] {0, 10, 20, 50, 60, 70}) {
      hear(HELD, -40, second);
    }
    assertThat(held.found(at(70))).isEmpty();
    hear(HELD, -60, 80);
    for (int second = 90; second <= 150; second += 10) {
      hear(HELD, -40, second);
    }
    assertThat(held.found(at(149))).isEmpty();
    assertThat(held.found(at(150))).contains(HELD);
  }

  @Test
  void of_two_that_are_close_neither_is_found() {
    for (int second = 0; second <= 120; second += 10) {
      hear(HELD, -40, second);
      hear(OTHER, -53, second);
      assertThat(held.found(at(second))).isEmpty();
    }
    for (int second = 130; second <= 180; second += 10) {
      hear(HELD, -40, second);
    }
    assertThat(held.found(at(180))).as("a minute after the other left").contains(HELD);
  }

  @Test
  void others_a_metre_away_do_not_matter() {
    for (int second = 0; second <= 60; second += 10) {
      hear(HELD, -40, second);
      hear(OTHER, -57, second);
    }
    assertThat(held.found(at(60))).contains(HELD);
  }

  @Test
  void what_another_adapter_hears_weakly_does_not_matter() {
    for (int second = 0; second <= 60; second += 10) {
      hear(HELD, -40, second);
      held.heard(sighting(HELD, OptionalInt.of(-70), new AdapterId("hci1"), second), at(second));
    }
    assertThat(held.found(at(60))).contains(HELD);
  }

  @Test
  void one_that_has_gone_is_not_found_any_more() {
    for (int second = 0; second <= 60; second += 10) {
      hear(HELD, -40, second);
    }
    assertThat(held.found(at(86))).isEmpty();
  }

  @Test
  void a_radio_that_does_not_say_how_near_a_phone_is_finds_none() {
    for (int second = 0; second <= 300; second += 10) {
      held.heard(sighting(HELD, OptionalInt.empty(), HCI0, second), at(second));
    }
    assertThat(held.found(at(300))).isEmpty();
    assertThat(held.canTell()).isFalse();
  }

  /** In a crowd that walks by, however close, with nobody staying: a wrong one is never found. */
  @Property(tries = 200)
  void nobody_who_walks_by_is_taken_for_the_one(@ForAll long seed) {
    Random random = new Random(seed);
    HeldPhone crowd = new HeldPhone(-48);
    for (int second = 0; second < 600; second++) {
      // Each is close for less than a minute, then walks on and is never seen again.
      long walker = second / 40;
      if (random.nextInt(8) == 0) {
        BluetoothAddress address = new BluetoothAddress(0x001BDC001000L + walker);
        crowd.heard(
            sighting(address, OptionalInt.of(-60 + random.nextInt(30)), HCI0, second), at(second));
      }
      assertThat(crowd.found(at(second))).isEmpty();
    }
  }

  private void hear(BluetoothAddress phone, int rssi, int second) {
    held.heard(sighting(phone, OptionalInt.of(rssi), HCI0, second), at(second));
  }

  private static Sighting sighting(
      BluetoothAddress phone, OptionalInt rssi, AdapterId by, int second) {
    return new Sighting(phone, FakePhone.A_PHONE, rssi, null, null, false, by, at(second));
  }

  private static Instant at(int second) {
    return Square.EVENING.plusSeconds(second);
  }
}
