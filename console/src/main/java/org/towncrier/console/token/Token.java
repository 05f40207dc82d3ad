package org.towncrier.console.token;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token, without its secret, which nobody has but whoever took it.
 *
 * @param username the person it acts for
 * @param createdBy the administrator who made it
 * @param expiresAt null when it works until it is revoked
 * @param taken whether its person has taken the secret
 * @param lastUsedAt to the minute
 */
public record Token(
    long id,
    String name,
    String username,
    Set<Scope> scopes,
    String createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt,
    boolean taken,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt,
    @Nullable String revokedBy) {
  public Token {
    scopes = Set.copyOf(scopes);
  }

  /** Whether nobody has revoked it and its time is not over. */
  public boolean stands(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** What it may do, in the order people read it. */
  public List<String> scopeIds() {
    return scopes.stream().sorted().map(Scope::id).toList();
  }

  /** How the trail names it. */
  String subject() {
    return "token " + id;
  }
}
