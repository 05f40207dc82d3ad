package org.towncrier.console.event;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.store.Transactions;

/**
 * The events there are. A message that was scheduled by one keeps its days, whatever becomes of the
 * event: those days are what a second person approved.
 */
@Service
public class Events {
  private final JdbcClient db;
  private final Transactions transactions;
  private final AuditTrail audit;

  Events(JdbcClient db, Transactions transactions, AuditTrail audit) {
    this.db = db;
    this.transactions = transactions;
    this.audit = audit;
  }

  /** Those that are not over on that day, the next first. */
  public List<Event> from(LocalDate day) {
    return db.sql("SELECT * FROM event WHERE last_day >= ? ORDER BY first_day, name, id")
        .param(day.toString())
        .query(
            (row, n) ->
                new Event(
                    row.getLong("id"),
                    row.getString("name"),
                    LocalDate.parse(row.getString("first_day")),
                    LocalDate.parse(row.getString("last_day"))))
        .list();
  }

  /** One that is not over on that day. */
  public Optional<Event> find(long id, LocalDate day) {
    return from(day).stream().filter(event -> event.id() == id).findFirst();
  }

  /** Adds one. */
  public void add(String who, String name, LocalDate first, LocalDate last) {
    transactions.run(
        () -> {
          db.sql("INSERT INTO event (name, first_day, last_day) VALUES (?, ?, ?)")
              .params(name, first.toString(), last.toString())
              .update();
          audit.add(who, "added", "event " + name, first + " to " + last);
        });
  }

  /** Takes one off the list. */
  public void remove(String who, long id) {
    transactions.run(
        () ->
            db.sql("DELETE FROM event WHERE id = ? RETURNING name")
                .param(id)
                .query(String.class)
                .optional()
                .ifPresent(name -> audit.add(who, "removed", "event " + name, "")));
  }
}
