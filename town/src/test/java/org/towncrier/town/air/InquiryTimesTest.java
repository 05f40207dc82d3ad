package org.towncrier.town.air;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;
import org.towncrier.town.air.PhoneTraits.Scan;

/**
 * On an ideal channel the model finds phones when Peterson, Baldwin and Kharoufeh (2006) derive
 * that they are found: 99% within 5.12 s, 3.84 s and 1.28 s, by the kind of scan.
 */
class InquiryTimesTest {
  private static final int PHONES = 2000;
  private static final AdapterId ONE = new AdapterId("one");
  private static final AdapterId TWO = new AdapterId("two");

  @Test
  void phones_of_v1_1_are_found_within_5_12_seconds_not_much_sooner() {
    List<Double> times = found(Scan.V1_1, 0, ONE);

    assertThat(quantile(times, 0.99)).isBetween(4.0, 5.12);
    assertThat(quantile(times, 0.5)).isBetween(1.5, 3.0); // half are in the second train
  }

  @Test
  void phones_of_v1_2_are_found_within_3_84_seconds_not_much_sooner() {
    List<Double> times = found(Scan.V1_2_STANDARD, 0, ONE);

    assertThat(quantile(times, 0.99)).isBetween(3.6, 3.84);
    assertThat(quantile(times, 0.45)).isLessThan(1.28); // those in the first train
    assertThat(quantile(times, 0.55)).isGreaterThan(2.56);
  }

  @Test
  void phones_that_interlace_are_found_within_1_28_seconds_not_much_sooner() {
    List<Double> times = found(Scan.V1_2_INTERLACED, 0, ONE);

    assertThat(quantile(times, 0.99)).isBetween(1.2, 1.28);
    assertThat(quantile(times, 0.5)).isBetween(0.55, 0.73);
  }

  @Test
  void a_second_inquirer_delays_the_first_and_precludes_it_for_some() {
    List<Double> alone = found(Scan.V1_2_INTERLACED, 0, ONE);
    List<Double> together = found(Scan.V1_2_INTERLACED, 0, ONE, TWO);

    assertThat(alone).hasSize(PHONES);
    // Those that hear the other one first, each time, are lost to this look.
    assertThat(together.size()).isBetween(PHONES * 4 / 10, PHONES * 6 / 10);
  }

  @Test
  void answers_that_are_lost_come_at_a_later_window() {
    assertThat(quantile(found(Scan.V1_2_INTERLACED, 0.3, ONE), 0.95)).isGreaterThan(2.56);
  }

  /** When each phone was found by the first adapter, in seconds, for those it found. */
  private static List<Double> found(Scan scan, double lost, AdapterId... adapters) {
    VirtualEventLoop loop = new VirtualEventLoop(Instant.parse("2026-11-27T21:00:00Z"));
    AirModel model =
        new AirModel(
            new AirModel.Inquiry(1.28, 2.56, 1.28, 0.64, 0, 0, 1, lost, 0, 1, 1, 0),
            new AirModel.Link(
                1.28, 0, 0, 5.12, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 1e5, 0.05, 1, 20, 0, 0, 0),
            new AirModel.Signal(-50, -90, 0, 0));
    VirtualAir air = new VirtualAir(loop, model, 11);
    SimulatedRadio radio = new SimulatedRadio(air, List.of(adapters), OfferWitness.NONE);
    radio.start(status -> {});
    for (int i = 0; i < PHONES; i++) {
      PhoneTraits traits =
          new PhoneTraits(
              new BluetoothAddress(i + 1L),
              PhoneSettings.SMARTPHONE,
              null,
              scan,
              1,
              new PhoneBehaviour.NoObjectPush());
      air.appear(traits, null).discoverable(true);
    }
    loop.advance(Duration.ofMillis(12_345));
    Instant from = loop.now();
    List<Double> times = new ArrayList<>();
    for (AdapterId adapter : adapters) {
      radio.inquire(
          adapter,
          Duration.ofMillis(10_240),
          sighting -> {
            if (sighting.by().equals(ONE)) {
              times.add(Duration.between(from, sighting.at()).toMillis() / 1000.0);
            }
          });
    }
    loop.advance(Duration.ofSeconds(11));
    Collections.sort(times);
    return times;
  }

  private static double quantile(List<Double> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
