package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.RadioName;

class AdapterSetUpTest {
  private static final AdapterId HCI0 = new AdapterId("hci0");
  private static final long DONGLE = 0x001BDC000002L;

  private final FakeKernel kernel = new FakeKernel().with(0, 0x1).with(1, DONGLE);
  private final FakeKernel.Adapter hci0 = kernel.adapters.get(0);
  private final AdapterSetUp setUp = speaking("Safer Coalville");
  private Controller controller = kernel::told;

  @AfterEach
  void the_channel_is_closed_again() {
    assertThat(kernel.closed).isTrue();
  }

  @Test
  void an_adapter_as_bluetoothd_leaves_it_is_made_fit() throws Exception {
    AdapterSetUp.Done done = setUp.apply(HCI0, null);

    assertThat(hci0.current)
        .containsExactlyInAnyOrder(
            AdapterMode.POWERED, AdapterMode.CLASSIC, AdapterMode.SECURE_SIMPLE_PAIRING);
    assertThat(text(hci0.name)).isEqualTo("Safer Coalville");
    assertThat(text(hci0.shortName)).isEqualTo("Safer Coal");
    assertThat(hci0.classOfDevice).isEqualTo(0x800108);
    assertThat(hci0.io).as("no input, no output").isEqualTo(3);
    assertThat(hci0.linkKeys).as("keys of phones").isZero();
    assertThat(done.was().name()).isEqualTo("raspberrypi");
    assertThat(done.is().name()).isEqualTo("Safer Coalville");
    assertThat(kernel.adapters.get(1).current).contains(AdapterMode.DISCOVERABLE);
  }

  @Test
  void it_starts_from_being_switched_off_so_that_nothing_is_left_over() throws Exception {
    setUp.apply(HCI0, null);
    int first = kernel.asked.indexOf(ManagementCommand.SET_POWERED);
    int last = kernel.asked.lastIndexOf(ManagementCommand.SET_POWERED);
    assertThat(kernel.asked.subList(first + 1, last))
        .contains(
            ManagementCommand.SET_BONDABLE,
            ManagementCommand.LOAD_LINK_KEYS,
            ManagementCommand.SET_NAME,
            ManagementCommand.SET_CLASS)
        .doesNotContain(ManagementCommand.SET_POWERED);
  }

  @Test
  void an_adapter_that_is_off_and_without_classic_bluetooth_is_switched_on() throws Exception {
    hci0.current = java.util.EnumSet.of(AdapterMode.LOW_ENERGY);
    assertThat(setUp.apply(HCI0, null).is().current())
        .contains(AdapterMode.POWERED, AdapterMode.CLASSIC);
  }

  @Test
  void a_name_takes_248_bytes_and_is_cut_between_characters() throws Exception {
    String name = "é".repeat(124);
    speaking(name).apply(HCI0, null);
    assertThat(text(hci0.name)).isEqualTo(name);
    assertThat(text(hci0.shortName)).isEqualTo("ééééé");
  }

