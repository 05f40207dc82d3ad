package org.towncrier.broadcaster.contact;

import java.sql.SQLException;
import java.time.Instant;
import org.towncrier.broadcaster.store.Sql;
import org.towncrier.protocol.MessageId;

/**
 * What one phone has had tonight, of all messages and of one.
 *
 * @param offers that count against its nightly budget
 * @param unsupported whether it turned out to have no Object Push
 * @param notBefore when it may be tried again after it was not reached
 * @param tries of this message
 */
record Tonight(int offers, boolean unsupported, Instant notBefore, int tries) {
  static Tonight of(Sql sql, Pseudonym phone, String message, boolean training)
      throws SQLException {
    int tries =
        (int)
            sql.number(
                "SELECT tries FROM tonight_message"
                    + " WHERE night_phone = ? AND message = ? AND training = ?",
                phone.value(),
                message,
                training);
    return sql.first(
            "SELECT offers, unsupported, not_before FROM tonight"
                + " WHERE night_phone = ? AND training = ?",
            row ->
                new Tonight(
                    row.getInt(1), row.getBoolean(2), Instant.ofEpochMilli(row.getLong(3)), tries),
            phone.value(),
            training)
        .orElse(new Tonight(0, false, Instant.EPOCH, tries));
  }

  /** Spends one of the phone's offers: given back at the end if nobody can have been prompted. */
  static void began(Sql sql, Pseudonym phone, String message, boolean training)
      throws SQLException {
    sql.update(
        "INSERT INTO tonight (night_phone, training, offers) VALUES (?, ?, 1)"
            + " ON CONFLICT (night_phone, training) DO UPDATE SET offers = offers + 1",
        phone.value(),
        training);
    sql.update(
        "INSERT INTO tonight_message (night_phone, message, training, tries, counted)"
            + " VALUES (?, ?, ?, 1, 1) ON CONFLICT (night_phone, message, training)"
            + " DO UPDATE SET tries = tries + 1, counted = 1",
        phone.value(),
        message,
        training);
  }

  /**
   * Gives back what was not spent.
   *
   * @param nextTry not to be tried before; the epoch for no wait
   */
  static void ended(
      Sql sql,
      Pseudonym phone,
      boolean training,
      boolean spent,
      boolean unsupported,
      Instant nextTry)
      throws SQLException {
    sql.update(
        "UPDATE tonight SET offers = max(0, offers - ?), unsupported = max(unsupported, ?),"
            + " not_before = max(not_before, ?) WHERE night_phone = ? AND training = ?",
        spent ? 0 : 1,
        unsupported,
        nextTry.toEpochMilli(),
        phone.value(),
        training);
  }

  /** Takes back a try that never was. */
  static void notBegun(Sql sql, Pseudonym phone, String message, boolean training)
      throws SQLException {
    sql.update(
        "UPDATE tonight_message SET tries = max(0, tries - 1),"
            + " counted = CASE WHEN tries <= 1 THEN 0 ELSE counted END WHERE night_phone = ? AND message = ? AND training = ?",
        phone.value(),
        message,
        training);
  }

  /**
   * Marks the message as counted for this phone tonight.
   *
   * @return whether it was not yet: neither offered tonight nor counted as withheld
   */
  static boolean countsAsWithheld(Sql sql, Pseudonym phone, MessageId message, boolean training)
      throws SQLException {
    return sql.update(
            "INSERT INTO tonight_message (night_phone, message, training, counted)"
                + " VALUES (?, ?, ?, 1) ON CONFLICT (night_phone, message, training)"
                + " DO UPDATE SET counted = 1 WHERE counted = 0",
            phone.value(),
            message.value(),
            training)
        > 0;
  }
}
