package org.towncrier.broadcaster.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite's error codes, in words that say what to do. */
final class SqliteErrors {
  private SqliteErrors() {}

  static boolean damaged(SQLException e) {
    return switch (primary(e)) {
      case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
      default -> false;
    };
  }

  /** Whether the statement is to blame, not the disk: waiting will not mend it. */
  static boolean defect(SQLException e) {
    if (!(e instanceof SQLiteException)) {
      return true; // The driver's own: it was called wrongly.
    }
    return switch (primary(e)) {
      case SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_MISUSE, SQLITE_RANGE -> true;
      default -> false;
    };
  }

  static String explain(SQLException e, Path file) {
    return switch (primary(e)) {
      case SQLITE_FULL -> "the disk is full; make room where " + file + " lies";
      case SQLITE_IOERR -> "the disk fails or is full; look at where " + file + " lies";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          "no permission to write; give "
              + file
              + " and its folder to the user the broadcaster runs as";
      case SQLITE_BUSY, SQLITE_LOCKED -> "another program holds " + file;
      case SQLITE_CORRUPT, SQLITE_NOTADB -> file + " is damaged";
      default -> String.valueOf(e.getMessage());
    };
  }

  /** Extended codes carry the primary one in their low byte. */
  private static SQLiteErrorCode primary(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }
}
