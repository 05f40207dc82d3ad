package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.List;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.writing.Wording;

/** All the words that a draft puts on a phone, and in its question. */
final class Wordings {
  private Wordings() {}

  static Wording of(Draft draft, Campaign campaign) {
    List<String> contacts = new ArrayList<>();
    Contact contact = draft.contact();
    if (contact != null) {
      contacts.add(contact.name());
      contacts.add(contact.organisation());
      contact.numbers().forEach(n -> contacts.add(n.label() + ": " + n.dial()));
    }
    return new Wording(
        draft.kind() == MessageKind.IMAGE,
        draft.kind() == MessageKind.VCARD,
        draft.title(),
        draft.text(),
        draft.objectName(),
        contacts,
        campaign.sender(),
        campaign.contact());
  }
}
