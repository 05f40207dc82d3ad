package org.towncrier.console.token;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.towncrier.console.people.Person;
import org.towncrier.console.people.Role;

/**
 * One thing that a program may be allowed. A scope never gives more than the token's person may do
 * on the pages today: the roles beside it are asked for at every request.
 */
public enum Scope {
  CAMPAIGNS_READ("campaigns:read", "Reads campaigns and their files"),
  CAMPAIGNS_WRITE(
      "campaigns:write",
      "Begins and changes campaigns, imports campaign files, as drafts",
      Role.AUTHOR),
  MESSAGES_READ("messages:read", "Reads messages, every version, and what nodes make of them"),
  MESSAGES_WRITE(
      "messages:write",
      "Writes messages, says where and when, sends them for approval, takes them back",
      Role.AUTHOR),
  MESSAGES_STOP(
      "messages:stop",
      "Returns, pauses, ends and cancels messages: only ever takes off air",
      Role.APPROVER,
      Role.SENIOR_APPROVER),
  MESSAGES_RESUME(
      "messages:resume", "Resumes messages that were paused", Role.APPROVER, Role.SENIOR_APPROVER),
  MESSAGES_APPROVE(
      "messages:approve",
      "Approves messages that somebody else wrote",
      Role.APPROVER,
      Role.SENIOR_APPROVER),
  PLAN_READ("plan:read", "Reads what is on air where and when"),
  PLAN_WRITE("plan:write", "Adds, changes and removes events", Role.AUTHOR, Role.ADMINISTRATOR),
  NODES_READ("nodes:read", "Reads sites and nodes, and what they say of themselves"),
  NODES_HOLD("nodes:hold", "Puts nodes and sites on hold: only ever silences", Role.ADMINISTRATOR),
  NODES_WRITE(
      "nodes:write",
      "Resumes nodes and sites, begins and ends training, sets contact rules, puts them on the map",
      Role.ADMINISTRATOR),
  NODES_TAKE_OUT(
      "nodes:take-out",
      "Takes nodes out of their sites, for good when at once",
      Role.ADMINISTRATOR),
  NODES_COMMAND(
      "nodes:command",
      "Has a node look out for a phone to leave alone, or offer to its own test phones",
      Role.AUTHOR,
      Role.APPROVER,
      Role.SENIOR_APPROVER,
      Role.ADMINISTRATOR),
  EVALUATION_READ("evaluation:read", "Reads exact counts, for the team alone", Role.EVALUATOR),
  NOTICEBOARD_READ("noticeboard:read", "Reads what the public notice board shows now"),
  PEOPLE_READ("people:read", "Reads who has an account", Role.ADMINISTRATOR),
  PEOPLE_WRITE(
      "people:write",
      "Adds accounts, which nobody can use before an administrator made a link, and disables them",
      Role.ADMINISTRATOR),
  AUDIT_READ("audit:read", "Reads the audit trail", Role.ADMINISTRATOR);

  private final String id;
  private final String hint;
  private final Set<Role> roles;

  Scope(String id, String hint, Role... roles) {
    this.id = id;
    this.hint = hint;
    this.roles = roles.length == 0 ? Set.of() : Set.of(roles);
  }

  /** As tokens, documents and errors name it. */
  public String id() {
    return id;
  }

  /** What it allows, for the person who hands it out. */
  public String hint() {
    return hint;
  }

  /** The roles of which a person needs one; empty when everybody with an account may. */
  public Set<Role> roles() {
    return roles;
  }

  /** Whether that person may do it themselves, on the pages, now. */
  public boolean isAllowedTo(Person person) {
    return person.enabled()
        && (roles.isEmpty() || person.roles().stream().anyMatch(roles::contains));
  }

  /** The roles, for people to read. */
  public String roleTitles() {
    return roles.stream()
        .sorted()
        .map(role -> role.title().toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining(" or "));
  }

  static Optional<Scope> of(String id) {
    return Arrays.stream(values()).filter(scope -> scope.id.equals(id)).findFirst();
  }

  /** Those of a list with spaces between; what no longer exists allows nothing. */
  static Set<Scope> read(String list) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String id : list.split(" ", -1)) {
      of(id).ifPresent(scopes::add);
    }
    return scopes;
  }

  static String write(Collection<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::id).collect(Collectors.joining(" "));
  }
}
