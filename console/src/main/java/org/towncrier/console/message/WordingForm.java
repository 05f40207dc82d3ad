package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * One wording as somebody typed it.
 *
 * @param file the file's name; empty for the title's
 * @param contactNumbers one a line, {@code label: number}
 * @param picture which picture it has, as {@link PictureTray} calls it; empty for none
 */
record WordingForm(
    String file,
    List<TextForm> texts,
    String contactName,
    String contactOrganisation,
    String contactNumbers,
    String picture) {
  WordingForm {
    texts = List.copyOf(texts);
  }

  /** Nothing but English words. */
  static WordingForm words(String text) {
    return new WordingForm("", TextForm.english(text), "", "", "", "");
  }

  static boolean isIn(MultiValueMap<String, String> sent, int place) {
    return sent.containsKey(Fields.of("text", place, 1));
  }

  static WordingForm of(MultiValueMap<String, String> sent, int place) {
    return new WordingForm(
        MessageForm.first(sent, Fields.of("file", place)),
        TextForm.of(sent, place),
        MessageForm.first(sent, Fields.of("contactName", place)),
        MessageForm.first(sent, Fields.of("contactOrganisation", place)),
        MessageForm.first(sent, Fields.of("contactNumbers", place)),
        MessageForm.first(sent, Fields.of("picture", place)));
  }

  static WordingForm of(Wording wording, String file, int place) {
    Contact contact = wording.contact();
    return new WordingForm(
        file,
        wording.texts().stream()
            .map(text -> new TextForm(text.language().tag(), text.words()))
            .toList(),
        contact == null ? "" : contact.name(),
        contact == null ? "" : contact.organisation(),
        contact == null
            ? ""
            : contact.numbers().stream()
                .map(number -> number.label() + ": " + number.dial())
                .collect(Collectors.joining("\n")),
        wording.image() == null ? "" : PictureTray.saved(place));
  }

  boolean isBlank() {
    return (contactName + contactNumbers).isBlank()
        && texts.stream().allMatch(text -> text.words().isBlank());
  }

  WordingForm withPicture(String other) {
    return new WordingForm(file, texts, contactName, contactOrganisation, contactNumbers, other);
  }

  private WordingForm withTexts(List<TextForm> others) {
    return new WordingForm(file, others, contactName, contactOrganisation, contactNumbers, picture);
  }

  /** One to write beside this: the same languages and the same contact, other words. */
  WordingForm another() {
    return new WordingForm(
        "",
        texts.stream().map(text -> new TextForm(text.language(), "")).toList(),
        contactName,
        contactOrganisation,
        contactNumbers,
        "");
  }

  /** Whether it may be in one more language. */
  public boolean hasRoom() {
    return TextForm.hasRoom(texts);
  }

  /** With room for the first of the languages to choose from that it lacks. */
  WordingForm inAnotherLanguage() {
    return withTexts(TextForm.inAnotherLanguage(texts));
  }

  WordingForm without(int text) {
    return withTexts(TextForm.without(texts, text));
  }

  WordingForm earlier(int text) {
    return withTexts(TextForm.earlier(texts, text));
  }

  Wording wording(
      MessageKind kind,
      int place,
      String nameFromTitle,
      Function<String, byte @Nullable []> pictures) {
    return new Wording(
        file.isBlank() ? nameFromTitle : named(kind),
        TextForm.written(texts, place),
        kind == MessageKind.VCARD ? contact() : null,
        kind == MessageKind.IMAGE && !picture.isEmpty() ? pictures.apply(picture) : null);
  }

  /** With the ending that phones want for the kind, whatever ending was typed. */
  private String named(MessageKind kind) {
    return file.strip().replaceFirst("(?i)\\.(txt|vcf|jpe?g|png)$", "") + kind.extension();
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
}
