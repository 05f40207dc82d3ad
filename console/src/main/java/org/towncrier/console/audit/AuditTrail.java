package org.towncrier.console.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who did what, when. Written inside the transaction that does it; the database keeps it whole. */
public final class AuditTrail {
  private final JdbcClient db;
  private final InstantSource clock;
  private final Supplier<String> via;

  /** For what is never done through a token. Does no I/O. */
  public AuditTrail(JdbcClient db, InstantSource clock) {
    this(db, clock, () -> "");
  }

  /**
   * Does no I/O.
   *
   * @param via what whoever is acting now acts through; empty for the pages
   */
  public AuditTrail(JdbcClient db, InstantSource clock, Supplier<String> via) {
    this.db = db;
    this.clock = clock;
    this.via = via;
  }

  /**
   * One thing that was done.
   *
   * @param who a username, or {@code console} for what it does by itself
   * @param what a verb, such as {@code approved}
   * @param subject what it was done to, such as {@code message getting-home-safely}
   * @param via the token it was done through; empty when it was done on a page
   */
  public record Entry(
      Instant at, String who, String what, String subject, String detail, String via) {}

  /** Adds an entry to the transaction in progress. */
  public void add(String who, String what, String subject, String detail) {
    db.sql("INSERT INTO audit (at, who, what, subject, detail, via) VALUES (?, ?, ?, ?, ?, ?)")
        .params(clock.instant().toString(), who, what, subject, detail, via.get())
        .update();
  }

  /** What was done to one subject, newest first. */
  public List<Entry> of(String subject) {
    return db.sql("SELECT * FROM audit WHERE subject = ? ORDER BY id DESC")
        .param(subject)
        .query((row, n) -> entry(row))
        .list();
  }

  /**
   * What somebody looks for.
   *
   * @param words in who, what, subject or detail, in any case of letters; empty for anything
   * @param from the first moment; null for the beginning
   * @param before the moment after the last; null for now
   */
  public record Search(String words, @Nullable Instant from, @Nullable Instant before) {}

  /** What fits, newest first. */
  public List<Entry> find(Search search, int most, long leaveOut) {
    String words =
        "%" + search.words().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    return db.sql(
            """
            SELECT * FROM audit
            WHERE (who || ' ' || what || ' ' || subject || ' ' || detail || ' ' || via) LIKE ? ESCAPE '!'
              AND at >= ? AND at < ?
            ORDER BY id DESC LIMIT ? OFFSET ?
            """)
        .params(
            words,
            search.from() == null ? "" : search.from().toString(),
            search.before() == null ? "9999" : search.before().toString(),
            most,
            leaveOut)
        .query((row, n) -> entry(row))
        .list();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        Instant.parse(row.getString("at")),
        row.getString("who"),
        row.getString("what"),
        row.getString("subject"),
        row.getString("detail"),
        row.getString("via"));
  }
}
