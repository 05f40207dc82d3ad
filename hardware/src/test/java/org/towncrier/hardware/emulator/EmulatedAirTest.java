package org.towncrier.hardware.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
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

  private static Radio radio() {
    return new BlueCoveRadio(
        new BlueCoveSettings(
            new EmulatorStack(0),
            List.of(new AdapterSettings(ADAPTER, EmulatedAddress.of(PLACE, 1)))),
        InstantSource.system());
  }
}
