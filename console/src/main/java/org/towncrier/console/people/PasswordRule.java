package org.towncrier.console.people;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a password must be: long, and not one that is tried first: breached ones (zxcvbn's list, the
 * 30,000 most common of ten million that leaked), what is made of them, of names, keys beside each
 * other or dates, and the words of this trade and town. No rules on kinds of characters: they make
 * passwords worse (NCSC, NIST SP 800-63B).
 */
final class PasswordRule {
  /** Characters. */
  static final int SHORTEST = 12;

  /** Bytes: bcrypt reads no more than these, and its encoder refuses longer ones. */
  static final int LONGEST_BYTES = 72;

  /** Guesses that an attacker needs; the throttle leaves 480 a day from one address. */
  private static final double FEWEST_GUESSES = 1e8;

  private final Set<String> common;
  private final Zxcvbn guesser = new Zxcvbn();

  PasswordRule(Set<String> common) {
    this.common = common;
  }

  /** With the list that ships in {@code common-passwords.txt}. */
  static PasswordRule shipped() {
    try (InputStream list = PasswordRule.class.getResourceAsStream("/common-passwords.txt")) {
      if (list == null) {
        throw new IllegalStateException("common-passwords.txt is missing from the program");
      }
      return new PasswordRule(
          new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(PasswordRule::plain)
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why this person may not have this password; nothing when they may. */
  Optional<String> refusal(String password, String username) {
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      return Optional.of("Password must be " + SHORTEST + " characters or more");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      return Optional.of("Password must be " + LONGEST_BYTES + " characters or fewer");
    }
    String plain = plain(password);
    if (common.contains(plain)
        || plain.chars().distinct().count() < 4
        || plain.equals(plain(username))
        || guesser.measure(password, known(username)).getGuesses() < FEWEST_GUESSES) {
      return Optional.of("Choose a password that is harder to guess; three random words are good");
    }
    return Optional.empty();
  }

  /** What is known of everybody here, and of that person. */
  private List<String> known(String username) {
    List<String> words = new ArrayList<>(common);
    words.add(username);
    words.addAll(List.of(username.split("[^A-Za-z0-9]+")));
    return words;
  }

  /** Capitals, digits at the end and signs do not make a common password uncommon. */
  private static String plain(String password) {
    String lower = password.toLowerCase(Locale.ROOT);
    String stem = lower.replaceAll("[^a-z]+$", "");
    return stem.isEmpty() ? lower : stem;
  }
}
