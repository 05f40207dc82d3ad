package org.towncrier.hardware.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Radio.InquiryEnd;
import org.towncrier.hardware.RadioCheck;
import org.towncrier.hardware.RadioCheck.Finding;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveRadio;
import org.towncrier.hardware.bluecove.BlueCoveSettings;

class RadioCheckTest {
  private static final BluetoothAddress ADAPTER = EmulatedAddress.of(5, 1);

  @Test
  void a_check_counts_devices_phones_and_those_that_take_objects_and_names_no_address()
      throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start()) {
      BluetoothAddress android = EmulatedAddress.of(5, 0xABCDEF);
      air.phone(PhoneSettings.android(android, new PhoneBehaviour.Busy())).appear();
      air.phone(PhoneSettings.iphone(EmulatedAddress.of(5, 3))).appear();
      air.phone(
              new PhoneSettings(
                  EmulatedAddress.of(5, 4),
                  "Laptop",
                  PhoneSettings.LAPTOP,
                  new PhoneBehaviour.NoObjectPush()))
          .appear();

      List<Finding> findings =
          RadioCheck.run(radio(0), Duration.ofSeconds(30), Duration.ofSeconds(1));

      assertThat(findings).hasSize(1);
      Finding finding = findings.get(0);
      assertThat(finding.good()).isTrue();
      assertThat(finding.devices()).isEqualTo(3);
      assertThat(finding.phones()).isEqualTo(2);
      assertThat(finding.takingObjects()).isEqualTo(1);
      assertThat(finding.toString()).doesNotContain("ABCDEF");
      assertThat(air.devices()).isEqualTo(3); // the adapter was let go
    }
  }

  @Test
  void a_check_of_a_radio_that_is_not_there_says_what_is_wrong() throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start()) {
      air.unplug(ADAPTER);

      Finding finding =
          RadioCheck.run(radio(0), Duration.ofSeconds(30), Duration.ofSeconds(1)).get(0);

      assertThat(finding.good()).isFalse();
      assertThat(finding.look()).isEqualTo(InquiryEnd.FAILED);
      assertThat(finding.adapter().health()).isEqualTo(Health.DOWN);
      assertThat(finding.adapter().detail()).contains("not plugged in");
    }
  }

  private static Radio radio(int port) {
    return new BlueCoveRadio(
        new BlueCoveSettings(
            new EmulatorStack(port), List.of(new AdapterSettings(new AdapterId("hci0"), ADAPTER))),
        InstantSource.system());
  }
}
