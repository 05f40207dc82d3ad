package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementTest {
  private final FakeKernel kernel = new FakeKernel().with(1, 0x001BDC000002L).with(0, 0x1);
  private final Management management = new Management(kernel);

  @Test
  void adapters_are_listed_in_order() throws Exception {
    assertThat(management.adapters()).containsExactly(0, 1);
  }

  @Test
  void an_adapter_is_read_as_the_kernel_describes_it() throws Exception {
    AdapterFacts facts = management.read(1);
    assertThat(facts.systemName()).isEqualTo("hci1");
    assertThat(facts.address().value()).isEqualTo(0x001BDC000002L);
    assertThat(facts.current()).isEqualTo(kernel.adapters.get(1).current);
    assertThat(facts.supported()).isEqualTo(kernel.adapters.get(1).supported);
    assertThat(facts.classOfDevice()).isEqualTo(0x6C0000);
    assertThat(facts.name()).isEqualTo("raspberrypi");
    assertThat(facts.toString()).doesNotContain("1BDC");
  }

  @Test
  void what_is_not_the_answer_is_passed_over() throws Exception {
    kernel.say(0x0006, 0, (byte) 1, (byte) 0, (byte) 0, (byte) 0); // new settings
    kernel.say(0x0001, 1, (byte) 4, (byte) 0, (byte) 0); // of another adapter
    kernel.say(0x0001, 0, (byte) 5, (byte) 0, (byte) 0); // to another command
    kernel.sayRaw((byte) 1, (byte) 0, (byte) 0);
    kernel.sayRaw();
    assertThat(management.read(0).name()).isEqualTo("raspberrypi");
  }

  @ParameterizedTest
  @CsvSource({
    "0x14, CAP_NET_ADMIN",
    "0x12, rfkill unblock bluetooth",
    "0x11, the adapter is gone",
    "0x0c, use another",
    "0x77, it failed"
  })
  void a_refusal_says_what_to_do(String status, String what) {
    kernel.refused.put(ManagementCommand.SET_POWERED, Integer.decode(status));
    assertThatThrownBy(() -> management.ask(ManagementCommand.SET_POWERED, 0, (byte) 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("hci0: could not set powered")
        .hasMessageContaining(what)
        .hasMessageEndingWith("[" + status + "]");
  }

  @Test
  void an_adapter_that_somebody_else_is_changing_is_asked_again() throws Exception {
    kernel.refused.put(ManagementCommand.SET_BONDABLE, 0x0A);
    Management.Packets freedAtThird =
        new Management.Packets() {
          @Override
          public void send(byte[] packet) {
            if (kernel.asked.size() == 2) {
              kernel.refused.clear();
            }
            kernel.send(packet);
          }

          @Override
          public byte[] receive(Deadline deadline) throws IOException {
            return kernel.receive(deadline);
          }

          @Override
          public void close() {}
        };
    new Management(freedAtThird).ask(ManagementCommand.SET_BONDABLE, 0, (byte) 0);
    assertThat(kernel.asked).hasSize(3);
    assertThat(kernel.adapters.get(0).current).doesNotContain(AdapterMode.BONDABLE);
  }

  @Test
  void an_adapter_that_is_not_there_is_refused() {
    assertThatThrownBy(() -> management.read(7)).hasMessageContaining("the adapter is gone");
  }

  @Test
  void a_description_that_is_too_short_is_refused() {
    kernel.mute = true;
    kernel.say(0x0001, 0, (byte) 4, (byte) 0, (byte) 0, (byte) 1, (byte) 2);
    assertThatThrownBy(() -> management.read(0)).hasMessageContaining("too few bytes");
  }

  @Test
  void a_kernel_that_does_not_answer_is_an_error() {
    kernel.mute = true;
    assertThatThrownBy(() -> management.read(0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not answer");
  }
}
