package org.towncrier.console.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts and one-time links in SQLite. Callers hold the transaction. */
final class PeopleStore {
  private static final String PERSON =
      """
      SELECT p.*, (SELECT group_concat(role) FROM person_role WHERE person_id = p.id) AS roles
      FROM person p
      """;

  private final JdbcClient db;

  PeopleStore(JdbcClient db) {
    this.db = db;
  }

  List<Person> all() {
    return db.sql(PERSON + "ORDER BY p.enabled DESC, p.display_name COLLATE NOCASE")
        .query(PeopleStore::person)
        .list();
  }

  Optional<Person> byUsername(String username) {
    return db.sql(PERSON + "WHERE p.username = ?")
        .param(username)
        .query(PeopleStore::person)
        .optional();
  }

  Optional<Person> byId(long id) {
    return db.sql(PERSON + "WHERE p.id = ?").param(id).query(PeopleStore::person).optional();
  }

  Optional<Person> byEmail(String email) {
    return db.sql(PERSON + "WHERE p.email = ?").param(email).query(PeopleStore::person).optional();
  }

  /** Whom the sign-in service knows by that. */
  Optional<Person> byProvider(String subject) {
    return db.sql(PERSON + "WHERE p.provider_subject = ?")
        .param(subject)
        .query(PeopleStore::person)
        .optional();
  }

  /** Null takes it away. */
  void setProvider(long id, @Nullable String subject) {
    db.sql("UPDATE person SET provider_subject = ? WHERE id = ?")
        .params(Arrays.asList(subject, id))
        .update();
  }

  /** Null takes it away. */
  void setEmail(long id, @Nullable String email) {
    db.sql("UPDATE person SET email = ? WHERE id = ?").params(Arrays.asList(email, id)).update();
  }

  @Nullable String passwordHash(long id) {
    return db.sql("SELECT coalesce(password_hash, '') FROM person WHERE id = ?")
        .param(id)
        .query(String.class)
        .optional()
        .filter(hash -> !hash.isEmpty())
        .orElse(null);
  }

  long insert(String username, String displayName, Instant now) {
    return db.sql(
            """
            INSERT INTO person (username, display_name, created_at) VALUES (?, ?, ?)
            RETURNING id
            """)
        .params(username, displayName, now.toString())
        .query(Long.class)
        .single();
  }

  void setRoles(long id, Set<Role> roles) {
    db.sql("DELETE FROM person_role WHERE person_id = ?").param(id).update();
    for (Role role : roles) {
      db.sql("INSERT INTO person_role (person_id, role) VALUES (?, ?)")
          .params(id, role.name())
          .update();
    }
    endSessions(id);
  }

  void setEnabled(long id, boolean enabled) {
    db.sql("UPDATE person SET enabled = ? WHERE id = ?").params(enabled ? 1 : 0, id).update();
    endSessions(id);
  }

  /** Null takes it away. */
  void setPasswordHash(long id, @Nullable String hash) {
    db.sql("UPDATE person SET password_hash = ? WHERE id = ?")
        .params(Arrays.asList(hash, id))
        .update();
    endSessions(id);
  }

  /** Nothing when there is none. */
  Optional<Factor> secondFactor(long id) {
    return db.sql(
            "SELECT totp_secret, totp_step FROM person WHERE id = ? AND totp_secret IS NOT NULL")
        .param(id)
        .query((row, n) -> new Factor(new Totp(row.getString(1)), row.getLong(2)))
        .optional();
  }

  /** A second factor, and the last step whose code was used. */
  record Factor(Totp totp, long used) {}

  /** Null takes it away. */
  void setSecondFactor(long id, @Nullable Totp totp, long used) {
    db.sql("UPDATE person SET totp_secret = ?, totp_step = ? WHERE id = ?")
        .params(Arrays.asList(totp == null ? null : totp.secret(), used, id))
        .update();
    endSessions(id);
  }

  void useStep(long id, long step) {
    db.sql("UPDATE person SET totp_step = ? WHERE id = ?").params(step, id).update();
  }

  private void endSessions(long id) {
    db.sql("UPDATE person SET stamp = stamp + 1 WHERE id = ?").param(id).update();
  }

  /** The one before it, if any, works no more. */
  void putLink(long person, String tokenHash, Instant expiresAt) {
    deleteLink(person);
    db.sql("INSERT INTO one_time_link (token_hash, person_id, expires_at) VALUES (?, ?, ?)")
        .params(tokenHash, person, expiresAt.toString())
        .update();
  }

  void deleteLink(long person) {
    db.sql("DELETE FROM one_time_link WHERE person_id = ?").param(person).update();
  }

  Optional<Link> link(String tokenHash) {
    return db.sql("SELECT person_id, expires_at FROM one_time_link WHERE token_hash = ?")
        .param(tokenHash)
        .query((row, n) -> new Link(row.getLong(1), Instant.parse(row.getString(2))))
        .optional();
  }

  /** A link that waits to be used. */
  record Link(long person, Instant expiresAt) {}

  private static Person person(ResultSet row, int number) throws SQLException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    String names = row.getString("roles");
    if (names != null) {
      Arrays.stream(names.split(",")).map(Role::valueOf).forEach(roles::add);
    }
    return new Person(
        row.getLong("id"),
        row.getString("username"),
        row.getString("display_name"),
        roles,
        row.getInt("enabled") == 1,
        row.getString("password_hash") != null,
        row.getString("totp_secret") != null,
        row.getString("email"),
        row.getString("provider_subject") != null,
        row.getInt("stamp"),
        Instant.parse(row.getString("created_at")));
  }
}
