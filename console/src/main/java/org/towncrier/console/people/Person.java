package org.towncrier.console.people;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account.
 *
 * @param username what they sign in with and what the history knows them by; never changes
 * @param hasPassword whether they have used their one-time link
 * @param hasSecondFactor whether each sign-in asks for a code from their app
 * @param email where one-time links are sent, and what a sign-in service may know them by; null
 *     when nobody said
 * @param linked whether the sign-in service has let them in before, and knows them since
 * @param stamp grows when roles, password or standing change; older sessions end
 */
public record Person(
    long id,
    String username,
    String displayName,
    Set<Role> roles,
    boolean enabled,
    boolean hasPassword,
    boolean hasSecondFactor,
    @Nullable String email,
    boolean linked,
    int stamp,
    Instant createdAt) {

  public Person {
    roles = Set.copyOf(roles);
  }

  /** Whether they can sign in today and administer. */
  boolean worksAsAdministrator() {
    return enabled && (hasPassword || linked) && roles.contains(Role.ADMINISTRATOR);
  }
}
