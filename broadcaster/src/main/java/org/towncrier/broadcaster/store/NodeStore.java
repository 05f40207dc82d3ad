package org.towncrier.broadcaster.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The node's SQLite file and the one connection to it. Used on the event loop only.
 *
 * <p>What a transaction committed survives power loss ({@code synchronous=FULL} on a WAL). When a
 * write fails, {@link #trouble()} says so until {@link #probe()} has written again: the node offers
 * nothing that it could not write down first.
 */
public final class NodeStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeStore.class);

  /** Room for some hundreds of offers: with less than this the disk counts as full. */
  private static final int PROBE_BYTES = 64 * 1024;

  private final Path file;
  private @Nullable FileChannel lockFile;
  private @Nullable Connection connection;
  private @Nullable Sql sql;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private boolean inTransaction;
  private @Nullable String trouble;

  /** A store in that file, which {@link #open()} makes if it is not there. */
  public NodeStore(Path file) {
    this.file = file;
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Sql sql) throws SQLException;
  }

  /** What is done in a transaction, with nothing to give back. */
  @FunctionalInterface
  public interface Job {
    void run(Sql sql) throws SQLException;
  }

  /**
   * Opens the file and brings its tables up to date.
   *
   * @throws StoreException saying what is wrong and what to do, if it can't
   */
  public void open() {
    try {
      prepareFolder();
      takeLock();
      makeFile();
      migrate(connect());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Does the work in one transaction: all of it is written, or none. Work within work joins the
   * transaction that is open.
   *
   * @throws StoreException if the store fails; after a failed write {@link #trouble()} is set
   */
  public <T> T inTransaction(Work<T> work) {
    Connection open = Objects.requireNonNull(connection, "open() comes first");
    Sql statements = Objects.requireNonNull(sql);
    try {
      if (inTransaction) {
        return work.run(statements);
      }
      return begin(open, statements, work);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private StoreException failed(SQLException e) {
    if (SqliteErrors.defect(e)) {
      return new StoreException("a statement of the node's own is wrong: " + e.getMessage(), e);
    }
    String why = "cannot write its records: " + SqliteErrors.explain(e, file);
    if (!why.equals(trouble)) {
      log.error("The node {}", why, e);
    }
    trouble = why;
    return new StoreException(why, e);
  }

  /**
   * Runs the task once the transaction that is open has been committed; not at all if it is rolled
   * back. For what is kept in memory and must follow the file.
   */
  public void afterCommit(Runnable task) {
    if (!inTransaction) {
      throw new IllegalStateException("afterCommit belongs inside a transaction");
    }
    afterCommit.add(task);
  }

  /** As {@link #inTransaction(Work)}, for work that gives nothing back. */
  public void run(Job job) {
    Boolean done =
        inTransaction(
            statements -> {
              job.run(statements);
              return true;
            });
    assert done;
  }

  /** Why nothing can be written, since a write failed; worded to follow "The node". */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * Tries whether the store can write again, and ends the {@link #trouble()} if it can.
   *
   * @return whether it can
   */
  public boolean probe() {
    try {
      run(s -> s.update("INSERT INTO store_probe (bytes) VALUES (zeroblob(?))", PROBE_BYTES));
      run(s -> s.update("DELETE FROM store_probe"));
    } catch (StoreException stillNot) {
      return false; // inTransaction has noted and logged why.
    }
    if (trouble != null) {
      log.info("The node can write its records again");
      trouble = null;
    }
    return true;
  }

  /**
   * Empties the write-ahead log, in which an overwritten key would otherwise live on.
   *
   * @throws StoreException if it can't be emptied
   */
  public void truncateWal() {
    Connection open = Objects.requireNonNull(connection, "open() comes first");
    try (var statement = open.createStatement();
        var result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (result.next() && result.getInt(1) != 0) {
        throw new StoreException(
            "the write-ahead log of " + file + " is in use and was not emptied");
      }
    } catch (SQLException e) {
      throw new StoreException(
          "the write-ahead log of " + file + " was not emptied: " + SqliteErrors.explain(e, file),
          e);
    }
  }

  /** A setting of SQLite's, read or set, outside any transaction: for tests and diagnosis. */
  public String pragma(String pragma) {
    Connection open = Objects.requireNonNull(connection, "open() comes first");
    try (Statement statement = open.createStatement()) {
      if (!statement.execute("PRAGMA " + pragma)) {
        return "";
      }
      try (ResultSet result = statement.getResultSet()) {
        return result.next() ? String.valueOf(result.getString(1)) : "";
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Closes the file; what was committed is kept. */
  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
      if (lockFile != null) {
        lockFile.close();
      }
    } catch (SQLException | IOException e) {
      log.warn("Closing {} failed", file, e);
    } finally {
      connection = null;
      sql = null;
      lockFile = null;
    }
  }

  private <T> T begin(Connection open, Sql statements, Work<T> work) throws SQLException {
    statements.update("BEGIN IMMEDIATE");
    T result;
    inTransaction = true;
    afterCommit.clear();
    try {
      result = work.run(statements);
      statements.update("COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(statements, e);
      throw e;
    } finally {
      inTransaction = false;
    }
    List.copyOf(afterCommit).forEach(Runnable::run);
    return result;
  }

  private static void rollBack(Sql statements, Throwable because) {
    try {
      statements.update("ROLLBACK");
    } catch (SQLException e) {
      // SQLite rolls back by itself on some errors (disk full); then there is none left to do.
      because.addSuppressed(e);
    }
  }

  private void prepareFolder() {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new StoreException(
          "The data folder "
              + folder
              + " cannot be made ("
              + e
              + "). Make it, and give it to the user the broadcaster runs as.",
          e);
    }
    boolean writable = Files.isWritable(folder) && (!Files.exists(file) || Files.isWritable(file));
    if (!Files.isDirectory(folder) || !writable) {
      throw new StoreException(
          "The broadcaster may not write to "
              + file
              + ". Give the folder and the file to the user the broadcaster runs as.");
    }
  }

  /** Two nodes on one file would each think themselves the only one to ask a phone. */
  private void takeLock() {
    Path path = file.resolveSibling(file.getFileName() + ".lock");
    try {
      lockFile = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lockFile.tryLock();
      if (lock == null) {
        throw taken();
      }
    } catch (OverlappingFileLockException e) {
      throw taken();
    } catch (IOException e) {
      throw new StoreException("The lock " + path + " cannot be taken: " + e, e);
    }
  }

  /**
   * Before SQLite does: whoever reads the keys in it can try all addresses until a pseudonym fits.
   * The files that SQLite makes beside it have the same rights.
   */
  private void makeFile() {
    if (Files.exists(file)) {
      return;
    }
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new StoreException("The node's records in " + file + " cannot be made: " + e, e);
    }
  }

  private StoreException taken() {
    return new StoreException(
        "Another broadcaster is using "
            + file
            + ". Stop it first, or give this one its own `data`.");
  }

  private Connection connect() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    config.setBusyTimeout(5_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    try {
      Connection open = source.getConnection();
      connection = open;
      sql = new Sql(open);
      String sound = sql.first("PRAGMA quick_check(1)", row -> row.getString(1)).orElse("ok");
      if (!"ok".equals(sound)) {
        throw damaged(sound, null);
      }
      return open;
    } catch (SQLException e) {
      if (SqliteErrors.damaged(e)) {
        throw damaged(SqliteErrors.explain(e, file), e);
      }
      throw new StoreException(
          "The node's records in " + file + " cannot be opened: " + SqliteErrors.explain(e, file),
          e);
    }
  }

  private StoreException damaged(String how, @Nullable Exception cause) {
    String message =
        "The node's records in "
            + file
            + " are damaged ("
            + how
            + "). Stop the broadcaster, move that file and its -wal and -shm away, give the node a new"
            + " seed with `towncrier console add-node`, and start it again: the console sends the"
            + " schedule anew.";
    return cause == null ? new StoreException(message) : new StoreException(message, cause);
  }

  private void migrate(Connection open) {
    String what = "The tables in " + file + " cannot be brought up to date: ";
    try {
      Tables.bringUpToDate(open);
    } catch (SQLException e) {
      throw new StoreException(what + SqliteErrors.explain(e, file), e);
    } catch (StoreException e) {
      throw new StoreException(what + e.getMessage(), e);
    }
  }
}
