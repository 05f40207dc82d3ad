package org.towncrier.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may speak on a site's topic of contacts, and who can read there: its nodes, tonight. */
class ContactSealTest {
  private static final LocalDate NIGHT = Examples.SEED.night();
  private final ContactSeal seal = new ContactSeal(Examples.SITE, NIGHT, Examples.SEED.nightKey());
  private final ContactNote note = seal.seal(Examples.NODE, Examples.MEMORIAL, Examples.TALK);

  @Test
  void a_node_of_the_site_opens_what_another_sealed() throws Exception {
    assertThat(seal.open(note)).isEqualTo(Examples.TALK);
  }

  @Test
  void nothing_of_it_can_be_read_on_the_way() {
    String seen = new String(WireJson.write(note), StandardCharsets.UTF_8);
    String sealed = new String(note.sealed(), StandardCharsets.ISO_8859_1);
    assertThat(seen + sealed).doesNotContain("claims", "5566778899", "getting-home");
  }

  @Test
  void the_same_words_are_never_sealed_alike_and_lengths_tell_little() {
    ContactNote again = seal.seal(Examples.NODE, Examples.MEMORIAL, Examples.TALK);
    assertThat(again.nonce()).isNotEqualTo(note.nonce());
    assertThat(again.sealed()).isNotEqualTo(note.sealed());
    assertThat((note.sealed().length - 16) % 512).isZero();
  }

  @Test
  void a_single_bit_that_was_changed_is_noticed() {
    for (int at : new int[] {0, note.sealed().length / 2, note.sealed().length - 1}) {
      byte[] sealed = note.sealed().clone();
      sealed[at] ^= 1;
      assertUntrusted(new ContactNote(note.from(), note.to(), NIGHT, note.nonce(), sealed), seal);
    }
  }

  @Test
  void a_note_given_another_name_does_not_open() {
    NodeId other = new NodeId("market");
    assertUntrusted(new ContactNote(other, note.to(), NIGHT, note.nonce(), note.sealed()), seal);
    assertUntrusted(new ContactNote(note.from(), other, NIGHT, note.nonce(), note.sealed()), seal);
    assertUntrusted(
        new ContactNote(note.to(), note.from(), NIGHT, note.nonce(), note.sealed()), seal);
  }

  @Test
  void a_note_brought_to_another_site_or_another_night_does_not_open() {
    LocalDate tomorrow = NIGHT.plusDays(1);
    assertUntrusted(note, new ContactSeal(new SiteId("ashby"), NIGHT, Examples.SEED.nightKey()));
    assertUntrusted(note, new ContactSeal(Examples.SITE, tomorrow, Examples.SEED.nightKey()));
    assertUntrusted(
        new ContactNote(note.from(), note.to(), tomorrow, note.nonce(), note.sealed()),
        new ContactSeal(Examples.SITE, tomorrow, Examples.SEED.nightKey()));
    assertUntrusted(note, new ContactSeal(Examples.SITE, NIGHT, Examples.SEED.campaignSecret()));
  }

  @Test
  void what_is_no_note_is_refused_without_a_word_of_what_is_in_it() {
    for (byte[] nonce : List.of(new byte[0], new byte[11], new byte[13])) {
      assertUntrusted(new ContactNote(note.from(), note.to(), NIGHT, nonce, note.sealed()), seal);
    }
    for (byte[] sealed : List.of(new byte[0], new byte[15], new byte[16])) {
      assertUntrusted(new ContactNote(note.from(), note.to(), NIGHT, note.nonce(), sealed), seal);
    }
    assertThat(note)
        .hasToString(
            "ContactNote[clock-tower to memorial, %d bytes]".formatted(note.sealed().length));
  }

  @Test
  void a_key_of_another_length_is_refused() {
    assertThatThrownBy(() -> new ContactSeal(Examples.SITE, NIGHT, Arrays.copyOf(new byte[0], 16)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertUntrusted(ContactNote forged, ContactSeal seal) {
    assertThatThrownBy(() -> seal.open(forged)).isInstanceOf(UntrustedException.class);
  }
}
