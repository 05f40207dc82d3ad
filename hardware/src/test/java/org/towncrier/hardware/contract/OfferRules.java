package org.towncrier.hardware.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.emulator.PhoneBehaviour;

/** Offers beside each other. */
interface OfferRules extends RadioRules {
  @Test
  default void seven_phones_are_served_at_once() throws Exception {
    List<RadioRig.Phone> phones = phones(Radio.MAX_LINKS, stalled());
    List<Offer> offers = new ArrayList<>();
    for (RadioRig.Phone phone : phones) {
      offers.add(offer(phone));
    }

    for (RadioRig.Phone phone : phones) {
      awaitPrompt(phone); // all seven owners are asked, and none has answered
    }
    rig().await("seven links are open", () -> activeLinks() == Radio.MAX_LINKS);

    offers.forEach(Offer::withdraw);
    for (Offer offer : offers) {
      assertThat(rig().await(offer.result()).end()).isEqualTo(End.WITHDRAWN);
    }
    rig().await("no link is open", () -> activeLinks() == 0);
  }

  @Test
  default void an_eighth_offer_is_a_mistake_of_the_caller_and_harms_nobody() throws Exception {
    List<Offer> offers = new ArrayList<>();
    for (RadioRig.Phone phone : phones(Radio.MAX_LINKS, new PhoneBehaviour.Declines(SOON))) {
      offers.add(offer(phone));
    }
    RadioRig.Phone eighth = rig().phone(accepting());
    List<RadioRig.Phone> stalledOnes = new ArrayList<>();
    for (Offer offer : offers) {
      assertThat(rig().await(offer.result()).end()).isEqualTo(End.REFUSED);
    }
    offers.clear();
    for (RadioRig.Phone phone : phones(Radio.MAX_LINKS, stalled())) {
      stalledOnes.add(phone);
      offers.add(offer(phone));
    }

    assertThatThrownBy(() -> offer(eighth)).isInstanceOf(IllegalStateException.class);

    offers.get(0).withdraw();
    rig().await(offers.get(0).result());
    assertThat(offered(eighth).end()).isEqualTo(End.ACCEPTED);
    assertThat(stalledOnes).allSatisfy(phone -> assertThat(phone.receipts()).isEmpty());
  }

  @Test
  default void one_phone_is_never_offered_two_things_at_once_by_no_adapter() throws Exception {
    RadioRig.Phone phone = rig().phone(stalled());
    Offer first = offer(phone);
    awaitPrompt(phone);
    Radio radio = radio();

    assertThatThrownBy(() -> radio.offer(RadioRig.FIRST, phone.address(), OBJECT, MINUTE))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> radio.offer(RadioRig.SECOND, phone.address(), OBJECT, MINUTE))
        .isInstanceOf(IllegalStateException.class);

    first.withdraw();
    rig().await(first.result());
    Offer again = radio.offer(RadioRig.SECOND, phone.address(), OBJECT, MINUTE);
    rig().await("asked again", () -> phone.prompts().size() == 2);
    again.withdraw();
    assertThat(rig().await(again.result()).end()).isEqualTo(End.WITHDRAWN);
  }

  @Test
  default void seven_stalled_phones_make_room_at_their_deadline() throws Exception {
    List<CompletionStage<OfferResult>> ends = new ArrayList<>();
    for (RadioRig.Phone phone : phones(Radio.MAX_LINKS, stalled())) {
      ends.add(
          radio().offer(RadioRig.FIRST, phone.address(), OBJECT, OfferEndRules.SHORT).result());
    }
    for (CompletionStage<OfferResult> end : ends) {
      assertThat(rig().await(end).end()).isEqualTo(End.DEADLINE);
    }

    ends.clear();
    for (RadioRig.Phone phone : phones(Radio.MAX_LINKS, accepting())) {
      ends.add(offer(phone).result());
    }
    for (CompletionStage<OfferResult> end : ends) {
      assertThat(rig().await(end).end()).isEqualTo(End.ACCEPTED);
    }
  }

  @Test
  default void offers_and_looks_go_side_by_side() throws Exception {
    RadioRig.Phone phone = rig().phone(accepting());
    var look = radio().inquire(RadioRig.FIRST, LookRules.LOOK, s -> {});

    assertThat(offered(phone).end()).isEqualTo(End.ACCEPTED);

    assertThat(rig().await(look)).isEqualTo(Radio.InquiryEnd.COMPLETED);
  }

  @Test
  default void a_result_is_told_once_and_not_on_the_callers_thread() throws Exception {
    RadioRig.Phone phone = rig().phone(accepting());
    Thread caller = Thread.currentThread();
    AtomicInteger times = new AtomicInteger();
    List<Thread> on = new ArrayList<>();

    CompletionStage<?> told =
        offer(phone)
            .result()
            .thenAccept(
                result -> {
                  times.incrementAndGet();
                  on.add(Thread.currentThread());
                });
    rig().await(told);

    assertThat(times).hasValue(1);
    assertThat(on).doesNotContain(caller);
  }

  @Test
  default void what_is_claimed_agrees_with_the_receipts_however_offers_are_cut() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 12; round++) {
      List<RadioRig.Phone> phones =
          phones(Radio.MAX_LINKS, new PhoneBehaviour.Accepts(Duration.ofMillis(20)));
      List<Offer> offers = new ArrayList<>();
      for (RadioRig.Phone phone : phones) {
        Duration deadline = Duration.ofMillis(5 + random.nextInt(80));
        offers.add(radio().offer(RadioRig.FIRST, phone.address(), OBJECT, deadline));
      }
      offers.get(random.nextInt(offers.size())).withdraw();

      for (int i = 0; i < offers.size(); i++) {
        OfferResult result = rig().await(offers.get(i).result());
        int received = phones.get(i).receipts().size();
        if (result.end() == End.ACCEPTED) {
          assertThat(received).isEqualTo(1);
        } else if (!result.finalPacketSent()) {
          phones.get(i).leave();
          assertThat(phones.get(i).receipts()).isEmpty();
        }
      }
      phones.forEach(RadioRig.Phone::leave);
    }
  }

  private List<RadioRig.Phone> phones(int count, PhoneBehaviour behaviour) throws Exception {
    List<RadioRig.Phone> phones = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      phones.add(rig().phone(behaviour));
    }
    return phones;
  }

  private int activeLinks() {
    return rig().radio().adapters().stream()
        .filter(a -> a.adapter().equals(RadioRig.FIRST))
        .mapToInt(AdapterStatus::activeLinks)
        .sum();
  }
}