  @Test
  void an_adapter_is_found_by_its_address_whatever_its_name() throws Exception {
    AdapterSetUp.Done done = setUp.apply(new AdapterId("dongle"), new BluetoothAddress(DONGLE));
    assertThat(done.is().systemName()).isEqualTo("hci1");
    assertThat(hci0.current).contains(AdapterMode.DISCOVERABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "hci7, There is no adapter hci7; there is hci0, hci1: plug it in",
    "dongle, is not the system's name of an adapter: give its address",
  })
  void an_adapter_that_is_not_there_is_refused_with_what_to_do(String id, String words) {
    assertThatThrownBy(() -> setUp.apply(new AdapterId(id), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words);
  }

  @Test
  void an_address_that_is_not_there_is_refused_and_not_repeated() {
    assertThatThrownBy(() -> setUp.apply(HCI0, new BluetoothAddress(0xABCDEF012345L)))
        .hasMessageContaining("No adapter has the address that hci0 was given")
        .message()
        .isEqualTo(
            BluetoothAddress.scrub(
                "No adapter has the address that hci0 was given; there is hci0, hci1: plug it in, or mend radio.adapters"));
  }

  @Test
  void a_machine_without_any_adapter_says_so() {
    kernel.adapters.clear();
    assertThatThrownBy(() -> setUp.apply(HCI0, null)).hasMessageContaining("there is none at all");
  }

  @ParameterizedTest
  @EnumSource(
      value = AdapterMode.class,
      names = {"CLASSIC", "SECURE_SIMPLE_PAIRING"})
  void an_adapter_that_cannot_do_what_is_needed_is_refused(AdapterMode lacking) {
    hci0.supported.remove(lacking);
    assertThatThrownBy(() -> setUp.apply(HCI0, null))
        .hasMessageContaining("hci0 can't do")
        .hasMessageContaining("use an adapter");
    assertThat(text(hci0.name)).isEqualTo("raspberrypi");
  }

  @ParameterizedTest
  @EnumSource(
      value = ManagementCommand.class,
      names = {"LIST_ADAPTERS", "READ_ADAPTER", "SET_CLASSIC"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatever_the_kernel_refuses_the_adapter_is_not_used(ManagementCommand command) {
    kernel.refused.put(command, 0x14);
    assertThatThrownBy(() -> setUp.apply(HCI0, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("CAP_NET_ADMIN");
  }

  @ParameterizedTest
  @EnumSource(Trait.class)
  void an_adapter_that_something_else_keeps_changing_is_not_used(Trait trait) {
    kernel.meddler = adapter -> spoil(adapter, trait);
    assertThatThrownBy(() -> setUp.apply(HCI0, null))
        .hasMessageContaining(trait + " would not stay")
        .hasMessageContaining("systemctl mask --now bluetooth.service");
  }

  @Test
  void an_adapter_in_use_that_is_as_it_was_set_up_is_left_alone() throws Exception {
    setUp.apply(HCI0, null);
    kernel.asked.clear();
    hci0.io = 1;
    assertThat(setUp.uphold(HCI0, null)).isEmpty();
    assertThat(hci0.io).as("which nobody can read").isEqualTo(3);
    assertThat(kernel.asked)
        .doesNotContain(ManagementCommand.SET_NAME, ManagementCommand.SET_POWERED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Trait.class,
      names = {"POWERED", "CLASSIC"},
      mode = EnumSource.Mode.EXCLUDE)
  void what_something_else_changed_is_set_again_without_cutting_links(Trait trait)
      throws Exception {
    setUp.apply(HCI0, null);
    kernel.asked.clear();
    spoil(hci0, trait);
    hci0.linkKeys = 2;
    assertThat(setUp.uphold(HCI0, null)).isEqualTo(Set.of(trait));
    assertThat(Trait.missing(new RadioName("Safer Coalville"), facts())).isEmpty();
    assertThat(hci0.linkKeys).isZero();
    assertThat(kernel.asked).doesNotContain(ManagementCommand.SET_POWERED);
  }

  @Test
  void an_adapter_in_use_that_was_switched_off_has_to_be_opened_afresh() throws Exception {
    setUp.apply(HCI0, null);
    spoil(hci0, Trait.POWERED);
    assertThatThrownBy(() -> setUp.uphold(HCI0, null)).hasMessageContaining("switched off");
  }

  @Test
  void a_controller_that_was_reset_behind_the_kernels_back_has_to_be_opened_afresh()
      throws Exception {
    setUp.apply(HCI0, null);
    controller = index -> new Controller.Told("BCM4345C0", 0);
    assertThatThrownBy(() -> setUp.uphold(HCI0, null))
        .hasMessageContaining("reset")
        .hasMessageContaining("forgot its name");
  }

  @Test
  void a_controller_that_does_not_take_its_name_is_not_used() {
    controller = index -> new Controller.Told("CSR8510 A10", 0x800108);
    assertThatThrownBy(() -> setUp.apply(HCI0, null)).hasMessageContaining("use another adapter");
  }

  @Test
  void a_controller_too_busy_to_say_its_name_is_left_alone() throws Exception {
    setUp.apply(HCI0, null);
    controller =
        index -> {
          throw new SocketTimeoutException();
        };
    assertThat(setUp.uphold(HCI0, null)).isEmpty();
  }

  @Test
  void an_adapter_in_use_that_was_pulled_is_missed() throws Exception {
    setUp.apply(HCI0, null);
    kernel.adapters.remove(0);
    assertThatThrownBy(() -> setUp.uphold(HCI0, null)).hasMessageContaining("no adapter hci0");
  }

  private AdapterFacts facts() {
    return AdapterFacts.parse(0, FakeKernel.describe(hci0));
  }

  private AdapterSetUp speaking(String name) {
    return new AdapterSetUp(
        new RadioName(name), () -> new Management(kernel), index -> controller.ask(index));
  }

  private static void spoil(FakeKernel.Adapter adapter, Trait trait) {
    switch (trait) {
      case POWERED -> adapter.current.remove(AdapterMode.POWERED);
      case CLASSIC -> adapter.current.remove(AdapterMode.CLASSIC);
      case NOT_CONNECTABLE -> adapter.current.add(AdapterMode.CONNECTABLE);
      case NOT_DISCOVERABLE -> adapter.current.add(AdapterMode.DISCOVERABLE);
      case NOT_BONDABLE -> adapter.current.add(AdapterMode.BONDABLE);
      case NO_LINK_SECURITY -> adapter.current.add(AdapterMode.LINK_SECURITY);
      case SECURE_SIMPLE_PAIRING -> adapter.current.remove(AdapterMode.SECURE_SIMPLE_PAIRING);
      case NAME -> adapter.name = text("BlueZ 5.66");
      case CLASS -> adapter.classOfDevice = 0x6C0104;
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
