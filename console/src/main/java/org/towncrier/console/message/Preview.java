package org.towncrier.console.message;

import java.nio.charset.StandardCharsets;
import org.towncrier.console.campaign.Campaign;

/**
 * About what a phone shows of a message.
 *
 * @param file the file's name, which is in the question that the phone asks
 * @param text what the owner reads; a description when it is a picture
 */
public record Preview(String file, String text, boolean picture) {
  static Preview of(MessageVersion version, Campaign campaign) {
    Draft draft = version.draft();
    return switch (draft.kind()) {
      case TEXT ->
          new Preview(
              draft.objectName(),
              new String(MessageObjects.of(draft, campaign).content(), StandardCharsets.UTF_8),
              false);
      case VCARD -> new Preview(draft.objectName(), card(draft, campaign), false);
      case IMAGE -> new Preview(draft.objectName(), draft.text(), true);
    };
  }

  /** As the contacts of a phone list it. */
  private static String card(Draft draft, Campaign campaign) {
    Contact contact = draft.contact();
    StringBuilder card = new StringBuilder();
    if (contact != null) {
      card.append(contact.name()).append('\n').append(contact.organisation()).append("\n\n");
      contact
          .numbers()
          .forEach(n -> card.append(n.label()).append(": ").append(n.dial()).append('\n'));
    }
    return card.append('\n')
        .append(campaign.sender())
        .append('\n')
        .append(campaign.contact())
        .toString();
  }
}
