package org.towncrier.console.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;
import org.towncrier.console.input.KnownDays;
import org.towncrier.console.store.Transactions;

/**
 * The events there are. A message that was scheduled by one keeps its days, whatever becomes of the
 * event: those days are what a second person approved.
 */
@Service
public class Events {
  private static final int LONGEST_NAME = 80;

  /** A fair of three weeks is an event; a season is a campaign. */
  private static final int MOST_DAYS = 31;

  private final JdbcClient db;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final ConsoleSettings settings;
  private final InstantSource clock;

  Events(
      JdbcClient db,
      Transactions transactions,
      AuditTrail audit,
      ConsoleSettings settings,
      InstantSource clock) {
    this.db = db;
    this.transactions = transactions;
    this.audit = audit;
    this.settings = settings;
    this.clock = clock;
  }

  /** Those that are not over today, the next first. */
  public List<Event> ahead() {
    return from(today());
  }

  /** Those that are not over on that day, the next first. */
  public List<Event> from(LocalDate day) {
    return db.sql("SELECT * FROM event WHERE last_day >= ? ORDER BY first_day, name, id")
        .param(day.toString())
        .query((row, n) -> event(row))
        .list();
  }

  /** One that is not over on that day. */
  public Optional<Event> find(long id, LocalDate day) {
    return find(id).filter(event -> !event.last().isBefore(day));
  }

  /** One, over or not. */
  public Optional<Event> find(long id) {
    return db.sql("SELECT * FROM event WHERE id = ?")
        .param(id)
        .query((row, n) -> event(row))
        .optional();
  }

  /**
   * Adds one.
   *
   * @param first null when what was typed is no day, as for {@code last}
   * @throws InvalidInputException with everything that is wrong with it
   */
  public Event add(String who, String name, @Nullable LocalDate first, @Nullable LocalDate last) {
    Days event = checked(name, first, last);
    return transactions.write(
        () -> {
          Event added =
              db.sql("INSERT INTO event (name, first_day, last_day) VALUES (?, ?, ?) RETURNING *")
                  .params(event.name(), event.first().toString(), event.last().toString())
                  .query((row, n) -> event(row))
                  .single();
          audit.add(who, "added", "event " + event.name(), event.words());
          return added;
        });
  }

  /**
   * Gives one another name or other days. Messages keep the days they were given.
   *
   * @return empty when there is no such event
   * @throws InvalidInputException with everything that is wrong with it
   */
  public Optional<Event> change(String who, long id, String name, LocalDate first, LocalDate last) {
    Days event = checked(name, first, last);
    return transactions.write(
        () -> {
          Optional<Event> before = find(id);
          Optional<Event> changed =
              db.sql(
                      "UPDATE event SET name = ?, first_day = ?, last_day = ? WHERE id = ?"
                          + " RETURNING *")
                  .params(event.name(), event.first().toString(), event.last().toString(), id)
                  .query((row, n) -> event(row))
                  .optional();
          before.ifPresent(
              old ->
                  audit.add(
                      who,
                      "changed",
                      "event " + event.name(),
                      "%s; it was %s, %s to %s"
                          .formatted(event.words(), old.name(), old.first(), old.last())));
          return changed;
        });
  }

  /**
   * Takes one off the list.
   *
   * @return it, as it was; empty when there is no such event
   */
  public Optional<Event> remove(String who, long id) {
    return transactions.write(
        () -> {
          Optional<Event> removed =
              db.sql("DELETE FROM event WHERE id = ? RETURNING *")
                  .param(id)
                  .query((row, n) -> event(row))
                  .optional();
          removed.ifPresent(event -> audit.add(who, "removed", "event " + event.name(), ""));
          return removed;
        });
  }

  /** An event that may be written down. */
  private record Days(String name, LocalDate first, LocalDate last) {
    String words() {
      return first + " to " + last;
    }
  }

  private Days checked(String name, @Nullable LocalDate first, @Nullable LocalDate last) {
    List<Problem> problems = new ArrayList<>();
    String plain = name.strip();
    if (plain.isEmpty() || plain.length() > LONGEST_NAME) {
      problems.add(
          new Problem("name", "Enter the event's name, " + LONGEST_NAME + " characters at most"));
    }
    LocalDate begins = known("first", "Enter the first day", first, problems);
    LocalDate ends = known("last", "Enter the last day", last, problems);
    if (begins != null && ends != null) {
      if (ends.isBefore(begins)) {
        problems.add(new Problem("last", "The last day must be the first day or later"));
      } else if (ends.isAfter(begins.plusDays(MOST_DAYS - 1L))) {
        problems.add(new Problem("last", "An event has %d days at most".formatted(MOST_DAYS)));
      } else if (ends.isBefore(today())) {
        problems.add(new Problem("last", "That event is over; enter one that is yet to come"));
      }
    }
    if (!problems.isEmpty() || begins == null || ends == null) {
      throw new InvalidInputException(problems);
    }
    return new Days(plain, begins, ends);
  }

  /** A day that a calendar of ours reaches. */
  private static @Nullable LocalDate known(
      String field, String say, @Nullable LocalDate day, List<Problem> problems) {
    if (day != null && KnownDays.contains(day)) {
      return day;
    }
    problems.add(new Problem(field, say));
    return null;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), settings.zone());
  }

  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getLong("id"),
        row.getString("name"),
        LocalDate.parse(row.getString("first_day")),
        LocalDate.parse(row.getString("last_day")));
  }
}
