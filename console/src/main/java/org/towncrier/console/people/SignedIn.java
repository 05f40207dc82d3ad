package org.towncrier.console.people;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** The person a session belongs to, as they were when they signed in. */
public sealed class SignedIn implements UserDetails, CredentialsContainer
    permits SignedInByService {
  private static final long serialVersionUID = 1L;
  private final String username;
  private final String displayName;
  private final Set<Role> roles;
  private final boolean enabled;
  private final boolean secondFactor;
  private final int stamp;
  private String passwordHash;

  SignedIn(Person person, String passwordHash) {
    this.username = person.username();
    this.displayName = person.displayName();
    this.roles = person.roles();
    this.enabled = person.enabled();
    this.secondFactor = person.hasSecondFactor();
    this.stamp = person.stamp();
    this.passwordHash = passwordHash;
  }

  /** For people to read. */
  public String displayName() {
    return displayName;
  }

  /** Whether they have that role. */
  public boolean is(Role role) {
    return roles.contains(role);
  }

  public boolean isAuthor() {
    return is(Role.AUTHOR);
  }

  public boolean isApprover() {
    return is(Role.APPROVER) || isSeniorApprover();
  }

  /** Whether they decide on sensitive topics, too. */
  public boolean isSeniorApprover() {
    return is(Role.SENIOR_APPROVER);
  }

  public boolean isEvaluator() {
    return is(Role.EVALUATOR);
  }

  public boolean isAdministrator() {
    return is(Role.ADMINISTRATOR);
  }

  /** Whether their password alone is not enough. */
  public boolean hasSecondFactor() {
    return secondFactor;
  }

  /** Whether that is still who they are: nothing about them has changed since. */
  boolean isStill(Person person) {
    return person.enabled() && person.stamp() == stamp;
  }

  @Override
  public Collection<? extends GrantedAuthority> getAuthorities() {
    // A senior approver may all that an approver may.
    Stream<Role> implied = isSeniorApprover() ? Stream.of(Role.APPROVER) : Stream.empty();
    return Stream.concat(roles.stream(), implied)
        .distinct()
        .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
        .toList();
  }

  @Override
  public String getPassword() {
    return passwordHash;
  }

  @Override
  public String getUsername() {
    return username;
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  /** One person, however often they are signed in: usernames never change. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof SignedIn person && person.username.equals(username);
  }

  @Override
  public final int hashCode() {
    return username.hashCode();
  }

  @Override
  public void eraseCredentials() {
    passwordHash = "";
  }
}
