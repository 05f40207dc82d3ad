package org.towncrier.console.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.protocol.MessageObject;

/** Makes the file that a phone receives from what a person wrote. */
final class MessageObjects {
  private MessageObjects() {}

  /**
   * The object of one wording. Every text and card ends with who speaks and how to object: whoever
   * gets one can tell, and nobody has to remember to write it.
   *
   * @throws IllegalArgumentException if phones would refuse it
   */
  static MessageObject of(MessageKind kind, Wording wording, Campaign campaign) {
    byte[] content =
        switch (kind) {
          case TEXT -> Block.file(Block.of(wording.texts(), campaign)).getBytes(UTF_8);
          case VCARD -> card(Objects.requireNonNull(wording.contact()), campaign).getBytes(UTF_8);
          case IMAGE -> Objects.requireNonNull(wording.image());
        };
    return new MessageObject(wording.fileName(), kind.type(), content);
  }

  /** vCard 3.0 (RFC 2426), which Android and every contacts program reads as UTF-8. */
  private static String card(Contact contact, Campaign campaign) {
    StringBuilder card = new StringBuilder();
    line(card, "BEGIN:VCARD");
    line(card, "VERSION:3.0");
    line(card, "FN:" + escaped(contact.name()));
    line(card, "N:" + escaped(contact.name()) + ";;;;");
    line(card, "ORG:" + escaped(contact.organisation()));
    int item = 1;
    for (Contact.Number number : contact.numbers()) {
      line(card, "item" + item + ".TEL:" + number.dial().replace(" ", ""));
      line(card, "item" + item + ".X-ABLabel:" + escaped(number.label()));
      item++;
    }
    line(card, "NOTE:" + escaped(notes(contact, campaign)));
    line(card, "END:VCARD");
    return card.toString();
  }

  /** Labels again, since Android shows a custom label to nobody. */
  private static String notes(Contact contact, Campaign campaign) {
    StringBuilder notes = new StringBuilder();
    contact
        .numbers()
        .forEach(n -> notes.append(n.label()).append(": ").append(n.dial()).append('\n'));
    return notes.append(campaign.sender()).append('\n').append(campaign.contact()).toString();
  }

  /** Escapes as RFC 2426 says, then folds at 75 bytes as RFC 2425 says. */
  private static void line(StringBuilder card, String line) {
    int width = 0;
    for (int i = 0; i < line.length(); ) {
      int codePoint = line.codePointAt(i);
      String character = Character.toString(codePoint);
      int bytes = character.getBytes(UTF_8).length;
      if (width + bytes > 75) {
        card.append("\r\n ");
        width = 1;
      }
      card.append(character);
      width += bytes;
      i += Character.charCount(codePoint);
    }
    card.append("\r\n");
  }

  private static String escaped(String text) {
    return text.strip()
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\r\n", "\\n")
        .replace("\n", "\\n")
        .replace("\r", "\\n");
  }
}
