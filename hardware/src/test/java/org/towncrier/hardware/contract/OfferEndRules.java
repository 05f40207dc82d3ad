package org.towncrier.hardware.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneBehaviour.DropsLink;
import org.towncrier.hardware.emulator.Prompt;
import org.towncrier.hardware.emulator.Receipt;

/** Every way an offer can end, told truly. */
interface OfferEndRules extends RadioRules {
  /** Long enough to be connected when it ends, on a slow machine too. */
  Duration SHORT = Duration.ofSeconds(5);

  @Test
  default void an_accepted_object_arrives_whole_with_its_name_and_type() throws Exception {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    PushObject photo = new PushObject("Märktplatz ☂.jpg", "image/jpeg", content);
    RadioRig.Phone phone = rig().phone(accepting());

    OfferResult result =
        rig().await(radio().offer(RadioRig.FIRST, phone.address(), photo, MINUTE).result());

    assertThat(result.end()).isEqualTo(End.ACCEPTED);
    assertThat(result.finalPacketSent()).isTrue();
    assertThat(result.response()).hasValue(0xA0);
    assertThat(phone.receipts())
        .singleElement()
        .satisfies(
            receipt -> {
              assertThat(receipt.name()).isEqualTo(photo.name());
              assertThat(receipt.type()).isEqualTo(photo.type());
              assertThat(receipt.length()).isEqualTo(content.length);
              assertThat(receipt.sha256()).isEqualTo(Receipt.sha256(content));
            });
    assertThat(phone.prompts()).extracting(Prompt::name).containsExactly(photo.name());
  }

  @Test
  default void an_owner_who_declines_is_a_refusal() throws Exception {
    RadioRig.Phone phone = rig().phone(new PhoneBehaviour.Declines(SOON));

    refused(offered(phone), 0xC3);
    assertThat(phone.prompts()).hasSize(1);
    assertThat(phone.receipts()).isEmpty();
  }

  @Test
  default void an_owner_who_never_looks_is_a_refusal_by_the_phone() throws Exception {
    RadioRig.Phone phone = rig().phone(new PhoneBehaviour.Ignores(SOON));

    refused(offered(phone), 0xC3);
  }

  @Test
  default void a_busy_phone_refuses_at_connect() throws Exception {
    RadioRig.Phone phone = rig().phone(new PhoneBehaviour.Busy());

    refused(offered(phone), 0xD3);
    assertThat(phone.prompts()).isEmpty();
  }

  @Test
  default void a_phone_that_takes_no_such_type_refuses_at_the_headers() throws Exception {
    RadioRig.Phone phone = rig().phone(new PhoneBehaviour.Refuses(0xCF));

    refused(offered(phone), 0xCF);
    assertThat(phone.prompts()).isEmpty();
  }

  @Test
  default void a_phone_without_object_push_is_told_apart() throws Exception {
    RadioRig.Phone phone = rig().phone(new PhoneBehaviour.NoObjectPush());

    ended(offered(phone), End.NO_OBJECT_PUSH, false);
  }

  @Test
  default void a_phone_out_of_reach_is_not_reached() throws Exception {
    ended(offered(rig().phone(new PhoneBehaviour.OutOfReach())), End.NOT_REACHED, false);
  }

  @Test
  default void a_phone_that_left_is_not_reached() throws Exception {
    RadioRig.Phone phone = rig().phone(accepting());
    assertThat(offered(phone).end()).isEqualTo(End.ACCEPTED);
    phone.leave();

    ended(offered(phone), End.NOT_REACHED, false);
  }

  @Test
  default void nobody_is_not_reached() throws Exception {
    var result = radio().offer(RadioRig.FIRST, rig().nobody(), OBJECT, MINUTE).result();

    ended(rig().await(result), End.NOT_REACHED, false);
  }

  @Test
  default void a_link_that_breaks_before_the_final_packet_is_lost() throws Exception {
    for (DropsLink.At at :
        new DropsLink.At[] {DropsLink.At.CONNECT, DropsLink.At.HEADERS, DropsLink.At.FIRST_BODY}) {
      RadioRig.Phone phone = rig().phone(new DropsLink(at));

      ended(offered(phone), End.LINK_LOST, false);
      assertThat(phone.receipts()).isEmpty();
    }
  }

