package org.towncrier.console.writing;

import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A language that people read.
 *
 * @param tag as HTML's {@code lang} has it (BCP 47)
 */
public record Language(String tag) {
  private static final Set<String> CODES = Set.of(Locale.getISOLanguages());

  public static final Language ENGLISH = new Language("en");

  /** English, then what is spoken most beside it in the East Midlands, Welsh, and visitors'. */
  private static final List<Language> OFFERED =
      Arrays.stream(
              "en pl ro gu pa ur bn lt lv pt es fr de it nl hu sk bg uk ru ar fa ku so tr hi ta zh cy"
                  .split(" "))
          .map(Language::new)
          .toList();

  public Language {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag.strip()).build();
      tag = locale.toLanguageTag();
      if (!CODES.contains(locale.getLanguage())) {
        throw new IllformedLocaleException();
      }
    } catch (IllformedLocaleException notOne) {
      throw new IllegalArgumentException(
          "\"" + tag + "\" is not the tag of a language, such as en, pl or cy", notOne);
    }
  }

  /** The languages to choose from, English first. */
  public static List<Language> offered() {
    return OFFERED;
  }

  /** Whether the checks that read words can read it. */
  public boolean isEnglish() {
    return locale().getLanguage().equals("en");
  }

  /** Its name in English. */
  public String english() {
    return locale().getDisplayName(Locale.UK);
  }

  /** Its name as its own readers write it. */
  public String own() {
    String name = locale().getDisplayName(locale());
    return name.substring(0, 1).toUpperCase(locale()) + name.substring(1);
  }

  private Locale locale() {
    return Locale.forLanguageTag(tag);
  }
}
