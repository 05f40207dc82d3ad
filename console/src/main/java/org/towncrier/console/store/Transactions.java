package org.towncrier.console.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writing transactions: all of the work, or none of it. One inside another joins it. */
public final class Transactions {
  private final TransactionTemplate template;

  /** Does no I/O. */
  public Transactions(PlatformTransactionManager manager) {
    this.template = new TransactionTemplate(manager);
  }

  /**
   * Does the work and commits it.
   *
   * @throws StoreException when the disk or the file is at fault; nothing was changed
   */
  public <T> T write(Supplier<T> work) {
    try {
      @Nullable T result = template.execute(status -> work.get());
      if (result == null) {
        throw new IllegalStateException("a transaction gave nothing back");
      }
      return result;
    } catch (DataAccessException | TransactionException failed) {
      throw StoreException.explain(failed);
    }
  }

  /** As {@link #write}, for work that gives nothing back. */
  public void run(Runnable work) {
    write(
        () -> {
          work.run();
          return true;
        });
  }

  /** Does something once the transaction in progress has been committed, and only then. */
  public static void afterCommit(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }
}
