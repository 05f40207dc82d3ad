package org.towncrier.hardware.bluecove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Radio;

class BlueCoveSettingsTest {
  private static final BlueCoveStack MISSING = new NativeStack("com.intel.bluetooth.NoSuchStack");
  private static final AdapterSettings HCI0 = new AdapterSettings(new AdapterId("hci0"), null);

  @Test
  void a_radio_needs_an_adapter() {
    assertThatThrownBy(() -> new BlueCoveSettings(MISSING, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("adapters");
  }

  @Test
  void no_adapter_is_named_twice() {
    assertThatThrownBy(() -> new BlueCoveSettings(MISSING, List.of(HCI0, HCI0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hci0 is named twice");
  }

  @Test
  void no_two_adapters_have_one_address_and_the_error_does_not_repeat_it() {
    BluetoothAddress address = BluetoothAddress.parse("0A:00:00:00:00:01");
    List<AdapterSettings> adapters =
        List.of(
            new AdapterSettings(new AdapterId("hci0"), address),
            new AdapterSettings(new AdapterId("hci1"), address));

    assertThatThrownBy(() -> new BlueCoveSettings(MISSING, adapters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hci1")
        .hasMessageNotContaining(address.hex());
  }

  @Test
  void times_and_sizes_are_checked_with_their_key() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(
            () -> new BlueCoveSettings.Timing(Duration.ZERO, second, second, second, 3, 8192))
        .hasMessageContaining("connect");
    assertThatThrownBy(() -> new BlueCoveSettings.Timing(second, second, second, second, 0, 8192))
        .hasMessageContaining("giveUpAfter");
    for (int wrong : new int[] {254, 65_536}) {
      assertThatThrownBy(
              () -> new BlueCoveSettings.Timing(second, second, second, second, 3, wrong))
          .hasMessageContaining("maxPacket");
    }
  }

  @Test
  void tries_get_rarer_up_to_a_limit() {
    BlueCoveSettings.Timing timing = BlueCoveSettings.Timing.DEFAULT;

    assertThat(timing.retryAfter(0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(timing.retryAfter(3)).isEqualTo(Duration.ofSeconds(8));
    assertThat(timing.retryAfter(5)).isEqualTo(Duration.ofSeconds(30));
    assertThat(timing.retryAfter(1_000)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void an_adapter_without_an_address_is_found_by_the_systems_name_of_it() throws Exception {
    assertThat(new NativeStack("java.lang.Object").prepare(HCI0))
        .containsEntry("bluecove.deviceID", "0")
        .containsEntry("bluecove.bluez.class", "java.lang.Object");
  }

  @Test
  void a_stack_that_is_not_there_is_an_adapter_that_is_down_and_says_what_to_do() throws Exception {
    BlockingQueue<AdapterStatus> told = new LinkedBlockingQueue<>();
    try (Radio radio =
        new BlueCoveRadio(new BlueCoveSettings(MISSING, List.of(HCI0)), InstantSource.system())) {
      radio.start(told::add);

      AdapterStatus status = told.poll(30, TimeUnit.SECONDS);

      assertThat(status).isNotNull();
      assertThat(status.health()).isEqualTo(Health.DOWN);
      assertThat(status.detail()).contains("NoSuchStack").contains("choose the emulator");
    }
  }
}
