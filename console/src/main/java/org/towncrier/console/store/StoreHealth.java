package org.towncrier.console.store;

import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the console can still write things down: without that, nothing is acknowledged. */
@Component
class StoreHealth extends AbstractHealthIndicator {
  /** A reserve in which a person has time to act. */
  private static final long LEAST_FREE_BYTES = 50L * 1024 * 1024;

  private final DataFolder folder;
  private final JdbcClient db;
  private final Transactions transactions;

  StoreHealth(DataFolder folder, JdbcClient db, Transactions transactions) {
    super("the console's records cannot be looked at");
    this.folder = folder;
    this.db = db;
    this.transactions = transactions;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) throws Exception {
    long free = Files.getFileStore(folder.path()).getUsableSpace();
    builder.withDetail("freeBytes", free).withDetail("folder", folder.path().toString());
    if (free < LEAST_FREE_BYTES) {
      builder.down().withDetail("reason", "The disk of the data folder is nearly full.");
      return;
    }
    Path file = folder.database();
    if (!Files.isWritable(file)) {
      builder.down().withDetail("reason", "The console may not write to " + file.getFileName());
      return;
    }
    // Takes the writer's turn, so that a stuck writer shows too.
    transactions.run(() -> db.sql("SELECT count(*) FROM site").query(Integer.class).single());
    builder.up();
  }
}
