package org.towncrier.console.writing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Flesch's reading ease (R. Flesch, "A new readability yardstick", 1948): 206.835 − 1.015 × words a
 * sentence − 84.6 × syllables a word. 60 and more is plain English that most adults read at once.
 */
final class ReadingEase {
  /** Flesch's "standard": plain English. */
  static final int PLAIN = 60;

  /** The formula says nothing of fewer words. */
  private static final int FEWEST_WORDS = 15;

  private static final Pattern SENTENCE_END = Pattern.compile("[.!?:]+(\\s|$)|\\n+");
  private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");

  private ReadingEase() {}

  /** From 100 (very easy) to 0; nothing when there are too few words to say. */
  static OptionalInt of(String text) {
    List<String> words =
        Arrays.stream(text.split("[^\\p{L}'’]+")).filter(word -> !word.isEmpty()).toList();
    if (words.size() < FEWEST_WORDS) {
      return OptionalInt.empty();
    }
    long sentences =
        SENTENCE_END.splitAsStream(text).filter(part -> part.matches("(?s).*\\p{L}.*")).count();
    double syllables = words.stream().mapToInt(ReadingEase::syllables).sum();
    double ease =
        206.835 - 1.015 * words.size() / Math.max(1, sentences) - 84.6 * syllables / words.size();
    return OptionalInt.of((int) Math.round(Math.max(0, Math.min(100, ease))));
  }

  /** Groups of vowels, without the silent e at the end: right for most English words. */
  static int syllables(String word) {
    String lower = word.toLowerCase(Locale.UK).replaceAll("[^a-z]", "");
    String spoken = lower.replaceAll("(?<=[^aeiouyl])e$|(?<=[aeiou][^aeiouy])es$", "");
    return Math.max(1, (int) VOWELS.matcher(spoken).results().count());
  }
}
