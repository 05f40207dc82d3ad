package org.towncrier.console.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of tokens. The rules are in {@link Tokens} and the schema. */
@Repository
class TokenStore {
  private static final String TOKEN =
      "SELECT t.*, p.username FROM api_token t JOIN person p ON p.id = t.person_id ";

  private final JdbcClient db;

  TokenStore(JdbcClient db) {
    this.db = db;
  }

  /** Those that may still work first, then the newest. */
  List<Token> all() {
    return db.sql(TOKEN + "ORDER BY t.revoked_at IS NOT NULL, t.id DESC")
        .query((row, n) -> token(row))
        .list();
  }

  Optional<Token> one(long id) {
    return db.sql(TOKEN + "WHERE t.id = ?").param(id).query((row, n) -> token(row)).optional();
  }

  Optional<Token> bySecret(String hash) {
    return db.sql(TOKEN + "WHERE t.secret_hash = ?")
        .param(hash)
        .query((row, n) -> token(row))
        .optional();
  }

  long insert(
      String name,
      long person,
      String scopes,
      String createdBy,
      Instant at,
      @Nullable Instant expiresAt) {
    return db.sql(
            """
            INSERT INTO api_token (name, person_id, scopes, created_by, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?) RETURNING id
            """)
        .params(
            Arrays.asList(
                name,
                person,
                scopes,
                createdBy,
                at.toString(),
                expiresAt == null ? null : expiresAt.toString()))
        .query(Long.class)
        .single();
  }

  void taken(long id, String hash) {
    db.sql("UPDATE api_token SET secret_hash = ? WHERE id = ?").params(hash, id).update();
  }

  void used(long id, Instant at) {
    db.sql("UPDATE api_token SET last_used_at = ? WHERE id = ?").params(at.toString(), id).update();
  }

  void revoked(long id, String who, Instant at) {
    db.sql("UPDATE api_token SET revoked_at = ?, revoked_by = ? WHERE id = ?")
        .params(at.toString(), who, id)
        .update();
  }

  private static Token token(ResultSet row) throws SQLException {
    return new Token(
        row.getLong("id"),
        row.getString("name"),
        row.getString("username"),
        Scope.read(row.getString("scopes")),
        row.getString("created_by"),
        Instant.parse(row.getString("created_at")),
        moment(row, "expires_at"),
        row.getString("secret_hash") != null,
        moment(row, "last_used_at"),
        moment(row, "revoked_at"),
        row.getString("revoked_by"));
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : Instant.parse(text);
  }
}
