package org.towncrier.broadcaster.contact;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The word that people write into their phone's name when they don't want to be asked. Case, spaces
 * and signs between letters don't matter: "No Crier", "nocrier" and "Ann's phone (NO-CRIER)" all
 * say the same.
 */
public final class OptOutWord {
  /** Short enough to add to a name, and in no name that a maker gives to phones. */
  public static final OptOutWord DEFAULT = new OptOutWord("nocrier");

  /** A shorter one is in too many names. */
  private static final int SHORTEST = 4;

  private final String word;

  /**
   * That word.
   *
   * @throws IllegalArgumentException if it is too short to be told from other names
   */
  public OptOutWord(String word) {
    this.word = plain(word);
    if (this.word.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "needs %d letters or digits at least, not \"%s\"".formatted(SHORTEST, word));
    }
  }

  /** Whether a device's name says so. */
  public boolean isIn(String name) {
    return plain(name).contains(word);
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
