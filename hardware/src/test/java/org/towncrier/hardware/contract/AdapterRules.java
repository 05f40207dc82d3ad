package org.towncrier.hardware.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Radio.InquiryEnd;

/** The health of adapters. */
interface AdapterRules extends RadioRules {
  @Test
  default void each_adapter_reports_itself_when_it_is_up() throws Exception {
    radio();

    rig().await("both are told of", () -> told().size() >= 2);
    assertThat(told()).extracting(AdapterStatus::adapter).contains(RadioRig.FIRST, RadioRig.SECOND);
    assertThat(told()).extracting(AdapterStatus::health).containsOnly(Health.UP);
    assertThat(rig().radio().adapters()).allSatisfy(a -> assertThat(a.detail()).isEmpty());
  }

  @Test
  default void before_it_is_started_a_radio_has_its_adapters_and_they_are_down() {
    assertThat(rig().radio().adapters())
        .extracting(AdapterStatus::adapter)
        .containsExactly(RadioRig.FIRST, RadioRig.SECOND);
    assertThat(rig().radio().adapters())
        .extracting(AdapterStatus::health)
        .containsOnly(Health.DOWN);
  }

  @Test
  default void a_radio_is_started_once() throws Exception {
    Radio radio = radio();

    assertThatThrownBy(() -> radio.start(s -> {})).isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void an_adapter_that_is_missing_is_down_and_found_when_it_comes() throws Exception {
    rig().breakAdapter(RadioRig.FIRST);
    rig().radio().start(told()::add);
    awaitTold(RadioRig.FIRST, Health.DOWN);
    awaitHealth(RadioRig.SECOND, Health.UP);
    RadioRig.Phone phone = rig().phone(accepting());
    assertThat(rig().radio().offer(RadioRig.FIRST, phone.address(), OBJECT, MINUTE).result())
        .satisfies(result -> assertThat(rig().await(result).end()).isEqualTo(End.ADAPTER_FAILED));

    rig().mendAdapter(RadioRig.FIRST);

    awaitHealth(RadioRig.FIRST, Health.UP);
    var result = rig().radio().offer(RadioRig.FIRST, phone.address(), OBJECT, MINUTE).result();
    assertThat(rig().await(result).end()).isEqualTo(End.ACCEPTED);
  }

  @Test
  default void an_adapter_that_fails_is_reported_and_brought_back() throws Exception {
    RadioRig.Phone phone = rig().phone(accepting());
    radio();
    // It is told after it is so: what is told late belongs to the start.
    awaitTold(RadioRig.FIRST, Health.UP);
    awaitTold(RadioRig.SECOND, Health.UP);
    told().clear();

    rig().breakAdapter(RadioRig.FIRST);
    awaitTold(RadioRig.FIRST, Health.RECOVERING);
    rig().mendAdapter(RadioRig.FIRST);
    awaitTold(RadioRig.FIRST, Health.UP);

    assertThat(told()).extracting(AdapterStatus::adapter).containsOnly(RadioRig.FIRST);
    assertThat(told())
        .filteredOn(a -> a.health() != Health.UP)
        .allSatisfy(a -> assertThat(a.detail()).isNotEmpty());
    assertThat(rig().await(radio().inquire(RadioRig.FIRST, LookRules.LOOK, s -> {})))
        .isEqualTo(InquiryEnd.COMPLETED);
    assertThat(offered(phone).end()).isEqualTo(End.ACCEPTED);
  }

  @Test
  default void an_adapter_that_does_not_come_back_is_down_in_the_end() throws Exception {
    radio();

    rig().breakAdapter(RadioRig.FIRST);

    awaitHealth(RadioRig.FIRST, Health.DOWN);
    rig().mendAdapter(RadioRig.FIRST);
    awaitHealth(RadioRig.FIRST, Health.UP);
  }

  @Test
  default void one_adapter_that_fails_does_not_disturb_the_other() throws Exception {
    RadioRig.Phone phone = rig().phone(stalled());
    var offer = radio().offer(RadioRig.SECOND, phone.address(), OBJECT, MINUTE);
    awaitPrompt(phone);

    rig().breakAdapter(RadioRig.FIRST);
    awaitTold(RadioRig.FIRST, Health.RECOVERING);

    assertThat(offer.result().toCompletableFuture()).isNotDone();
    offer.withdraw();
    assertThat(rig().await(offer.result()).end()).isEqualTo(End.WITHDRAWN);
  }

  @Test
  default void a_closed_radio_is_down_and_closing_it_twice_is_harmless() throws Exception {
    Radio radio = radio();

    radio.close();
    radio.close();

    assertThat(radio.adapters()).extracting(AdapterStatus::health).containsOnly(Health.DOWN);
    assertThatThrownBy(() -> radio.offer(RadioRig.FIRST, rig().nobody(), OBJECT, MINUTE))
        .isInstanceOf(IllegalStateException.class);
  }

  private void awaitTold(AdapterId adapter, Health health) throws Exception {
    rig()
        .await(
            adapter + " is told to be " + health,
            () ->
                List.copyOf(told()).stream()
                    .anyMatch(a -> a.adapter().equals(adapter) && a.health() == health));
  }
}