  @Test
  default void a_link_that_breaks_after_the_final_packet_says_so_kept_or_not() throws Exception {
    RadioRig.Phone kept = rig().phone(new DropsLink(DropsLink.At.FINAL_KEPT));
    RadioRig.Phone thrownAway = rig().phone(new DropsLink(DropsLink.At.FINAL_LOST));

    ended(offered(kept), End.LINK_LOST, true);
    ended(offered(thrownAway), End.LINK_LOST, true);
    assertThat(kept.receipts()).hasSize(1);
    assertThat(thrownAway.receipts()).isEmpty();
  }

  @Test
  default void a_phone_that_leaves_while_its_owner_is_asked_is_a_lost_link() throws Exception {
    RadioRig.Phone phone = rig().phone(stalled());
    Offer offer = offer(phone);
    awaitPrompt(phone);

    phone.leave();

    ended(rig().await(offer.result()), End.LINK_LOST, false);
  }

  @Test
  default void a_stalled_phone_is_let_go_at_the_deadline() throws Exception {
    RadioRig.Phone phone = rig().phone(stalled());

    var result = radio().offer(RadioRig.FIRST, phone.address(), OBJECT, SHORT).result();

    OfferResult end = rig().await(result);
    ended(end, End.DEADLINE, false);
    assertThat(end.took()).isGreaterThanOrEqualTo(SHORT);
    assertThat(phone.receipts()).isEmpty();
  }

  @Test
  default void a_deadline_after_the_final_packet_says_so() throws Exception {
    RadioRig.Phone phone = rig().phone(new PhoneBehaviour.Stalls(DropsLink.At.FINAL_KEPT));

    var result = radio().offer(RadioRig.FIRST, phone.address(), OBJECT, SHORT).result();

    ended(rig().await(result), End.DEADLINE, true);
    assertThat(phone.receipts()).hasSize(1);
  }

  @Test
  default void a_withdrawal_cuts_the_link() throws Exception {
    RadioRig.Phone phone = rig().phone(stalled());
    Offer offer = offer(phone);
    awaitPrompt(phone);

    offer.withdraw();

    ended(rig().await(offer.result()), End.WITHDRAWN, false);
  }

  @Test
  default void a_withdrawal_after_the_final_packet_says_so() throws Exception {
    RadioRig.Phone phone = rig().phone(new PhoneBehaviour.Stalls(DropsLink.At.FINAL_KEPT));
    Offer offer = offer(phone);
    rig().await("the phone has it", () -> !phone.receipts().isEmpty());

    offer.withdraw();

    ended(rig().await(offer.result()), End.WITHDRAWN, true);
  }

  @Test
  default void a_withdrawal_before_anything_happened_is_one_too() throws Exception {
    RadioRig.Phone phone = rig().phone(stalled());
    Offer offer = offer(phone);

    offer.withdraw();

    ended(rig().await(offer.result()), End.WITHDRAWN, false);
    assertThat(phone.receipts()).isEmpty();
  }

  @Test
  default void a_withdrawal_after_the_end_changes_nothing() throws Exception {
    RadioRig.Phone phone = rig().phone(accepting());
    Offer offer = offer(phone);
    OfferResult end = rig().await(offer.result());

    offer.withdraw();

    assertThat(rig().await(offer.result())).isEqualTo(end);
    assertThat(end.end()).isEqualTo(End.ACCEPTED);
  }

  @Test
  default void an_adapter_that_fails_under_an_offer_is_our_fault_and_no_phones() throws Exception {
    RadioRig.Phone phone = rig().phone(stalled());
    Offer offer = offer(phone);
    awaitPrompt(phone);

    rig().breakAdapter(RadioRig.FIRST);

    ended(rig().await(offer.result()), End.ADAPTER_FAILED, false);
  }

  @Test
  default void closing_the_radio_withdraws_what_is_under_way() throws Exception {
    RadioRig.Phone phone = rig().phone(stalled());
    Offer offer = offer(phone);
    awaitPrompt(phone);

    radio().close();

    ended(rig().await(offer.result()), End.WITHDRAWN, false);
  }

  private static void refused(OfferResult result, int code) {
    ended(result, End.REFUSED, false);
    assertThat(result.response()).hasValue(code);
  }

  private static void ended(OfferResult result, End end, boolean finalPacketSent) {
    assertThat(result.end()).as(result.detail()).isEqualTo(end);
    assertThat(result.finalPacketSent()).isEqualTo(finalPacketSent);
  }
}
