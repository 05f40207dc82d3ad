package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.writing.Language;
import org.towncrier.console.writing.Text;

/** Words in one language as somebody typed them, and what forms do with a list of such. */
public record TextForm(String language, String words) {
  /** As people call it; the tag itself when it is none. */
  public String languageName() {
    try {
      return new Language(language).english();
    } catch (IllegalArgumentException none) {
      return language;
    }
  }

  /** A form that has nothing but English words yet. */
  public static List<TextForm> english(String words) {
    return List.of(new TextForm(Language.ENGLISH.tag(), words));
  }

  /** As a browser sends them, of the only or first wording: its fields are called by this. */
  public static List<TextForm> of(MultiValueMap<String, String> sent) {
    return of(sent, 1);
  }

  static List<TextForm> of(MultiValueMap<String, String> sent, int place) {
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
    return texts;
  }

  /** Whether there may be one more. */
  public static boolean hasRoom(List<TextForm> texts) {
    return texts.size() < DraftRules.LANGUAGES;
  }

  /** With room for the first of the languages to choose from that they lack. */
  public static List<TextForm> inAnotherLanguage(List<TextForm> texts) {
    if (!hasRoom(texts)) {
      return texts;
    }
    List<String> has = texts.stream().map(TextForm::language).toList();
    List<TextForm> more = new ArrayList<>(texts);
    Language.offered().stream()
        .map(Language::tag)
        .filter(tag -> !has.contains(tag))
        .findFirst()
        .ifPresent(tag -> more.add(new TextForm(tag, "")));
    return more;
  }

  /**
   * Without one of them; the last that is left stays.
   *
   * @param text which, counted from 1; any other number changes nothing
   */
  public static List<TextForm> without(List<TextForm> texts, int text) {
    List<TextForm> fewer = new ArrayList<>(texts);
    if (text >= 1 && text <= texts.size() && texts.size() > 1) {
      fewer.remove(text - 1);
    }
    return fewer;
  }

  static List<TextForm> earlier(List<TextForm> texts, int text) {
    List<TextForm> moved = new ArrayList<>(texts);
    if (text >= 2 && text <= texts.size()) {
      moved.add(text - 2, moved.remove(text - 1));
    }
    return moved;
  }

  /**
   * What a message says, of the only or first wording.
   *
   * @throws InvalidInputException when one is in no language
   */
  public static List<Text> written(List<TextForm> texts) {
    return written(texts, 1);
  }

  static List<Text> written(List<TextForm> texts, int place) {
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
}
