package org.towncrier.town.street;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;

class StreetTest {
  private static final Crowd.Range AT_ONCE = new Crowd.Range(Duration.ZERO, Duration.ZERO);

  @Test
  @Timeout(60)
  void phones_come_to_every_square_and_all_have_left_when_the_street_is_empty() throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        Street street =
            new Street(
                air,
                Crowd.LIVELY,
                List.of(new Square(1, 1_200), new Square(2, 1_200)),
                new Random(7))) {
      street.start();
      await().atMost(Duration.ofSeconds(40)).until(() -> street.came() >= 5 && places(street) == 2);

      assertThat(street.empty(Duration.ofSeconds(50))).isTrue();

      assertThat(street.phones()).isZero();
      assertThat(air.devices()).isZero();
      assertThat(street.addresses()).hasSizeGreaterThanOrEqualTo((int) street.came());
    }
  }

  private static long places(Street street) {
    return street.addresses().stream().map(EmulatedAddress::placeOf).distinct().count();
  }

  @Test
  void the_same_seed_brings_the_same_crowd_and_another_seed_another() {
    assertThat(crowd(3)).isEqualTo(crowd(3)).isNotEqualTo(crowd(4));
  }

  @Test
  void a_crowd_is_mixed_as_its_weights_say() {
    Crowd declining = new Crowd(0, 1, 0, 0, 0, 0, AT_ONCE, Duration.ofSeconds(1), AT_ONCE);
    BluetoothAddress address = EmulatedAddress.of(1, 1);

    assertThat(declining.somebody(address, new Random(1)).behaviour())
        .isEqualTo(new PhoneBehaviour.Declines(Duration.ZERO));
    assertThat(
            crowd(11).stream()
                .map(settings -> settings.behaviour().getClass().getSimpleName())
                .distinct())
        .contains("Accepts", "Declines", "Ignores", "NoObjectPush", "OutOfReach");
  }

  private static List<PhoneSettings> crowd(long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, 200)
        .mapToObj(i -> Crowd.LIVELY.somebody(EmulatedAddress.random(1, random), random))
        .toList();
  }
}
