package org.towncrier.console.node;

import java.util.Optional;
import org.towncrier.console.page.Problems;
import org.towncrier.protocol.ContactRules;

/**
 * How often a phone may be asked, as somebody typed it.
 *
 * @param retryAfter seconds
 */
public record ContactRulesForm(String offersPerNight, String tries, String retryAfter) {
  /** A night is that long; whoever waits longer does not try again. */
  private static final int LONGEST_WAIT = 43_200;

  static ContactRulesForm of(ContactRules rules) {
    return new ContactRulesForm(
        String.valueOf(rules.offersPerNight()),
        String.valueOf(rules.tries()),
        String.valueOf(rules.retryAfterSeconds()));
  }

  /** The rules, unless something is wrong with them. */
  public Optional<ContactRules> read(Problems problems) {
    int offers = number("offersPerNight", offersPerNight, 1, 10, problems);
    int attempts = number("tries", tries, 1, 10, problems);
    int wait = number("retryAfter", retryAfter, 10, LONGEST_WAIT, problems);
    return problems.any()
        ? Optional.empty()
        : Optional.of(new ContactRules(offers, attempts, wait));
  }

  private static int number(String field, String typed, int least, int most, Problems problems) {
    String plain = typed == null ? "" : typed.strip();
    if (plain.matches("[0-9]{1,6}")) {
      int number = Integer.parseInt(plain);
      if (number >= least && number <= most) {
        return number;
      }
    }
    problems.add(field, "Enter a whole number from %d to %,d".formatted(least, most));
    return least;
  }
}
