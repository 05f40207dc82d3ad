package org.towncrier.console.token;

import java.security.Principal;
import org.towncrier.console.audit.Via;
import org.towncrier.console.people.Person;
import org.towncrier.console.people.Role;

/**
 * A program that showed a token, and the person it acts for as they are at this request.
 *
 * @param token its row
 */
public record Caller(Person person, Token token) implements Principal, Via {

  /** Who did it, as the trail knows them. */
  public String username() {
    return person.username();
  }

  /** Whether the token was given that scope. */
  public boolean has(Scope scope) {
    return token.scopes().contains(scope);
  }

  /** Whether they decide on sensitive topics, too. */
  public boolean isSeniorApprover() {
    return person.roles().contains(Role.SENIOR_APPROVER);
  }

  @Override
  public String getName() {
    return person.username();
  }

  @Override
  public String via() {
    return "token %d (%s)".formatted(token.id(), token.name());
  }
}
