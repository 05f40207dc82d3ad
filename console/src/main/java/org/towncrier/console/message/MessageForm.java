package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.ScheduledMessage.Priority;

/**
 * A message as somebody typed it. It keeps what was typed, right or wrong.
 *
 * @param contactNumbers one a line, {@code label: number}
 */
record MessageForm(
    String campaign,
    String title,
    String kind,
    String text,
    String contactName,
    String contactOrganisation,
    String contactNumbers) {

  MessageForm {
    campaign = Objects.requireNonNullElse(campaign, "");
    title = Objects.requireNonNullElse(title, "");
    kind = Objects.requireNonNullElse(kind, "");
    text = Objects.requireNonNullElse(text, "");
    contactName = Objects.requireNonNullElse(contactName, "");
    contactOrganisation = Objects.requireNonNullElse(contactOrganisation, "");
    contactNumbers = Objects.requireNonNullElse(contactNumbers, "");
  }

  static MessageForm blank(String campaign) {
    return new MessageForm(campaign, "", MessageKind.TEXT.name(), "", "", "", "");
  }

  /** The same in a campaign. */
  MessageForm in(String other) {
    return new MessageForm(
        other, title, kind, text, contactName, contactOrganisation, contactNumbers);
  }

  /** Whether nothing was typed yet. */
  boolean isBlank() {
    return (title + text + contactName + contactNumbers).isBlank();
  }

  static MessageForm of(MessageVersion version) {
    Draft draft = version.draft();
    Contact contact = draft.contact();
    return new MessageForm(
        version.campaign().value(),
        draft.title(),
        draft.kind().name(),
        draft.text(),
        contact == null ? "" : contact.name(),
        contact == null ? "" : contact.organisation(),
        contact == null
            ? ""
            : contact.numbers().stream()
                .map(number -> number.label() + ": " + number.dial())
                .collect(Collectors.joining("\n")));
  }

  /**
   * What was typed, as a draft that keeps the place and time of the one before.
   *
   * @param picture the file sent along; empty when none was
   * @throws IllegalArgumentException when the kind is none of ours (no page of ours sends that)
   */
  Draft draft(@Nullable Draft before, byte[] picture) {
    MessageKind chosen = MessageKind.valueOf(kind);
    byte[] image = picture.length > 0 ? picture : before == null ? null : before.image();
    return new Draft(
        title,
        chosen,
        // Browsers send every line end as two characters; phones are sent one.
        text.replace("\r\n", "\n"),
        chosen == MessageKind.VCARD ? contact() : null,
        chosen == MessageKind.IMAGE ? image : null,
        before != null && before.kind() == chosen ? before.objectName() : fileName(chosen),
        before == null ? Priority.NORMAL : before.priority(),
        before == null ? List.of() : before.targets(),
        before == null ? List.of() : before.windows());
  }

  private Contact contact() {
    List<Contact.Number> numbers = new ArrayList<>();
    for (String line : contactNumbers.lines().map(String::strip).toList()) {
      if (!line.isEmpty()) {
        int colon = line.lastIndexOf(':');
        numbers.add(
            new Contact.Number(
                colon < 0 ? "" : line.substring(0, colon).strip(),
                line.substring(colon + 1).strip()));
      }
    }
    return new Contact(contactName.strip(), contactOrganisation.strip(), numbers);
  }

  /** What the phone calls the file: it is in the question that the phone asks its owner. */
  private String fileName(MessageKind chosen) {
    String words = title.strip().replaceAll("[^A-Za-z0-9 _-]+", "").replaceAll(" +", " ").strip();
    String base = words.substring(0, Math.min(60, words.length())).strip();
    return Objects.requireNonNullElse(base.isEmpty() ? null : base, "message")
        + chosen.extension().toLowerCase(Locale.ROOT);
  }
}
