package org.towncrier.console.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ScheduledMessage.Priority;

class MessageObjectsTest {
  private static final Campaign CAMPAIGN =
      new Campaign(
          new CampaignId("safer-evenings"),
          "Safer evenings",
          "Safer North West Leicestershire",
          "Objections: 01530 454704",
          LocalDate.of(2026, 11, 26),
          LocalDate.of(2026, 12, 19));

  @Test
  void a_card_holds_each_number_and_names_the_sender() {
    String card =
        card(
            new Contact(
                "Police, 101",
                "Leicestershire; Police",
                List.of(
                    new Contact.Number("Not an emergency", "101"),
                    new Contact.Number("Crimestoppers", "0800 555 111"))));
    assertThat(unfolded(card))
        .startsWith("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Police\\, 101\r\n")
        .contains("ORG:Leicestershire\\; Police\r\n")
        .contains("item1.TEL:101\r\nitem1.X-ABLabel:Not an emergency\r\n")
        .contains("item2.TEL:0800555111\r\n")
        .contains("\\nSafer North West Leicestershire\\nObjections: 01530 454704\r\n")
        .endsWith("END:VCARD\r\n");
  }

  @Test
  void a_name_with_a_line_break_adds_no_property() {
    String card =
        card(
            new Contact(
                "Police\r\nTEL:666", "x", List.of(new Contact.Number("a\nTEL:667", "101"))));
    assertThat(
            unfolded(card).lines().filter(line -> line.contains("TEL:") && !line.contains("\\n")))
        .containsExactly("item1.TEL:101");
  }

  @Test
  void no_line_of_a_card_is_longer_than_75_bytes_and_no_character_is_cut() {
    String card = card(new Contact("Ü".repeat(200), "o", List.of(new Contact.Number("l", "101"))));
    assertThat(card.split("\r\n")).allMatch(line -> line.getBytes(UTF_8).length <= 75);
    assertThat(unfolded(card)).contains("FN:" + "Ü".repeat(200) + "\r\n");
  }

  private static String card(Contact contact) {
    Draft draft =
        new Draft(
            "t",
            MessageKind.VCARD,
            "",
            contact,
            null,
            "call.vcf",
            Priority.NORMAL,
            List.of(),
            List.of());
    return new String(MessageObjects.of(draft.kind(), draft.first(), CAMPAIGN).content(), UTF_8);
  }

  private static String unfolded(String card) {
    return card.replace("\r\n ", "");
  }
}
