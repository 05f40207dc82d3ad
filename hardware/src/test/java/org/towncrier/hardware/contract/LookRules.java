package org.towncrier.hardware.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.Radio.InquiryEnd;
import org.towncrier.hardware.Sighting;
import org.towncrier.hardware.emulator.PhoneBehaviour;

/** Looking for phones. */
interface LookRules extends RadioRules {
  Duration LOOK = Duration.ofMillis(1200);

  @Test
  default void phones_are_seen_with_their_class_and_by_whom() throws Exception {
    RadioRig.Phone phone = rig().phone(accepting());
    RadioRig.Phone iphone = rig().phone(new PhoneBehaviour.NoObjectPush());
    Queue<Sighting> seen = RadioRules.queue();

    InquiryEnd end = rig().await(radio().inquire(RadioRig.FIRST, LOOK, seen::add));

    assertThat(end).isEqualTo(InquiryEnd.COMPLETED);
    assertThat(seen)
        .anySatisfy(
            sighting -> {
              assertThat(sighting.address()).isEqualTo(phone.address());
              assertThat(sighting.classOfDevice()).isEqualTo(phone.classOfDevice());
              assertThat(sighting.isPhone()).isTrue();
              assertThat(sighting.announcesObjectTransfer()).isTrue();
              assertThat(sighting.by()).isEqualTo(RadioRig.FIRST);
            })
        .anySatisfy(sighting -> assertThat(sighting.address()).isEqualTo(iphone.address()));
  }

  @Test
  default void a_phone_that_hides_is_not_seen() throws Exception {
    RadioRig.Phone hidden = rig().phone(accepting());
    RadioRig.Phone visible = rig().phone(accepting());
    hidden.discoverable(false);
    Queue<Sighting> seen = RadioRules.queue();

    rig().await(radio().inquire(RadioRig.FIRST, LOOK, seen::add));

    assertThat(seen)
        .extracting(Sighting::address)
        .contains(visible.address())
        .doesNotContain(hidden.address());
  }

  @Test
  default void adapters_do_not_see_each_other() throws Exception {
    Queue<Sighting> seen = RadioRules.queue();

    rig().await(radio().inquire(RadioRig.FIRST, LOOK, seen::add));

    assertThat(seen).isEmpty();
  }

  @Test
  default void sightings_arrive_while_the_look_goes_on_also_of_phones_that_just_came()
      throws Exception {
    Queue<Sighting> seen = RadioRules.queue();
    CompletableFuture<InquiryEnd> look =
        radio().inquire(RadioRig.FIRST, LONG, seen::add).toCompletableFuture();

    RadioRig.Phone late = rig().phone(accepting());
    rig()
        .await(
            "the late phone is seen",
            () -> seen.stream().anyMatch(s -> s.address().equals(late.address())));

    assertThat(look).isNotDone();
  }

  @Test
  default void a_phone_that_leaves_does_not_fail_the_look() throws Exception {
    RadioRig.Phone leaver = rig().phone(accepting());
    RadioRig.Phone stayer = rig().phone(accepting());
    Queue<Sighting> seen = RadioRules.queue();
    var look = radio().inquire(RadioRig.FIRST, LOOK.multipliedBy(2), seen::add);
    rig().await("somebody is seen", () -> !seen.isEmpty());

    leaver.leave();

    assertThat(rig().await(look)).isEqualTo(InquiryEnd.COMPLETED);
    assertThat(seen).extracting(Sighting::address).contains(stayer.address());
  }

  @Test
  default void an_adapter_never_looks_twice_at_once() throws Exception {
    CompletableFuture<InquiryEnd> first =
        radio().inquire(RadioRig.FIRST, LOOK, s -> {}).toCompletableFuture();

    InquiryEnd second = rig().await(radio().inquire(RadioRig.FIRST, LOOK, s -> {}));
    InquiryEnd elsewhere = rig().await(radio().inquire(RadioRig.SECOND, LOOK, s -> {}));

    assertThat(second).isEqualTo(InquiryEnd.BUSY);
    assertThat(elsewhere).isEqualTo(InquiryEnd.COMPLETED);
    assertThat(rig().await(first)).isEqualTo(InquiryEnd.COMPLETED);
    assertThat(rig().await(radio().inquire(RadioRig.FIRST, LOOK, s -> {})))
        .isEqualTo(InquiryEnd.COMPLETED);
  }

  @Test
  default void a_listener_that_throws_does_not_fail_the_look() throws Exception {
    rig().phone(accepting());

    InquiryEnd end =
        rig()
            .await(
                radio()
                    .inquire(
                        RadioRig.FIRST,
                        LOOK,
                        s -> {
                          throw new IllegalStateException("not today");
                        }));

    assertThat(end).isEqualTo(InquiryEnd.COMPLETED);
  }

  @Test
  default void a_look_on_an_adapter_that_is_down_fails() throws Exception {
    radio();
    rig().breakAdapter(RadioRig.FIRST);
    rig()
        .await(
            "the adapter is not up",
            () ->
                rig().radio().adapters().stream()
                    .anyMatch(a -> a.adapter().equals(RadioRig.FIRST) && a.health() != Health.UP));

    assertThat(rig().await(radio().inquire(RadioRig.FIRST, LOOK, s -> {})))
        .isEqualTo(InquiryEnd.FAILED);
  }

  @Test
  default void an_adapter_that_fails_ends_the_look() throws Exception {
    var look = radio().inquire(RadioRig.FIRST, LONG, s -> {});

    rig().breakAdapter(RadioRig.FIRST);

    assertThat(rig().await(look)).isEqualTo(InquiryEnd.FAILED);
  }

  @Test
  default void closing_the_radio_ends_the_look() throws Exception {
    var look = radio().inquire(RadioRig.FIRST, LONG, s -> {});

    radio().close();

    assertThat(rig().await(look)).isEqualTo(InquiryEnd.FAILED);
    assertThat(rig().await(radio().inquire(RadioRig.FIRST, LOOK, s -> {})))
        .isEqualTo(InquiryEnd.FAILED);
  }

  @Test
  default void an_adapter_nobody_configured_is_a_mistake_of_the_caller() throws Exception {
    AdapterId unknown = new AdapterId("other");
    var radio = radio();

    assertThatThrownBy(() -> radio.inquire(unknown, LOOK, s -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> radio.offer(unknown, rig().nobody(), OBJECT, MINUTE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
