package org.towncrier.hardware.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveRadio;
import org.towncrier.hardware.bluecove.BlueCoveSettings;

class EmulatedAirTest {
  private static final AdapterId ADAPTER = new AdapterId("hci0");
  private static final int PLACE = 1;

  private final Random random = new Random();

  @Test
  void several_sessions_on_one_adapter_live_side_by_side() throws Exception {
    int rounds = 10;
    PushObject object =
        new PushObject("hello.txt", "text/plain", "hello".getBytes(StandardCharsets.UTF_8));
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        Radio radio = radio()) {
      List<EmulatedPhone> phones = new ArrayList<>();
      for (int i = 0; i < Radio.MAX_LINKS; i++) {
        EmulatedPhone phone =
            air.phone(
                PhoneSettings.android(
                    EmulatedAddress.of(PLACE, 100 + i),
                    new PhoneBehaviour.Accepts(Duration.ofMillis(20))));
        phone.appear();
        phones.add(phone);
      }
      BlockingQueue<AdapterStatus> changes = new LinkedBlockingQueue<>();
      radio.start(changes::add);
      assertThat(changes.poll(30, TimeUnit.SECONDS)).isNotNull();

      for (int round = 0; round < rounds; round++) {
        List<CompletableFuture<OfferResult>> ends = new ArrayList<>();
        for (EmulatedPhone phone : phones) {
          ends.add(
              radio
                  .offer(ADAPTER, phone.address(), object, Duration.ofSeconds(30))
                  .result()
                  .toCompletableFuture());
        }
        for (CompletableFuture<OfferResult> end : ends) {
          assertThat(end.get(60, TimeUnit.SECONDS).end()).isEqualTo(End.ACCEPTED);
        }
      }

      assertThat(phones).allSatisfy(phone -> assertThat(phone.receipts()).hasSize(rounds));
    }
  }

  @Test
  void three_hundred_phones_are_found_served_and_gone() throws Exception {
    int many = 300;
    PushObject object = new PushObject("m.txt", "text/plain", new byte[] {1});
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        Radio radio = radio()) {
      List<EmulatedPhone> phones = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        phones.add(appear(air, PLACE, new PhoneBehaviour.Accepts(Duration.ZERO)));
      }
      up(radio);
      Set<BluetoothAddress> seen = ConcurrentHashMap.newKeySet();
      radio
          .inquire(ADAPTER, Duration.ofSeconds(1), sighting -> seen.add(sighting.address()))
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS);
      assertThat(seen).hasSize(many);

      Semaphore links = new Semaphore(Radio.MAX_LINKS);
      List<CompletableFuture<OfferResult>> ends = new ArrayList<>();
      for (EmulatedPhone phone : phones) {
        links.acquire();
        CompletableFuture<OfferResult> end =
            radio
                .offer(ADAPTER, phone.address(), object, Duration.ofSeconds(60))
                .result()
                .toCompletableFuture();
        end.thenRun(links::release);
        ends.add(end);
      }
      for (CompletableFuture<OfferResult> end : ends) {
        assertThat(end.get(60, TimeUnit.SECONDS).end()).isEqualTo(End.ACCEPTED);
      }

      assertThat(phones).allSatisfy(phone -> assertThat(phone.receipts()).hasSize(1));
      phones.forEach(EmulatedPhone::close);
      assertThat(air.devices()).isEqualTo(1); // the adapter
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().startsWith("phone")) {
        thread.join(30_000); // it was told to end; a busy machine lets it do so later
        assertThat(thread.isAlive()).as(thread.getName() + " is still there").isFalse();
      }
    }
  }

  @Test
  void devices_of_different_places_neither_see_nor_reach_each_other() throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        Radio radio = radio()) {
      EmulatedPhone here = appear(air, PLACE, new PhoneBehaviour.Accepts(Duration.ZERO));
      EmulatedPhone there = appear(air, PLACE + 1, new PhoneBehaviour.Accepts(Duration.ZERO));
      up(radio);
      Set<BluetoothAddress> seen = ConcurrentHashMap.newKeySet();

      radio
          .inquire(ADAPTER, Duration.ofSeconds(1), sighting -> seen.add(sighting.address()))
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS);
      OfferResult across =
          radio
              .offer(
                  ADAPTER,
                  there.address(),
                  new PushObject("a.txt", "text/plain", new byte[] {1}),
                  Duration.ofSeconds(30))
              .result()
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);

      assertThat(seen).containsExactly(here.address());
      assertThat(across.end()).isEqualTo(End.NOT_REACHED);
      assertThat(there.receipts()).isEmpty();
    }
  }

  @Test
  void two_phones_with_one_address_are_a_mistake_that_says_so_without_the_address()
      throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start()) {
      EmulatedPhone first = appear(air, PLACE, new PhoneBehaviour.Busy());
      EmulatedPhone second = air.phone(first.settings());

      assertThatThrownBy(second::appear)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has this address already")
          .hasMessageNotContaining(first.address().hex());
      assertThat(air.devices()).isEqualTo(1);
    }
  }

  @Test
  void an_air_that_nobody_serves_is_an_error_that_says_where() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    try (EmulatedAir air = new EmulatedAir(nobody, InstantSource.system())) {
      assertThatThrownBy(air::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no emulated air on port " + nobody);
    }
  }

  @Test
  void a_port_in_use_is_an_error_that_says_which() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start()) {
      assertThatThrownBy(() -> air.serve(taken.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port " + taken.getLocalPort());
    }
  }

  @Test
  void one_process_has_one_air_and_a_second_is_refused() throws Exception {
    try (AirProcess elsewhere = AirProcess.start();
        EmulatedAir here = new EmulatedAir(0, InstantSource.system()).start();
        EmulatedAir there = new EmulatedAir(elsewhere.port(), InstantSource.system())) {
      assertThat(here.devices()).isZero();
      assertThatThrownBy(there::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("share one air");
    }
  }

  @Test
  void a_phone_writes_its_receipt_before_it_says_yes() throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        Radio radio = radio()) {
      PhoneWitness refusing =
          new PhoneWitness() {
            @Override
            public void prompted(Prompt prompt) {}

            @Override
            public void received(Receipt receipt) {
              throw new IllegalStateException("The receipt could not be written");
            }
          };
      EmulatedPhone phone =
          air.phone(
              PhoneSettings.android(
                  EmulatedAddress.random(PLACE, random), new PhoneBehaviour.Accepts(Duration.ZERO)),
              refusing);
      phone.appear();
      up(radio);

      OfferResult result =
          radio
              .offer(
                  ADAPTER,
                  phone.address(),
                  new PushObject("a.txt", "text/plain", new byte[] {1}),
                  Duration.ofSeconds(30))
              .result()
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);

      assertThat(result.end()).isEqualTo(End.LINK_LOST);
      assertThat(result.finalPacketSent()).isTrue();
    }
  }

  private EmulatedPhone appear(EmulatedAir air, int place, PhoneBehaviour behaviour)
      throws IOException {
    EmulatedPhone phone =
        air.phone(PhoneSettings.android(EmulatedAddress.random(place, random), behaviour));
    phone.appear();
    return phone;
  }

  private static void up(Radio radio) throws InterruptedException {
    BlockingQueue<AdapterStatus> changes = new LinkedBlockingQueue<>();
    radio.start(changes::add);
    assertThat(changes.poll(30, TimeUnit.SECONDS)).isNotNull();
  }

  private static Radio radio() {
    return new BlueCoveRadio(
        new BlueCoveSettings(
            new EmulatorStack(0),
            List.of(new AdapterSettings(ADAPTER, EmulatedAddress.of(PLACE, 1)))),
        InstantSource.system());
  }
}
