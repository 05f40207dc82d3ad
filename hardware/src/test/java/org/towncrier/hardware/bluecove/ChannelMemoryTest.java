package org.towncrier.hardware.bluecove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.BluetoothAddress;

class ChannelMemoryTest {
  private static final BluetoothAddress PHONE = new BluetoothAddress(0x001BDC000001L);

  private Instant now = Instant.parse("2026-11-27T19:00:00Z");
  private final ChannelMemory channels = new ChannelMemory(() -> now);

  @Test
  void a_channel_is_remembered_for_the_night() {
    channels.remember(PHONE, 12);
    now = now.plus(Duration.ofHours(9));
    assertThat(channels.of(PHONE)).isEqualTo(OptionalInt.of(12));
  }

  @Test
  void and_not_for_the_next() {
    channels.remember(PHONE, 12);
    now = now.plus(Duration.ofHours(24));
    assertThat(channels.of(PHONE)).isEmpty();
  }

  @Test
  void nobody_needs_to_ask_for_a_phone_to_be_forgotten() {
    channels.remember(PHONE, 12);
    now = now.plus(Duration.ofHours(13));
    channels.forgetOld();
    assertThat(channels.size()).isZero();
  }

  @Test
  void a_clock_set_back_does_not_make_it_last() {
    channels.remember(PHONE, 12);
    now = now.minus(Duration.ofDays(400));
    assertThat(channels.of(PHONE)).isEmpty();
  }

  @Test
  void no_more_than_ten_thousand_are_remembered() {
    for (int i = 0; i < 10_500; i++) {
      channels.remember(new BluetoothAddress(0x001BDC000000L + i), 3);
    }
    assertThat(channels.size()).isEqualTo(10_000);
    assertThat(channels.of(new BluetoothAddress(0x001BDC000000L))).isEmpty();
    assertThat(channels.of(new BluetoothAddress(0x001BDC000000L + 10_499)))
        .isEqualTo(OptionalInt.of(3));
  }
}
