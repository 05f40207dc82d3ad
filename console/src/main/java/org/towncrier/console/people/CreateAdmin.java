package org.towncrier.console.people;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The first administrator, from the command line: whoever can run it already owns the data folder,
 * so it asks for nothing else.
 */
public final class CreateAdmin {
  private final People people;

  CreateAdmin(People people) {
    this.people = people;
  }

  /**
   * @param again make a link even though an administrator can sign in (they all forgot, say)
   * @return the path of a one-time link, to be put after the console's address
   * @throws RefusedException when there is an administrator already, or the name will not do
   */
  public String link(String username, String displayName, boolean again) {
    if (!again && people.hasWorkingAdministrator()) {
      throw new RefusedException(
          "username",
          "there is an administrator already, who can add people in the console; use --again if no"
              + " administrator can sign in any more");
    }
    Optional<Person> before = people.find(username);
    if (before.isEmpty()) {
      return path(people.add(username, displayName, Set.of(Role.ADMINISTRATOR)));
    }
    Person person = before.get();
    Set<Role> roles = EnumSet.of(Role.ADMINISTRATOR);
    roles.addAll(person.roles());
    people.setRoles(People.CONSOLE, person.id(), roles);
    people.setEnabled(People.CONSOLE, person.id(), true);
    return path(people.newLink(People.CONSOLE, person.id()));
  }

  /** Where a token is used. */
  static String path(String token) {
    return "/set-password/" + token;
  }
}
