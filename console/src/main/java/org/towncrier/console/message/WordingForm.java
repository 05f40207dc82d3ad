package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.writing.Language;
import org.towncrier.console.writing.Text;

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

  /** Words in one language. */
  record TextForm(String language, String words) {
    /** As people call it; the tag itself when it is none. */
    public String languageName() {
      try {
        return new Language(language).english();
      } catch (IllegalArgumentException none) {
        return language;
      }
    }
  }

  /** Nothing but English words. */
  static WordingForm words(String text) {
    return new WordingForm("", List.of(new TextForm("en", text)), "", "", "", "");
  }

  static boolean isIn(MultiValueMap<String, String> sent, int place) {
    return sent.containsKey(Fields.of("text", place, 1));
  }

  static WordingForm of(MultiValueMap<String, String> sent, int place) {
    List<TextForm> texts = new ArrayList<>();
    int n = 1;
    do {
      String language = MessageForm.first(sent, Fields.of("language", place, n));
      texts.add(
          new TextForm(
              language.isEmpty() ? Language.ENGLISH.tag() : language,
              MessageForm.first(sent, Fields.of("text", place, n))));
      n++;
    } while (n <= DraftRules.LANGUAGES && sent.containsKey(Fields.of("text", place, n)));
    return new WordingForm(
        MessageForm.first(sent, Fields.of("file", place)),
        texts,
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

  /** With room for the first of the languages to choose from that it lacks. */
  WordingForm inAnotherLanguage() {
    List<String> has = texts.stream().map(TextForm::language).toList();
    if (texts.size() == DraftRules.LANGUAGES) {
      return this;
    }
    List<TextForm> more = new ArrayList<>(texts);
    Language.offered().stream()
        .map(Language::tag)
        .filter(tag -> !has.contains(tag))
        .findFirst()
        .ifPresent(tag -> more.add(new TextForm(tag, "")));
    return withTexts(more);
  }

  WordingForm without(int text) {
    List<TextForm> fewer = new ArrayList<>(texts);
    if (text >= 1 && text <= texts.size() && texts.size() > 1) {
      fewer.remove(text - 1);
    }
    return withTexts(fewer);
  }

  WordingForm earlier(int text) {
    List<TextForm> moved = new ArrayList<>(texts);
    if (text >= 2 && text <= texts.size()) {
      moved.add(text - 2, moved.remove(text - 1));
    }
    return withTexts(moved);
  }

  Wording wording(
      MessageKind kind,
      int place,
      String nameFromTitle,
      Function<String, byte @Nullable []> pictures) {
    return new Wording(
        file.isBlank() ? nameFromTitle : named(kind),
        written(place),
        kind == MessageKind.VCARD ? contact() : null,
        kind == MessageKind.IMAGE && !picture.isEmpty() ? pictures.apply(picture) : null);
  }

  /** With the ending that phones want for the kind, whatever ending was typed. */
  private String named(MessageKind kind) {
    return file.strip().replaceFirst("(?i)\\.(txt|vcf|jpe?g|png)$", "") + kind.extension();
  }

  private List<Text> written(int place) {
    List<Text> written = new ArrayList<>();
    for (int n = 1; n <= texts.size(); n++) {
      TextForm text = texts.get(n - 1);
      try {
        written.add(
            // Browsers send every line end as two characters; phones are sent one.
            new Text(new Language(text.language()), text.words().replace("\r\n", "\n")));
      } catch (IllegalArgumentException none) {
        throw new InvalidInputException(
            Fields.of("language", place, n), "Select the language of these words");
      }
    }
    return written;
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
