package org.towncrier.console.store;

import org.springframework.transaction.TransactionSystemException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The console's records could not be written or read. The message is for the person waiting. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same failure in words that help, where the disk or the file is at fault. */
  static RuntimeException explain(RuntimeException failed) {
    // SQLite ends the transaction by itself when the disk is full; that the rollback after it then
    // fails is no news, and hides what is.
    RuntimeException first =
        failed instanceof TransactionSystemException rollback
                && rollback.getApplicationException() instanceof RuntimeException work
            ? work
            : failed;
    for (Throwable cause = first; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        String words = words(sqlite.getResultCode());
        return words.isEmpty() ? first : new StoreException(words, first);
      }
    }
    return first;
  }

  private static String words(SQLiteErrorCode code) {
    // The low byte is the kind of error, the rest its detail.
    return switch (code.code & 0xFF) {
      case 13 ->
          "The console's disk is full, so nothing was saved. Free some space in its data folder,"
              + " then try again.";
      case 10 ->
          "The console's disk gave an error, so nothing was saved. Look at the machine's disk, then"
              + " try again.";
      case 8, 14 ->
          "The console may not write to its data folder, so nothing was saved. Give it back the"
              + " right to write there, then try again.";
      case 11, 26 ->
          "The console's database is damaged. Stop the console and put back the last good backup of"
              + " console.db.";
      case 5 -> "The console was busy with something else for too long. Try again.";
      default -> "";
    };
  }
}
