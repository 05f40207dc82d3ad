package org.towncrier.console.token;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.page.Problems;

/**
 * A token to be, as somebody typed it. It keeps what was typed, right or wrong.
 *
 * @param expires the last day it works, local; empty for no end
 */
record TokenForm(String name, String username, List<String> scopes, String expires) {
  TokenForm {
    scopes = List.copyOf(scopes);
  }

  static TokenForm blank() {
    return new TokenForm("", "", List.of(), "");
  }

  Set<Scope> chosen() {
    Set<Scope> chosen = EnumSet.noneOf(Scope.class);
    scopes.forEach(id -> Scope.of(id).ifPresent(chosen::add));
    return chosen;
  }

  /** When it ends: after the day that was typed. Null for never, and for what is no day. */
  @Nullable Instant end(ZoneId zone, Problems problems) {
    if (expires.isBlank()) {
      return null;
    }
    try {
      LocalDate last = LocalDate.parse(expires.strip());
      if (last.getYear() >= 2000 && last.getYear() < 3000) {
        return last.plusDays(1).atStartOfDay(zone).toInstant();
      }
    } catch (DateTimeParseException notOne) {
      // Said below.
    }
    problems.add("expires", "Enter a day such as 2027-11-27, or leave it empty");
    return null;
  }
}
