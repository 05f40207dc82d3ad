package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.RadioName;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveRadio;
import org.towncrier.hardware.bluecove.BlueCoveSettings;
import org.towncrier.hardware.bluecove.SetUpStack;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.hardware.emulator.EmulatorStack;

/** A radio whose adapters are set up first: the emulator's, with a kernel that isn't one. */
class SetUpStackTest {
  private static final AdapterId HCI0 = new AdapterId("hci0");
  private static final long ADDRESS = EmulatedAddress.of(9, 1).value();
  private static final long GENEROUS_SECONDS = 30;

  private final FakeKernel kernel = new FakeKernel().with(0, ADDRESS);
  private final FakeKernel.Adapter hci0 = kernel.adapters.get(0);
  private final BlockingQueue<AdapterStatus> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> names = new LinkedBlockingQueue<>();
  private EmulatedAir air;
  private Radio radio;

  @BeforeEach
  void begin() throws Exception {
    air = new EmulatedAir(0, InstantSource.system()).start();
    AdapterSetUp setUp =
        new AdapterSetUp(
            new RadioName("Safer Coalville"),
            () -> {
              FakeKernel channel = kernel.again();
              channel.meddler =
                  adapter -> names.add(new String(adapter.name, StandardCharsets.UTF_8));
              return new Management(channel);
            },
            kernel::told);
    radio =
        new BlueCoveRadio(
            new BlueCoveSettings(
                new SetUpStack(new EmulatorStack(0), setUp),
                List.of(new AdapterSettings(HCI0, null)),
                new BlueCoveSettings.Timing(
                    Duration.ofSeconds(8),
                    Duration.ofMillis(20),
                    Duration.ofMillis(20),
                    Duration.ofMillis(100),
                    3,
                    8192)),
            InstantSource.system());
  }

  @AfterEach
  void end() {
    radio.close();
    air.close();
  }

  @Test
  void an_adapter_is_up_once_it_is_set_up_and_is_opened_by_the_address_it_was_found_with()
      throws Exception {
    radio.start(told::add);
    await(Health.UP);
    assertThat(Trait.missing(new RadioName("Safer Coalville"), facts())).isEmpty();
  }

  @Test
  void an_adapter_that_cannot_be_set_up_is_down_with_what_to_do_until_it_can() throws Exception {
    kernel.refused.put(ManagementCommand.SET_BONDABLE, 0x14);
    radio.start(told::add);
    assertThat(await(Health.DOWN).detail()).contains("CAP_NET_ADMIN");
    synchronized (kernel.adapters) {
      kernel.refused.clear();
    }
    await(Health.UP);
  }

  @Test
  void a_name_that_something_else_changed_is_set_again_while_the_adapter_stays_up()
      throws Exception {
    radio.start(told::add);
    await(Health.UP);
    synchronized (kernel.adapters) {
      hci0.name = "BlueZ 5.66".getBytes(StandardCharsets.UTF_8);
      names.clear();
    }
    awaitName("BlueZ 5.66");
    awaitName("Safer Coalville");
    assertThat(radio.adapters().get(0).health()).isEqualTo(Health.UP);
  }

  @Test
  void an_adapter_that_something_else_switched_off_comes_back_set_up() throws Exception {
    radio.start(told::add);
    await(Health.UP);
    synchronized (kernel.adapters) {
      hci0.current.remove(AdapterMode.POWERED);
      hci0.current.add(AdapterMode.BONDABLE);
    }
    assertThat(await(Health.RECOVERING).detail()).contains("switched off");
    await(Health.UP);
    assertThat(Trait.missing(new RadioName("Safer Coalville"), facts())).isEmpty();
  }

  private AdapterFacts facts() {
    synchronized (kernel.adapters) {
      return AdapterFacts.parse(0, FakeKernel.describe(hci0));
    }
  }

  private AdapterStatus await(Health health) throws InterruptedException {
    while (true) {
      AdapterStatus next = told.poll(GENEROUS_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("a change to " + health).isNotNull();
      if (next.health() == health) {
        return next;
      }
    }
  }

  private void awaitName(String name) throws InterruptedException {
    String next;
    do {
      next = names.poll(GENEROUS_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("the name " + name).isNotNull();
    } while (!next.equals(name));
  }
}
