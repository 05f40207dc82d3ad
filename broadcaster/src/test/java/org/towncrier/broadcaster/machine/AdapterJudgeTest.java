package org.towncrier.broadcaster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.towncrier.broadcaster.machine.Finding.Level;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.RadioName;
import org.towncrier.hardware.bluez.AdapterFacts;
import org.towncrier.hardware.bluez.AdapterMode;

class AdapterJudgeTest {
  private static final RadioName NAME = new RadioName("Safer Coalville");
  private static final Set<AdapterMode> READY =
      EnumSet.of(AdapterMode.POWERED, AdapterMode.CLASSIC, AdapterMode.SECURE_SIMPLE_PAIRING);
  private static final AdapterFacts SET_UP = facts(READY, 0x800108, "Safer Coalville");
  private static final AdapterFacts BEFORE =
      facts(EnumSet.of(AdapterMode.CLASSIC, AdapterMode.BONDABLE), 0, "raspberrypi");

  @Test
  void an_adapter_is_told_by_its_name_and_whether_it_is_on() {
    assertThat(AdapterJudge.found("hci0", BEFORE).found()).isEqualTo("there, and switched off");
    assertThat(AdapterJudge.found("dongle", SET_UP).found())
        .isEqualTo("there, and switched on, as hci0");
  }

  @Test
  void what_the_set_up_did_is_told() {
    Finding finding = AdapterJudge.setUp("hci0", NAME, BEFORE, SET_UP);
    assertThat(finding.level()).isEqualTo(Level.OK);
    assertThat(finding.found())
        .contains("\"Safer Coalville\"", "0x800108", "switched on", "not bondable", "its name");
  }

  @Test
  void an_adapter_that_was_so_before_is_told_so() {
    assertThat(AdapterJudge.setUp("hci0", NAME, SET_UP, SET_UP).found())
        .endsWith("it was so before");
  }

  @Test
  void an_adapter_that_is_not_as_it_has_to_be_keeps_the_node_silent() {
    Finding finding = AdapterJudge.setUp("hci0", NAME, SET_UP, BEFORE);
    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    assertThat(finding.found()).contains("not bondable", "its name", "its class of device");
    assertThat(finding.advice()).isNotEmpty();
  }

  @Test
  void no_finding_names_the_adapters_address() {
    assertThat(AdapterJudge.found("hci0", SET_UP).toString()).doesNotContain("1BDC");
  }

  private static AdapterFacts facts(Set<AdapterMode> current, int classOfDevice, String name) {
    return new AdapterFacts(
        0,
        BluetoothAddress.parse("00:1B:DC:00:00:01"),
        EnumSet.allOf(AdapterMode.class),
        current,
        classOfDevice,
        name);
  }
}
