package org.towncrier.console.writing;

/** Words in one language. */
public record Text(Language language, String words) {
  /** English words. */
  public static Text english(String words) {
    return new Text(Language.ENGLISH, words);
  }
}
