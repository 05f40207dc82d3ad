package org.towncrier.console.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks at the database before anything is built on it. */
final class DatabaseCheck {
  private DatabaseCheck() {}

  /**
   * Opens the file, making it if need be.
   *
   * @throws StartRefusedException when it is damaged, or no database at all
   */
  static void check(DataSource source, Path file) {
    try {
      if (!Files.exists(file)) {
        // Before SQLite does: the file and those it makes beside it are for their owner only.
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
        String finding = result.next() ? result.getString(1) : "no answer";
        if (!finding.equals("ok")) {
          throw damaged(file, finding, null);
        }
      }
    } catch (SQLException unreadable) {
      throw damaged(file, String.valueOf(unreadable.getMessage()), unreadable);
    } catch (IOException unwritable) {
      throw damaged(file, String.valueOf(unwritable.getMessage()), unwritable);
    }
  }

  private static StartRefusedException damaged(
      Path file, String finding, @Nullable Exception cause) {
    return new StartRefusedException(
        "The console's database %s cannot be used: %s.".formatted(file, finding),
        "Put back the last good backup of that file (with its -wal file, if there is one), or name"
            + " another folder with the setting towncrier.data.",
        cause);
  }
}
