package org.towncrier.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.towncrier.protocol.Topic.Kind;

/** Whom a node believes. */
class SigningTest {
  private static final SigningKey KEY = Examples.KEY;
  private static final List<TrustedKey> TRUSTED = List.of(KEY.trustedKey());

  private static NodeSchedule open(List<TrustedKey> trusted, Kind kind, Envelope envelope)
      throws Exception {
    return TrustedKey.open(trusted, kind, WireJson.write(envelope), NodeSchedule.class);
  }

  @Example
  void what_a_trusted_key_signed_is_opened() throws Exception {
    Envelope sealed = KEY.seal(Kind.SCHEDULE, Examples.SCHEDULE);
    assertThat(open(TRUSTED, Kind.SCHEDULE, sealed)).isEqualTo(Examples.SCHEDULE);
  }

  @Example
  void one_of_several_trusted_keys_is_enough() throws Exception {
    SigningKey next = SigningKey.generate();
    List<TrustedKey> both = List.of(KEY.trustedKey(), next.trustedKey());
    assertThat(open(both, Kind.SCHEDULE, next.seal(Kind.SCHEDULE, Examples.SCHEDULE)))
        .isEqualTo(Examples.SCHEDULE);
  }

  @Example
  void a_foreign_key_is_not_believed() {
    Envelope foreign = SigningKey.generate().seal(Kind.SCHEDULE, Examples.SCHEDULE);
    assertThatThrownBy(() -> open(TRUSTED, Kind.SCHEDULE, foreign))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("key that this node does not trust");
  }

  @Example
  void a_foreign_key_under_a_trusted_name_is_not_believed() {
    Envelope foreign = SigningKey.generate().seal(Kind.SCHEDULE, Examples.SCHEDULE);
    Envelope disguised =
        new Envelope(KEY.trustedKey().id(), foreign.payload(), foreign.signature());
    assertThatThrownBy(() -> open(TRUSTED, Kind.SCHEDULE, disguised))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("signature does not fit");
  }

  @Example
  void nobody_is_believed_by_a_node_that_trusts_nobody() {
    Envelope sealed = KEY.seal(Kind.SCHEDULE, Examples.SCHEDULE);
    assertThatThrownBy(() -> open(List.of(), Kind.SCHEDULE, sealed))
        .isInstanceOf(UntrustedException.class);
  }

  @Property(tries = 200)
  void a_changed_bit_of_the_content_is_noticed(
      @ForAll @IntRange(max = 1_000_000) int where, @ForAll @IntRange(max = 7) int bit) {
    Envelope sealed = KEY.seal(Kind.SCHEDULE, Examples.SCHEDULE);
    byte[] payload = sealed.payload().clone();
    payload[where % payload.length] ^= (byte) (1 << bit);
    Envelope changed = new Envelope(sealed.keyId(), payload, sealed.signature());
    assertThatThrownBy(() -> open(TRUSTED, Kind.SCHEDULE, changed))
        .isInstanceOf(UntrustedException.class);
  }

  @Property(tries = 200)
  void a_changed_bit_of_the_signature_is_noticed(
      @ForAll @IntRange(max = 63) int where, @ForAll @IntRange(max = 7) int bit) {
    Envelope sealed = KEY.seal(Kind.SCHEDULE, Examples.SCHEDULE);
    byte[] signature = sealed.signature().clone();
    signature[where] ^= (byte) (1 << bit);
    Envelope changed = new Envelope(sealed.keyId(), sealed.payload(), signature);
    assertThatThrownBy(() -> open(TRUSTED, Kind.SCHEDULE, changed))
        .isInstanceOf(UntrustedException.class);
  }

  @Property(tries = 100)
  void a_signature_that_is_garbage_is_noticed(@ForAll byte[] garbage) {
    Envelope sealed = KEY.seal(Kind.SCHEDULE, Examples.SCHEDULE);
    Envelope changed = new Envelope(sealed.keyId(), sealed.payload(), garbage);
    assertThatThrownBy(() -> open(TRUSTED, Kind.SCHEDULE, changed))
        .isInstanceOf(UntrustedException.class);
  }

  @Example
  void what_was_signed_for_one_kind_of_topic_is_worthless_on_another() {
    Envelope acks = KEY.seal(Kind.ACKS, Examples.SCHEDULE);
    assertThatThrownBy(() -> open(TRUSTED, Kind.SCHEDULE, acks))
        .isInstanceOf(UntrustedException.class);
  }

  @Example
  void what_is_signed_and_malformed_is_refused_as_malformed() {
    Envelope acks = KEY.seal(Kind.SCHEDULE, Examples.ACKS);
    assertThatThrownBy(() -> open(TRUSTED, Kind.SCHEDULE, acks))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageStartingWith("NodeSchedule");
  }

  @Example
  void what_is_no_envelope_is_refused_as_malformed() {
    byte[] naked = WireJson.write(Examples.SCHEDULE);
    assertThatThrownBy(() -> TrustedKey.open(TRUSTED, Kind.SCHEDULE, naked, NodeSchedule.class))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageStartingWith("Envelope");
  }

  @Example
  void keys_are_read_back_from_their_texts() throws Exception {
    SigningKey key = SigningKey.generate();
    TrustedKey read = TrustedKey.decode(" " + key.trustedKey().encoded() + "\n");
    Envelope sealed =
        SigningKey.decode(key.encoded() + "\n").seal(Kind.SCHEDULE, Examples.SCHEDULE);
    assertThat(open(List.of(read), Kind.SCHEDULE, sealed)).isEqualTo(Examples.SCHEDULE);
    assertThat(read.id()).isEqualTo(key.trustedKey().id()).matches("[0-9a-f]{16}");
  }

  @Property
  void a_text_that_is_no_key_is_refused(@ForAll String text) {
    assertThatThrownBy(() -> TrustedKey.decode(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SigningKey.decode(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void base64_of_something_else_is_no_key() {
    String other =
        Base64.getEncoder().encodeToString("not a key".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> TrustedKey.decode(other)).hasMessageContaining("Ed25519");
    assertThatThrownBy(() -> SigningKey.decode(other + ":" + other))
        .hasMessageContaining("Ed25519");
  }

  @Example
  void a_secret_is_not_in_the_text_of_a_key() {
    SigningKey key = SigningKey.generate();
    assertThat(key.toString()).doesNotContain(key.encoded().substring(20, 40));
  }
}
