package org.towncrier.console.message;

import org.jspecify.annotations.Nullable;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.protocol.MessageObject;

/**
 * About what a phone shows of a message: first the question, then what was accepted.
 *
 * @param file the file's name, which is in the question that the phone asks
 * @param size as the question says it; empty while there is nothing to send
 * @param text what the owner reads; a description when it is a picture
 * @param contact the card, when it is one
 */
public record Preview(
    String file, String size, String text, boolean picture, @Nullable Contact contact) {
  static Preview of(MessageVersion version, Campaign campaign) {
    return of(version.draft(), campaign);
  }

  /** Of a draft that need not be finished. */
  static Preview of(Draft draft, Campaign campaign) {
    String ending = "\n\n" + campaign.sender() + "\n" + campaign.contact();
    return switch (draft.kind()) {
      case TEXT ->
          new Preview(
              draft.objectName(),
              size(draft, campaign),
              draft.text().strip() + ending,
              false,
              null);
      case VCARD ->
          new Preview(
              draft.objectName(), size(draft, campaign), ending.strip(), false, draft.contact());
      case IMAGE ->
          new Preview(draft.objectName(), size(draft, campaign), draft.text(), true, null);
    };
  }

  private static String size(Draft draft, Campaign campaign) {
    try {
      MessageObject object = MessageObjects.of(draft, campaign);
      int bytes = object.content().length;
      return bytes < 1024 ? bytes + " B" : "%.1f kB".formatted(bytes / 1024.0);
    } catch (IllegalArgumentException | NullPointerException unfinished) {
      return "";
    }
  }
}
