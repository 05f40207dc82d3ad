package org.towncrier.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.towncrier.protocol.ScheduledMessage.Variant;
import org.towncrier.protocol.ScheduledMessage.Wording;

/** What no record on the wire can be. */
class LimitsTest {
  private static final Instant NOW = Examples.HOUR;

  @Test
  void the_largest_schedule_fits_into_a_payload_with_its_envelope() {
    byte[] schedule = new byte[Limits.SCHEDULE_BYTES];
    Envelope envelope = new Envelope("0123456789abcdef", schedule, new byte[64]);
    assertThat(WireJson.write(envelope)).hasSizeLessThanOrEqualTo(Limits.PAYLOAD_BYTES);
  }

  @Test
  void an_object_over_the_limit_is_refused() {
    assertThat(new MessageObject("a.jpg", "image/jpeg", new byte[Limits.OBJECT_BYTES])).isNotNull();
    assertThatThrownBy(
            () -> new MessageObject("a.jpg", "image/jpeg", new byte[Limits.OBJECT_BYTES + 1]))
        .hasMessageContaining("over the limit");
  }

  @ParameterizedTest
  @CsvSource({
    "a.exe, application/octet-stream, phones refuse",
    "a.html, text/html, phones refuse",
    "a.jpg, text/plain, ends in .txt",
    "../a.txt, text/plain, ends in .txt",
    "a/b.txt, text/plain, ends in .txt",
    ".txt, text/plain, ends in .txt",
    "ä.txt, text/plain, ends in .txt",
  })
  void an_object_that_phones_would_refuse_is_refused(String name, String type, String why) {
    assertThatThrownBy(() -> new MessageObject(name, type, new byte[1])).hasMessageContaining(why);
  }

  @Test
  void an_empty_object_is_refused() {
    assertThatThrownBy(() -> new MessageObject("a.txt", "text/plain", new byte[0]))
        .hasMessageContaining("empty");
  }

  @Test
  void a_schedule_holds_together_or_is_refused() {
    NodeSchedule good = Examples.SCHEDULE;
    ScheduledMessage message = good.messages().get(0);
    assertThatThrownBy(() -> schedule(0, good.siteNodes(), good.campaigns(), good.messages()))
        .hasMessageContaining("revision");
    assertThatThrownBy(() -> schedule(1, List.of(), good.campaigns(), good.messages()))
        .hasMessageContaining("does not name this node");
    assertThatThrownBy(() -> schedule(1, good.siteNodes(), List.of(), good.messages()))
        .hasMessageContaining("which campaigns lacks");
    assertThatThrownBy(
            () -> schedule(1, good.siteNodes(), good.campaigns(), List.of(message, message)))
        .hasMessageContaining("one id twice");
    assertThatThrownBy(
            () ->
                new ScheduledMessage(
                    message.id(),
                    message.campaign(),
                    message.priority(),
                    message.object(),
                    List.of()))
        .hasMessageContaining("no window");
  }

  @Test
  void wordings_to_compare_are_several_told_apart_and_carried_once() {
    ScheduledMessage message = Examples.SCHEDULE.messages().get(1);
    MessageObject other = message.wordings().get(1).object();
    Variant first = new Variant(Examples.FIRST, null);
    Variant second = new Variant(Examples.SECOND, other);
    assertThat(message.wordings())
        .containsExactly(
            new Wording(Examples.FIRST, message.object()), new Wording(Examples.SECOND, other));
    assertThatThrownBy(() -> withVariants(message, List.of(first)))
        .hasMessageContaining("2 to 8, not 1");
    assertThatThrownBy(() -> withVariants(message, Collections.nCopies(9, first)))
        .hasMessageContaining("2 to 8, not 9");
    assertThatThrownBy(
            () -> withVariants(message, List.of(first, new Variant(Examples.FIRST, other))))
        .hasMessageContaining("one id twice");
    assertThatThrownBy(
            () -> withVariants(message, List.of(first, new Variant(Examples.SECOND, null))))
        .hasMessageContaining("b-5f2d0c91");
    assertThatThrownBy(
            () -> withVariants(message, List.of(new Variant(Examples.FIRST, other), second)))
        .hasMessageContaining("a-5f2d0c91");
    assertThatThrownBy(() -> new VariantId("B"))
        .hasMessageContaining("a variant id is 1 to 40 lower-case letters");
  }

  private static ScheduledMessage withVariants(ScheduledMessage message, List<Variant> variants) {
    return new ScheduledMessage(
        message.id(),
        message.campaign(),
        message.priority(),
        message.object(),
        message.windows(),
        variants);
  }

  @Test
  void a_message_without_variants_has_the_one_wording_that_it_always_had() {
    ScheduledMessage message = Examples.SCHEDULE.messages().get(0);
    assertThat(message.variants()).isNull();
    assertThat(message.wordings()).containsExactly(new Wording(null, message.object()));
  }

  private static NodeSchedule schedule(
      long revision,
      List<NodeId> nodes,
      List<Campaign> campaigns,
      List<ScheduledMessage> messages) {
    return new NodeSchedule(
        Examples.SITE,
        Examples.NODE,
        revision,
        NOW,
        NOW,
        false,
        false,
        ContactRules.DEFAULT,
        nodes,
        campaigns,
        messages);
  }

  @Test
  void counts_that_can_not_be_are_refused() {
    assertThatThrownBy(
            () ->
                new DeliveryReport.OutcomeCount(
                    Examples.HOME, NOW, Outcome.ACCEPTED, null, false, 0))
        .hasMessageContaining("count is 1 or more");
    assertThatThrownBy(
            () ->
                new DeliveryReport.OutcomeCount(
                    Examples.HOME, NOW, Outcome.WITHHELD, null, false, 1))
        .hasMessageContaining("carries a reason");
    assertThatThrownBy(
            () ->
                new DeliveryReport.OutcomeCount(
                    Examples.HOME, NOW, Outcome.ACCEPTED, WithheldReason.BUDGET_SPENT, false, 1))
        .hasMessageContaining("carries a reason");
    assertThatThrownBy(
            () ->
                new DeliveryReport.OutcomeCount(
                    Examples.HELP,
                    Examples.FIRST,
                    NOW,
                    Outcome.WITHHELD,
                    WithheldReason.BUDGET_SPENT,
                    false,
                    1))
        .hasMessageContaining("has no variant");
    assertThatThrownBy(() -> new DeliveryReport.Coverage("hci0", NOW, 3601))
        .hasMessageContaining("3600");
    assertThatThrownBy(() -> new DeliveryReport.Coverage("hci0", NOW, -1))
        .hasMessageContaining("3600");
    assertThatThrownBy(
            () ->
                new DeliveryReport(
                    Examples.SITE,
                    Examples.NODE,
                    Examples.BOOT,
                    0,
                    NOW,
                    List.of(),
                    List.of(),
                    List.of()))
        .hasMessageContaining("seq starts at 1");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 120, offersPerNight",
    "11, 3, 120, offersPerNight",
    "1, 0, 120, tries",
    "1, 11, 120, tries",
    "1, 3, 0, retryAfterSeconds"
  })
  void contact_rules_that_would_pester_are_refused(int offers, int tries, int after, String what) {
    assertThatThrownBy(() -> new ContactRules(offers, tries, after)).hasMessageContaining(what);
  }
}
